/** Pages for those who lead a group, as they are built and in a browser; and that learners have nothing of them. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { load } from "cheerio";
import type { Browser } from "playwright-core";
import { layOut } from "../../scripts/site/layout/lay-out.ts";
import { FRAMES } from "../../scripts/site/model/session-plan.ts";
import { loadSite } from "../../scripts/site/site.ts";
import { openBrowser } from "../support/browser.ts";
import { errorsOf, type Files, page, siteOf, writeFiles } from "../support/content.ts";
import { inContext } from "../support/contexts.ts";
import { type BuiltSite, buildForTest, CONTENT, temporaryFolder } from "../support/sites.ts";

let shipped: BuiltSite;
let browser: Browser;
before(async () => {
  shipped = await buildForTest(CONTENT);
  browser = await openBrowser();
});
after(() => browser.close());

const read = (address: string) => readFile(path.join(shipped.folder, address), "utf8");
const urlOf = (address: string) => pathToFileURL(path.join(shipped.folder, address)).href;
const PLAN = "facilitate/connected-learning/index.html";
const SECTION = "facilitate/connected-learning/keeping-safe.html";
const wordsOf = (text: string) => text.replace(/\s+/g, " ").trim();

describe("The modules that are shipped", () => {
  test("have a plan of each kind, within its hours, with every section once or to read at home", () => {
    for (const led of shipped.site.led) {
      const plans = led.allPlans;
      assert.deepEqual(
        plans.map(({ kind }) => kind),
        Object.keys(FRAMES),
        led.module.title,
      );
      for (const { kind, sessions, atHome } of plans) {
        const frame = FRAMES[kind as keyof typeof FRAMES];
        for (const { start, end } of sessions) assert.ok(end - start <= frame.length, led.module.title);
        assert.ok(sessions.length <= frame.sessions);
        const met = sessions.flatMap(({ slots }) =>
          slots.flatMap((slot) => (slot.kind === "section" ? slot.lesson.section : [])),
        );
        const home = new Set(atHome.map(({ section }) => section));
        assert.deepEqual(
          met,
          led.module.sections.filter((section) => !home.has(section)),
        );
      }
    }
  });

  test("meet weekly as the module itself says that a learning circle does", async () => {
    const [led] = shipped.site.led;
    const [weekly] = led!.allPlans;
    const minutes = weekly!.sessions.map(({ start, end }) => end - start);
    const $ = load(await read("connected-learning/learning-circle.html"));
    const words = wordsOf($(".section-body").text());
    assert.equal(minutes.length, 7);
    for (const one of new Set(minutes)) assert.match(words, new RegExp(`\\b${one}\\b`), `${minutes}`);
  });

  test("say in the notes of every section how long it takes, but for what is read at home", () => {
    for (const { lessons, module } of shipped.site.led) {
      const without = [...lessons.values()]
        .filter(({ minutes }) => !minutes)
        .map(({ section }) => section.address);
      assert.ok(without.length <= 2, `${module.title}: ${without}`);
    }
  });
});

test("every section stands there with its notes in place, and the guide has them all", async () => {
  for (const led of shipped.site.led) {
    const guide = load(await read(led.guide));
    for (const section of led.lessons.keys()) {
      const $ = load(await read(led.addressOf(section)));
      const learners = load(await read(section.address));
      const notes = $(".section-body .callout--trainer");
      assert.ok(notes.length > 0, section.address);
      assert.equal(learners(".callout--trainer, .trainer").length, 0);
      const ofAll = wordsOf(notes.first().text());
      assert.ok(wordsOf(guide("body").text()).includes(ofAll), section.address);
      notes.remove();
      // What can be done with a worksheet is for those who do it.
      learners(".worksheet-actions").remove();
      const bare = (body: typeof $) => wordsOf(body(".section-body").text());
      assert.equal(bare($), bare(learners), section.address);
    }
    assert.equal(
      guide("[id]").length,
      new Set(
        guide("[id]")
          .toArray()
          .map(({ attribs }) => attribs.id),
      ).size,
    );
  }
});

test("every link of these pages leads to a page and, where it names one, to a place on it", async () => {
  const pages = shipped.pages.filter((address) => address.startsWith("facilitate/"));
  const ids = new Map<string, Set<string>>();
  const idsOf = async (address: string) => {
    const known =
      ids.get(address) ??
      new Set(
        load(await read(address))("[id]")
          .toArray()
          .map(({ attribs }) => attribs.id!),
      );
    ids.set(address, known);
    return known;
  };
  for (const address of pages) {
    const $ = load(await read(address));
    for (const { attribs } of $("a[href]").toArray()) {
      if (/^[a-z]+:/.test(attribs.href!)) continue;
      const [to, hash] = attribs.href!.split("#") as [string, string?];
      const target = to ? path.posix.join(path.posix.dirname(address), decodeURIComponent(to)) : address;
      if (!target.endsWith(".html")) continue;
      assert.ok(shipped.pages.includes(target), `${address}: ${attribs.href}`);
      if (hash) assert.ok((await idsOf(target)).has(decodeURIComponent(hash)), `${address}: ${attribs.href}`);
    }
    for (const { attribs } of $("img[src]").toArray()) {
      const file = path.join(shipped.folder, path.dirname(address), decodeURIComponent(attribs.src!));
      await readFile(file);
    }
  }
});

test("front door and modules lead there, search engines and search do not, and no browser keeps it unasked", async () => {
  const front = load(await read("index.html"));
  assert.equal(front('a[href="facilitate/index.html"]').length, 1);
  const module = load(await read("connected-learning/index.html"));
  assert.equal(module(`a[href="../${PLAN}"]`).length, 1);
  for (const address of shipped.pages.filter((one) => one.startsWith("facilitate/"))) {
    const $ = load(await read(address));
    assert.equal($('meta[name="robots"]').attr("content"), "noindex", address);
  }
  const lists = path.join(shipped.folder, "assets/offline");
  for (const name of await readdir(lists)) {
    const [byItself, whenAsked] = (await readFile(path.join(lists, name), "utf8")).split(/^\n/m);
    assert.doesNotMatch(byItself!, /facilitate\/.*html/);
    assert.match(whenAsked!, /facilitate\/index\.html/);
  }
});

describe("In a browser", () => {
  test("a session begins when it does, says what is on, and remembers it for the day", async () => {
    await inContext(browser, async (context) => {
      const tab = await context.newPage();
      await tab.clock.install({ time: new Date(2026, 2, 3, 13, 4, 10) });
      await tab.goto(urlOf(PLAN));
      const session = tab.locator("[data-session]").first();
      assert.match(wordsOf(await session.locator("h4").innerText()), /Session 1 9:00 AM to 10:00 AM/);
      await session.getByLabel("Begins at").fill("13:00");
      await session.getByLabel("Begins at").dispatchEvent("change");
      const times = await session.locator(".led-slot-time").allInnerTexts();
      assert.deepEqual(times.map(wordsOf), ["1:00 PM", "1:05 PM", "1:40 PM"]);
      assert.match(wordsOf(await session.locator("h4").innerText()), /1:00 PM to 2:00 PM/);
      assert.match(
        wordsOf(await session.locator("[aria-current=step]").innerText()),
        /People arrive 1 minute left/,
      );
      await tab.clock.runFor(11 * 60_000);
      assert.match(
        await session.locator("[aria-current=step]").innerText(),
        /About this module[\s\S]*25 minutes left/,
      );
      await tab.reload();
      assert.match(await session.locator("[aria-current=step]").innerText(), /25 minutes left/);
      await session.getByRole("button", { name: "Begin now" }).click();
      assert.match(wordsOf(await session.locator("h4").innerText()), /1:15 PM to 2:15 PM/);
      await tab.clock.setFixedTime(new Date(2026, 2, 4, 13, 20));
      await tab.reload();
      assert.match(wordsOf(await session.locator("h4").innerText()), /9:00 AM to 10:00 AM/);
      assert.equal(await session.locator("[aria-current]").count(), 0);
    });
  });

  test("notes are shown for one way of meeting, on every page from then on", async () => {
    await inContext(browser, async (context) => {
      const tab = await context.newPage();
      await tab.goto(urlOf(SECTION));
      const shown = () =>
        tab.evaluate<string[]>(
          "[...document.querySelectorAll('.note-variant')].filter((one) => one.checkVisibility()).map((one) => one.dataset.variant)",
        );
      assert.deepEqual(await shown(), ["seated", "online", "two", "late"]);
      await tab.getByLabel("For two people").check();
      assert.deepEqual(await shown(), ["two", "late"]);
      await tab.goto(urlOf("facilitate/connected-learning/guide/index.html"));
      assert.equal(await tab.getByLabel("For two people").isChecked(), true);
      assert.deepEqual([...new Set(await shown())], ["two", "late"]);
      await tab.getByLabel("All", { exact: true }).check();
      assert.ok((await shown()).includes("online"));
    });
  });

  test("without scripts the plan has its times, and every note is shown", async () => {
    await inContext(
      browser,
      async (context) => {
        const tab = await context.newPage();
        await tab.goto(urlOf(PLAN));
        assert.match(await tab.locator("[data-session]").first().innerText(), /9:05\sAM\s+About this module/);
        assert.equal(await tab.getByRole("button", { name: "Begin now" }).count(), 0);
        await tab.goto(urlOf(SECTION));
        assert.equal(await tab.locator(".note-variant:visible").count(), 4);
      },
      { javaScriptEnabled: false },
    );
  });
});

describe("Other courses", () => {
  const NOTE = '\n{% callout "trainer" minutes="10" %}\nTalk of the wombat.\n{% endcallout %}\n';

  /** The addresses of all pages that have to do with those who lead. */
  async function pagesOf(files: Files): Promise<{ addresses: string[]; all: string; folder: string }> {
    const home = await temporaryFolder();
    await writeFiles(path.join(home, "content"), files);
    const site = await loadSite({ content: path.join(home, "content"), drafts: false });
    assert.deepEqual(errorsOf(site), []);
    const folder = path.join(home, "site");
    await layOut(site, folder);
    const names = (await readdir(folder, { recursive: true })).map((name) => name.split(path.sep).join("/"));
    const texts = names.filter((name) => /\.(?:html|js|json|txt)$/.test(name));
    const all = await Promise.all(texts.map((name) => readFile(path.join(folder, name), "utf8")));
    return {
      addresses: names.filter((name) => /facilitate\/.*html$/.test(name)).sort(),
      all: all.join("\n"),
      folder,
    };
  }

  test("of pages at the top have theirs beside each other", async () => {
    const { addresses } = await pagesOf({ "01-one.md": page(NOTE, "One"), "02-two.md": page("Two", "Two") });
    assert.deepEqual(addresses, [
      "facilitate/index.html",
      "facilitate/one.html",
      "facilitate/other/sections/guide/index.html",
      "facilitate/two.html",
    ]);
  });

  test("of several modules have a page that leads to those with notes", async () => {
    const { addresses, folder } = await pagesOf({
      "01-one.md": page(NOTE, "One"),
      "basics/01-two.md": page(`${NOTE}\n![A plan](plan.png)`, "Two"),
      "basics/plan.png": Buffer.from("89504e470d0a1a0a", "hex"),
      "more/01-three.md": page("Three", "Three"),
    });
    assert.deepEqual(addresses, [
      "facilitate/basics/guide/index.html",
      "facilitate/basics/index.html",
      "facilitate/basics/two.html",
      "facilitate/index.html",
      "facilitate/one.html",
      "facilitate/other/sections/guide/index.html",
      "facilitate/other/sections/index.html",
    ]);
    const $ = load(await readFile(path.join(folder, "facilitate/basics/two.html"), "utf8"));
    assert.equal($(".section-body img").attr("src"), "../../basics/plan.png");
  });

  test("without notes have none of it, nor those that leave it out", async () => {
    assert.deepEqual((await pagesOf({ "01-one.md": page("One", "One") })).addresses, []);
    const { addresses, all } = await pagesOf({
      "01-one.md": page(
        `${NOTE}\n{% callout "trainer" %}\n![A wombat](wombat.png)\n{% endcallout %}\n`,
        "One",
      ),
      "wombat.png": Buffer.from("89504e470d0a1a0a", "hex"),
      "site.yaml": "facilitate: false\n",
    });
    assert.deepEqual(addresses, []);
    assert.doesNotMatch(all, /wombat|facilitat/i);
  });

  test("have a plan of reading and doing where no note says how long anything takes", async () => {
    const site = await siteOf({
      "01-one.md": '---\ntitle: One\ndo: 20\n---\n{% callout "trainer" %}\nTalk.\n{% endcallout %}\n',
    });
    const [led] = site.led;
    assert.deepEqual(
      led!.allPlans[0]!.sessions[0]!.slots.map(({ minutes }) => minutes),
      [21],
    );
  });

  test("have a trainer's own plan first, and what it leaves out to read at home", async () => {
    const { folder } = await pagesOf({
      "01-one.md": page(NOTE, "One"),
      "02-two.md": page(NOTE, "Two"),
      "site.yaml":
        'plans:\n  An evening:\n    sessions:\n      Tuesday: { from: "18:00", until: "18:30", sections: [two 12, break 5] }\n',
    });
    const $ = load(await readFile(path.join(folder, "facilitate/index.html"), "utf8"));
    const plan = $(".led-plan").first();
    assert.equal(wordsOf(plan.find("h3").text()), "An evening");
    assert.equal(wordsOf(plan.find("h4").text()), "Tuesday 6:00 PM to 6:17 PM");
    assert.deepEqual(
      plan
        .find(".led-slot")
        .toArray()
        .map((slot) => wordsOf($(slot).text())),
      ["6:00 PM Two 12 min", "6:12 PM Break 5 min"],
    );
    assert.match(wordsOf(plan.text()), /To read at home: One$/);
  });

  test("have the notes of pages that are no sections beside the plans", async () => {
    const several = await pagesOf({
      "index.md": page(NOTE.replace("wombat", "yak"), "Front"),
      "basics/index.md": page(NOTE.replace("wombat", "emu"), "Basics"),
      "basics/01-two.md": page(NOTE, "Two"),
      "more/01-three.md": page(`${NOTE}[Worksheet #1: Plan](../worksheets/01-plan.md)`, "Three"),
      "worksheets/01-plan.md": `---\ntitle: "Worksheet #1: Plan"\nmodule: more\n---\n${NOTE.replace("wombat", "kiwi")}`,
    });
    const at = async (folder: string, address: string) =>
      wordsOf(load(await readFile(path.join(folder, address), "utf8"))("main").text());
    assert.match(
      await at(several.folder, "facilitate/index.html"),
      /Before you begin Front .*Talk of the yak/,
    );
    assert.match(await at(several.folder, "facilitate/basics/index.html"), /Talk of the emu/);
    assert.match(
      await at(several.folder, "facilitate/more/index.html"),
      /Worksheet #1: Plan .*Talk of the kiwi/,
    );
    const one = await pagesOf({ "index.md": page(NOTE, "Front"), "01-one.md": page("One", "One") });
    assert.match(await at(one.folder, "facilitate/index.html"), /Talk of the wombat/);
  });

  test("keep the folder free of an author's pages, unless the edition is left out", async () => {
    const files = { "facilitate/01-a.md": page("A", "A"), "facilitate/index.md": page("B", "B") };
    assert.match(
      errorsOf(await siteOf(files)).join("\n"),
      /facilitate\/01-a\.md:1:1: the page would have the address facilitate\/a\.html/,
    );
    assert.deepEqual(errorsOf(await siteOf({ ...files, "site.yaml": "facilitate: false\n" })), []);
  });
});

test("a page may link to them where they are, and is told where they are not", async () => {
  const link = "[For facilitators](facilitate/index.html)\n";
  const note = '\n{% callout "trainer" %}\nTalk.\n{% endcallout %}\n';
  assert.deepEqual(errorsOf(await siteOf({ "01-one.md": page(link + note, "One") })), []);
  for (const files of [
    { "01-one.md": page(link, "One") },
    { "01-one.md": page(link + note, "One"), "site.yaml": "facilitate: false\n" },
  ]) {
    assert.match(
      errorsOf(await siteOf(files)).join("\n"),
      /^content\/01-one.md:4:1: the link "facilitate\/index.html" leads/,
    );
  }
});
