/** What stands beside a section, in modules of any size and shape. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { HEAD_TAG, Module, Page } from "../../scripts/site/model/course.ts";
import { groupsOf } from "../../scripts/site/model/reading-order.ts";
import { SIDEBAR_LINES, type Sidebar, sidebarsOf } from "../../scripts/site/model/sidebar.ts";

/** A module of groups: of each the number of its sections, its head among them; headless ones first. */
function moduleOf(headless: number, ...groups: number[]): Module {
  const module = new Module("01-big", "big", "en");
  const heads = new Set<number>();
  let total = headless;
  for (const size of groups) {
    heads.add(total);
    total += size;
  }
  module.sections = Array.from({ length: total }, (_, n) => {
    const source = { path: `01-big/${n}.md`, file: `content/01-big/${n}.md`, text: "" };
    const data = { title: String(n), ...(heads.has(n) && { tags: [HEAD_TAG] }) };
    return new Page("section", source, data, 0, `big/${n}.html`, "en", module);
  });
  module.groups = groupsOf(module.sections);
  return module;
}

const FULL_LIST = "big/index.html";
const sidebars = (module: Module) => [...sidebarsOf(module, FULL_LIST).values()];
const linesOf = ({ groups }: Sidebar) => groups.reduce((sum, { children }) => sum + 1 + children.length, 0);

/** `…4 [5 6 7] 8 …2`: titles, the children of a group in brackets, and how many are left out. */
function shown({ groups, earlier, later }: Sidebar): string {
  const leftOut = (count: number) => (count ? `…${count}` : "");
  const parts = groups.map(({ section, children, earlier, later }) => {
    const titles = [leftOut(earlier), ...children.map((child) => child.title), leftOut(later)];
    return section.title + (children.length ? ` [${titles.filter(Boolean).join(" ")}]` : "");
  });
  return [leftOut(earlier), ...parts, leftOut(later)].filter(Boolean).join(" ");
}
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n).join(" ");

describe("the sidebar", () => {
  test("up to 60 sections it shows all, the same beside each", () => {
    const module = moduleOf(2, 50, 8);
    const all = sidebars(module);
    assert.equal(all.length, 60);
    assert.equal(new Set(all).size, 1);
    assert.equal(shown(all[0]!), `0 1 2 [${range(3, 51)}] 52 [${range(53, 59)}]`);
    assert.equal(all[0]!.fullList, undefined);
  });

  test("from 61 on it shows the groups, opened at the section's own", () => {
    const module = moduleOf(2, 50, 9);
    const all = sidebars(module);
    assert.equal(new Set(all).size, 3, "one for each group, and one where none is open");
    assert.equal(shown(all[0]!), "0 1 2 52");
    assert.equal(shown(all[2]!), `0 1 2 [${range(3, 51)}] 52`);
    assert.equal(all[51], all[2]);
    assert.equal(shown(all[60]!), `0 1 2 52 [${range(53, 60)}]`);
    for (const sidebar of all) assert.equal(sidebar.fullList, FULL_LIST);
  });

  test("of very many groups it shows those around the section's own, and says how many sections are left out", () => {
    const module = moduleOf(0, ...Array<number>(200).fill(3));
    const all = sidebars(module);
    const heads = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, n) => 3 * (from + n));
    assert.equal(
      shown(all[3 * 100]!),
      `…${3 * 76} ${heads(76, 99).join(" ")} 300 [301 302] ${heads(101, 133).join(" ")} …${3 * 66}`,
    );
    assert.equal(shown(all[0]!), `0 [1 2] ${heads(1, 57).join(" ")} …${3 * 142}`);
    assert.equal(shown(all[599]!), `…${3 * 142} ${heads(142, 198).join(" ")} 597 [598 599]`);
  });

  test("of a module without heads it shows the sections around, the same beside twenty neighbors", () => {
    const all = sidebars(moduleOf(1000));
    assert.equal(shown(all[500]!), `…480 ${range(480, 539)} …460`);
    assert.equal(new Set(all.map((sidebar) => sidebar.key)).size, 48);
  });

  test("of a group with very many sections it shows those around the section", () => {
    const all = sidebars(moduleOf(0, 500, 10));
    assert.equal(shown(all[0]!), `0 [${range(1, 58)} …441] 500`);
    assert.equal(shown(all[200]!), `0 […171 ${range(172, 229)} …270] 500`);
  });

  test("no sidebar is longer than 60 lines, each shows its section, and one key means one sidebar", () => {
    const shapes = [
      moduleOf(61),
      moduleOf(1000),
      moduleOf(0, 1000),
      moduleOf(0, ...Array<number>(1000).fill(1)),
      moduleOf(300, 300, ...Array<number>(100).fill(4)),
      moduleOf(20, ...Array<number>(31).fill(31)),
      moduleOf(0, ...Array<number>(29).fill(100)),
    ];
    for (const module of shapes) {
      const byKey = new Map<string, Sidebar>();
      for (const [section, sidebar] of sidebarsOf(module, FULL_LIST)) {
        assert.ok(linesOf(sidebar) <= SIDEBAR_LINES);
        const pages = sidebar.groups.flatMap((group) => [group.section, ...group.children]);
        assert.ok(pages.includes(section), section.title);
        // Before and behind it, where there is any, at least ten lines of its own level.
        const level = sidebar.groups.some((group) => group.section === section)
          ? { ...sidebar, list: sidebar.groups.map((group) => group.section) }
          : sidebar.groups
              .map((group) => ({ ...group, list: group.children }))
              .find(({ list }) => list.includes(section))!;
        const at = level.list.indexOf(section);
        assert.ok(!level.earlier || at >= 10, `${section.title}: ${at} before it`);
        assert.ok(!level.later || level.list.length - at > 10, `${section.title}: few behind it`);
        assert.equal(byKey.get(sidebar.key) ?? sidebar, sidebar, sidebar.key);
        byKey.set(sidebar.key, sidebar);
        const from = module.groups.findIndex((group) => group.section === sidebar.groups[0]!.section);
        const left = module.groups.toSpliced(from, sidebar.groups.length);
        const sizes = left.map((group) => 1 + group.children.length);
        assert.equal(
          sidebar.earlier + sidebar.later,
          sizes.reduce((sum, size) => sum + size, 0),
        );
      }
    }
  });
});
