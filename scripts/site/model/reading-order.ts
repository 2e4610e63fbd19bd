/** The order in which a course is read: which page comes before which, and which sections make a group. */

import type { Source } from "../content/source.ts";
import { folderOf, nameOf, orderOf } from "../text/addresses.ts";
import type { Group, Page } from "./course.ts";
import type { Edition } from "./edition.ts";

/** By folder and then by number or date, then by name; a name without either comes after those with one. */
export function inOrder(sources: Source[]): Source[] {
  return [...sources].sort(
    (a, b) => byOrder(folderOf(a.path), folderOf(b.path)) || byOrder(nameOf(a.path), nameOf(b.path)),
  );
}

export function byOrder(a: string, b: string): number {
  const [orderA, orderB] = [orderOf(a), orderOf(b)];
  if (orderA !== orderB) {
    if (orderA === undefined) return a === "" ? -1 : 1;
    if (orderB === undefined) return b === "" ? 1 : -1;
    return orderA < orderB ? -1 : 1;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}

export function groupsOf(sections: Page[]): Group[] {
  const groups: Group[] = [];
  let head: Group | undefined;
  for (const section of sections) {
    const group = { section, children: [] };
    if (section.isHead) head = group;
    if (section.isHead || !head) groups.push(group);
    else head.children.push(section);
  }
  return groups;
}

/** Landing page, its sections, and on into the next module of the same language. */
export function linkReadingOrder({ modulesToRead, front }: Edition): void {
  const order = modulesToRead.flatMap((module) => [
    ...(module.landing ? [module.landing] : []),
    ...module.sections,
  ]);
  for (const [index, page] of order.entries()) {
    page.previous = order[index - 1];
    page.next = order[index + 1];
  }
  if (front && order[0]) front.next = order[0];
}
