/** What a trainer leaves out, puts first and adds in site.yaml, and what follows it. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Page } from "../../scripts/site/model/course.ts";
import type { Site } from "../../scripts/site/site.ts";
import { errorsOf, type Files, page, renderedAt, siteOf, warningsOf } from "../support/content.ts";

const head = (title: string, body = "") => `---\ntitle: ${title}\ntags: [sectionHead]\n---\n${body}`;
const COURSE: Files = {
  "index.md": page("Welcome.", "Course"),
  "basics/index.md": page("Basics.", "Basics"),
  "basics/01-about.md": head("About"),
  "basics/02-how.md": page("How.", "How"),
  "basics/03-why.md": head("Why"),
  "basics/04-teens.md": page(
    '{% callout "activity" %}\n### [Worksheet #1: Teens](../worksheets/one.md)\n{% endcallout %}',
    "Teens",
  ),
  "basics/05-staff.md": page("See [teens](04-teens.md) and **[why](03-why.md)**.", "Staff"),
  "more/01-about.md": page("More.", "About more"),
  "worksheets/one.md": page("What would you try?\n{: .answer #try}\n", "Teens"),
};
const siteWith = (settings: string): Promise<Site> => siteOf({ ...COURSE, "site.yaml": settings });
const namesOf = (pages: readonly Page[]) => pages.map(({ title }) => title).join(" ");
const wayThrough = (site: Site) => {
  const way: Page[] = [];
  for (let at = site.course.byPath.get("index.md")?.next; at; at = at.next) way.push(at);
  return namesOf(way);
};
const groupsOf = (site: Site, folder = "basics") =>
  site.course.modules
    .find((module) => module.folder === folder)!
    .groups.map(({ section, children }) => `${section.title}(${namesOf(children)})`)
    .join(" ");

describe("leaveOut", () => {
  test("leaves out what it names, by any name, and the rest closes up", async () => {
    for (const name of ["how", "02-how", "02-how.md", "basics/how", "basics/02-how.md"]) {
      const site = await siteWith(`sections:\n  leaveOut: ${name}\n`);
      assert.deepEqual([errorsOf(site), warningsOf(site)], [[], []], name);
      assert.equal(wayThrough(site), "Basics About Why Teens Staff About more", name);
      assert.equal(groupsOf(site), "About() Why(Teens Staff)", name);
      assert.equal(site.course.byAddress.has("basics/how.html"), false);
    }
  });

  test("what stays of a part whose head is left out is a part", async () => {
    const site = await siteWith("sections:\n  leaveOut: [why]\n");
    assert.equal(groupsOf(site), "About(How) Teens(Staff)");
    assert.equal(
      groupsOf(await siteWith("sections:\n  leaveOut: [basics/about, how]\n")),
      "Why(Teens Staff)",
    );
    assert.equal(groupsOf(await siteWith("sections:\n  leaveOut: [why, teens, staff, one]\n")), "About(How)");
  });

  test("the words of a link stay, without the link", async () => {
    const site = await siteWith("sections:\n  leaveOut: [why]\n");
    assert.equal(
      renderedAt(site, "basics/05-staff.md").html.trim(),
      '<p>See <a href="teens.html">teens</a> and <strong>why</strong>.</p>',
    );
    assert.deepEqual(warningsOf(site), [
      'content/basics/05-staff.md:4:32: the link "03-why.md" leads to a page that site.yaml leaves out in line 2; its words stay, without the link; reword the sentence if it speaks of that page',
    ]);
  });

  test("a worksheet goes with its section when both are named", async () => {
    const site = await siteWith("sections:\n  leaveOut: [teens, worksheets/one]\n");
    assert.deepEqual(errorsOf(site), []);
    assert.deepEqual(site.worksheets, []);
  });

  test("the name of a folder is that of its module", async () => {
    const site = await siteWith("sections:\n  leaveOut: [basics, one]\n");
    assert.deepEqual([errorsOf(site), warningsOf(site)], [[], []]);
    assert.deepEqual([...site.course.byPath.keys()], ["index.md", "more/01-about.md"]);
    assert.equal(wayThrough(site), "About more");
  });

  test("a translation of what is left out stays, by itself", async () => {
    const site = await siteOf({
      ...COURSE,
      "es/index.md": "---\ntitle: Curso\nlang: es\n---\n",
      "es/01-como.md": "---\ntitle: Cómo\ntranslates: ../basics/02-how.md\n---\n",
      "site.yaml": "sections:\n  leaveOut: [how]\n",
    });
    assert.deepEqual(errorsOf(site), []);
    assert.deepEqual(site.course.byPath.get("es/01-como.md")!.translations, []);
  });
});

describe("first", () => {
  test("a section comes first in its module; the head of a part brings it along", async () => {
    const site = await siteWith("sections:\n  first: [staff, why]\n");
    assert.deepEqual([errorsOf(site), warningsOf(site)], [[], []]);
    assert.equal(groupsOf(site), "Staff() Why(Teens) About(How)");
    assert.equal(wayThrough(site), "Basics Staff Why Teens About How About more");
    assert.equal(
      namesOf(site.course.pages.filter(({ kind }) => kind === "section")),
      "Staff Why Teens About How About more",
    );
  });

  test("what is left out comes back to its place", async () => {
    const site = await siteWith("sections:\n  leaveOut: [basics/about]\n  first: [staff, basics/about]\n");
    assert.deepEqual(errorsOf(site), []);
    assert.equal(groupsOf(site), "Staff() How() Why(Teens)");
  });
});

test("local notes are paragraphs, and one for what is left out waits", async () => {
  const site = await siteWith(
    'sections:\n  leaveOut: [how]\nlocal:\n  staff:\n    example: |\n      It\'s ours.\n\n      "Two"\n    contact: a@b.org\n  how: { contact: a@b.org }\n',
  );
  assert.deepEqual(errorsOf(site), []);
  assert.deepEqual(
    [...site.course.localNotes].map(([{ title }, note]) => [title, note]),
    [["Staff", { example: ["It’s ours.", "“Two”"], contact: "a@b.org" }]],
  );
});
