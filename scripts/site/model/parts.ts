/** The parts of a module: its groups, numbered as its text numbers them, and where a section stands among them. */
import type { Group, Module, Page } from "./course.ts";
import type { Worksheet } from "./worksheets.ts";

/** Where a section stands. All count from 1. */
export interface PlaceInModule {
  section: number;
  sections: number;
  /** Undefined in a module that has no parts. */
  part: number | undefined;
  parts: number;
}

/** A module has parts where sections stand below others; otherwise each of its groups is a section. */
export const hasParts = ({ groups }: Module): boolean =>
  groups.length > 1 && groups.some(({ children }) => children.length);

export function placesIn(module: Module): Map<Page, PlaceInModule> {
  const places = new Map<Page, PlaceInModule>();
  const parts = hasParts(module) ? module.groups.length : 0;
  for (const [index, { section, children }] of module.groups.entries()) {
    for (const page of [section, ...children]) {
      places.set(page, {
        section: places.size + 1,
        sections: module.sections.length,
        part: parts ? index + 1 : undefined,
        parts,
      });
    }
  }
  return places;
}

/** A stop on the way through a module. */
export interface Stop extends Group {
  /** From 1. */
  number: number;
  /** The numbers of the worksheets that its sections use: "2–4", "1, 5"; "" where there are none. */
  worksheets: string;
  /** How many they are. */
  worksheetCount: number;
}

/** Stops that a page shows; a module with more is shown as a list. */
export const MOST_STOPS = 24;

/** The way through a module: a stop for each group. */
export function routeOf(module: Module, worksheets: readonly Worksheet[]): Stop[] {
  const numbers = new Map<Page, number[]>();
  for (const { number, callouts } of worksheets) {
    for (const { page } of number === undefined ? [] : callouts) {
      numbers.set(page, [...(numbers.get(page) ?? []), number!]);
    }
  }
  return module.groups.map((group, index) => {
    const used = [group.section, ...group.children].flatMap((page) => numbers.get(page) ?? []);
    const unique = [...new Set(used)].sort((a, b) => a - b);
    return { ...group, number: index + 1, worksheets: inRanges(unique), worksheetCount: unique.length };
  });
}

/** [2, 3, 4, 7] as "2–4, 7" */
function inRanges(numbers: readonly number[]): string {
  const ranges: [from: number, to: number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(", ");
}
