/**
 * What stands beside a section: the sections of its module. In a long module the groups, opened at the section's own;
 * and of a list that is long by itself the part around the section, so that no course makes a page heavy.
 */
import type { Group, Module, Page } from "./course.ts";
import { hasParts } from "./parts.ts";

/** Sections that a sidebar shows at most. */
export const SIDEBAR_LINES = 60;

/** One value for all sections beside which the same stands. */
export interface Sidebar {
  /** Another for each sidebar of a course. */
  key: string;
  module: Module;
  groups: SidebarGroup[];
  /** Sections of the module before these groups, and behind them. */
  earlier: number;
  later: number;
  /** The page that lists all sections of the module; undefined where the sidebar does. */
  fullList: string | undefined;
}

/** Its children are those that are shown; a closed group shows none. */
export interface SidebarGroup extends Group {
  /** Which part of the module it is, from 1; undefined where that has no parts. */
  part: number | undefined;
  /** Children before those shown, and behind them. */
  earlier: number;
  later: number;
}

/** The sidebar of each section of a module; `fullList` is the address of the page that lists them all. */
export function sidebarsOf(module: Module, fullList: string): Map<Page, Sidebar> {
  const closed = module.groups.map(
    ({ section }, index): SidebarGroup => ({
      section,
      part: hasParts(module) ? index + 1 : undefined,
      children: [],
      earlier: 0,
      later: 0,
    }),
  );
  if (module.sections.length <= SIDEBAR_LINES) {
    const groups = module.groups.map((group, index) => ({ ...closed[index]!, children: group.children }));
    const whole = { key: module.address, module, groups, earlier: 0, later: 0, fullList: undefined };
    return new Map(module.sections.map((section) => [section, whole]));
  }

  /** How many sections stand before each group, and at last how many there are. */
  const before = [0];
  for (const { children } of module.groups) before.push(before.at(-1)! + 1 + children.length);
  const sidebars = new Map<Page, Sidebar>();
  const made = new Map<string, Sidebar>();
  for (const [index, { section: head, children }] of module.groups.entries()) {
    // Groups and the children of one share the lines; where both are many, each has half of them.
    const shown = windowAround(index, closed.length, roomBeside(children.length));
    for (const [line, section] of [head, ...children].entries()) {
      const open = windowAround(Math.max(0, line - 1), children.length, roomBeside(closed.length));
      const key = `${module.address} ${shown.from} ${children.length ? `${index} ${open.from}` : "closed"}`;
      let sidebar = made.get(key);
      if (!sidebar) {
        const opened: SidebarGroup = {
          section: head,
          part: closed[index]!.part,
          children: children.slice(open.from, open.to),
          earlier: open.from,
          later: children.length - open.to,
        };
        sidebar = {
          key,
          module,
          groups: closed.slice(shown.from, shown.to).with(index - shown.from, opened),
          earlier: before[shown.from]!,
          later: module.sections.length - before[shown.to]!,
          fullList,
        };
        made.set(key, sidebar);
      }
      sidebars.set(section, sidebar);
    }
  }
  return sidebars;
}

const roomBeside = (others: number) => SIDEBAR_LINES - Math.min(others, SIDEBAR_LINES / 2);

/**
 * The part of a list that is shown around one of its lines: all that there is room for, and at least a third of it on
 * either side. It moves by a third too, so that neighbors have the same.
 */
function windowAround(line: number, length: number, room: number): { from: number; to: number } {
  const step = Math.floor(room / 3);
  const wanted = (Math.floor(line / step) - 1) * step;
  const from = Math.max(0, Math.min(wanted, length - room));
  return { from, to: Math.min(length, from + room) };
}
