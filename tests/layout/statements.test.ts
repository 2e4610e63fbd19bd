/** The pages on accessibility and privacy say what is true of the site that they are part of, and no more. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "cheerio";
import { layOutPages } from "../../scripts/site/layout/lay-out.ts";
import { pagesToLayOut } from "../../scripts/site/layout/page-data.ts";
import { GENERATED_PAGES } from "../../scripts/site/model/generated-pages.ts";
import { errorsOf, type Files, page, siteOf } from "../support/content.ts";

const { accessibility, privacy } = GENERATED_PAGES;

/** What a reader is told, line by line. */
async function toldBy(files: Files): Promise<{ accessibility: string[]; privacy: string[] }> {
  const site = await siteOf(files);
  assert.deepEqual(errorsOf(site), []);
  const pages = pagesToLayOut(site).filter(({ address }) =>
    [accessibility, privacy].includes(address as never),
  );
  const laidOut = await layOutPages(site, pages);
  const linesOf = (address: string) => {
    const $ = load(laidOut.get(address)!);
    return $("main :is(p, li)")
      .toArray()
      .map((line) => $(line).clone().children("ul").remove().end().text().replace(/\s+/g, " ").trim());
  };
  return { accessibility: linesOf(accessibility), privacy: linesOf(privacy) };
}

const has = (lines: string[], start: string) => lines.some((line) => line.startsWith(start));
const between = (lines: string[], start: string) =>
  lines[lines.findIndex((line) => line.startsWith(start)) + 1];

test("a course without films, documents and worksheets is told of none", async () => {
  const told = await toldBy({
    "a.md": page("Text."),
    "site.yaml": "offline: false\nworksheets:\n  off: [write, word]\n",
  });
  assert.ok(has(told.accessibility, "Nothing was found when the site was made."));
  assert.ok(has(told.accessibility, "Tell the library or the person who showed you this site"));
  for (const start of ["Films", "Documents", "Fill in", "This was found"]) {
    assert.ok(!has(told.accessibility, start), start);
  }
  assert.ok(
    has(told.privacy, "A rule in each page sees to it that your browser loads nothing from any other host."),
  );
  assert.ok(has(told.privacy, "Settings"));
  assert.ok(has(told.privacy, "Progress"));
  for (const start of ["Answers", "Films", "Pages"]) assert.ok(!has(told.privacy, start), start);
});

test("hosts of films, documents, and what check found are named with their pages", async () => {
  const film = '<iframe src="https://youtu.be/aaaaaaaaaaa" title="A talk"></iframe>';
  const told = await toldBy({
    "1-basics/1-a.md": page(`${film}\n\n![](b.png)\n`, "First"),
    "1-basics/2-b.md": page(`[Report](report.pdf)\n\n![A film](f.mp4)\n\n${film}\n`, "Second <b>"),
    "1-basics/3-c.md": page(
      '<!-- allow picture-description: a pattern -->\n![](b.png)\n\n<iframe src="https://vimeo.com/1" title="&quot;"></iframe>\n',
      "Third",
    ),
    "1-basics/4-d.md": page("## A\n\n#### B\n", "Fourth").concat(
      '\n<iframe src="https://vimeo.com/2"></iframe>\n',
    ),
    "1-basics/b.png": Buffer.from("89504e470d0a1a0a0000000d494844520000000100000001", "hex"),
    "1-basics/report.pdf": "%PDF-1.4",
    "1-basics/f.mp4": Buffer.from("00000018667479706d703432", "hex"),
    "worksheets/plan.md": page("What now?\n{: .answer #now}\n", "The plan"),
    "site.yaml": "contact: a@b.org\n",
  });
  const { accessibility: lines } = told;
  assert.equal(between(lines, "Films without captions or a transcript:"), "Second <b>");
  assert.equal(between(lines, "Pictures without a description:"), "First");
  assert.equal(lines.filter((line) => line === "Third").length, 1);
  // Of several rules that tell of one barrier, one is enough.
  assert.equal(between(lines, "Films or recordings without a title of their own:"), "Fourth");
  assert.equal(between(lines, "Films from YouTube."), "First");
  assert.equal(between(lines, "Films from Vimeo."), "Third");
  assert.equal(between(lines, "Documents such as PDF"), "Second <b>");
  assert.ok(has(lines, "Tell those who run this site"));
  assert.ok(has(lines, "Fill in worksheets in Word"));
  assert.ok(has(told.privacy, "Answers"));
  assert.ok(has(told.privacy, "Pages of the site"));
  assert.ok(
    has(
      told.privacy,
      "A rule in each page sees to it that your browser loads nothing from any other host, but",
    ),
  );
  assert.equal(between(told.privacy, "Films from YouTube"), "First");
});

test("of many pages twenty are named", async () => {
  const film = '<iframe src="https://youtu.be/aaaaaaaaaaa" title="A talk"></iframe>';
  const files = Object.fromEntries(
    Array.from({ length: 23 }, (_, n) => [`p${n + 10}.md`, page(film, `P${n}`)]),
  );
  const { privacy: lines } = await toldBy(files);
  assert.equal(lines.filter((line) => /^P\d+$/.test(line)).length, 20);
  assert.ok(lines.includes("and 3 more pages"));
});

test("those who run the site add a text, or a page of their own", async () => {
  const told = await toldBy({
    "a.md": page("Text."),
    "site.yaml":
      "statements:\n  privacy: |\n    We keep <logs>.\n\n    For a week.\n  accessibility: https://library.example.org/access\n",
  });
  assert.ok(told.privacy.includes("We keep <logs>."));
  assert.ok(told.privacy.includes("For a week."));
  assert.ok(told.accessibility.includes("They have a page of their own on this."));
});
