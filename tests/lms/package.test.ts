/** The package of a site: its manifest, what is in it, and that it is the same each time. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { load } from "cheerio";
import { strFromU8, unzipSync } from "fflate";
import { STANDARDS, type StandardName } from "../../scripts/site/lms/facts.ts";
import { manifestOf } from "../../scripts/site/lms/manifest.ts";
import { isForPackage, packageFiles, packageName, writePackages } from "../../scripts/site/lms/package.ts";
import { errorsOf, inFolder, page, siteOf, writeFiles } from "../support/content.ts";
import { faultsOfHtml } from "../support/html.ts";

const SETTINGS = `name: "Käse & <b>\\uFFFE"
description: One & two
language: es
version: "2026.11.30-release-candidate"
url: https://example.org/course/
`;
const FILES = {
  "site.yaml": SETTINGS,
  "index.md": page("", "Curso"),
  "one/index.md": page(""),
  "one/a.md": page(""),
};

async function manifestFor(standard: StandardName, settings = SETTINGS) {
  const site = await siteOf({ ...FILES, "site.yaml": settings });
  assert.deepEqual(errorsOf(site), []);
  const { course } = site;
  const xml = manifestOf({ course, standard, launch: "lms.html", files: ["lms.html", "one/a b&c'é.html"] });
  return { xml, $: load(xml, { xml: true }) };
}

test("a manifest says what both standards ask for: one course of one unit, and every file", async () => {
  for (const standard of STANDARDS) {
    const { xml, $ } = await manifestFor(standard);
    assert.match(
      xml,
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<manifest identifier="course-[0-9a-f]{16}" /,
    );
    assert.deepEqual(
      $("manifest > *")
        .toArray()
        .map(({ name }) => name),
      ["metadata", "organizations", "resources"],
    );
    assert.deepEqual(
      $("metadata > *")
        .toArray()
        .map(({ name }) => name),
      ["schema", "schemaversion", "lom"],
    );
    assert.equal($("metadata > schema").text(), "ADL SCORM");
    // A name may have what XML cannot, and a version more than 20 characters.
    assert.match(xml, /<title>Käse &amp; &lt;b&gt;<\/title>/);
    assert.equal($("manifest").attr("version"), "2026.11.30-release-c");
    assert.equal($("organizations").attr("default"), $("organization").attr("identifier"));
    assert.equal($("item").length, 1);
    assert.equal($("item").attr("identifierref"), $("resource").attr("identifier"));
    assert.equal($("resource").attr("type"), "webcontent");
    assert.equal($("resource").attr("href"), "lms.html");
    assert.deepEqual(
      $("resource > file")
        .toArray()
        .map((file) => $(file).attr("href")),
      ["lms.html", "one/a%20b%26c'%C3%A9.html"],
    );
    const ids = $("[identifier]")
      .toArray()
      .map((one) => $(one).attr("identifier")!);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.every((id) => /^[A-Za-z_][\w.-]*$/.test(id)));
  }
});

test("each has its standard's names", async () => {
  const old = (await manifestFor("1.2")).$;
  assert.equal(old("schemaversion").text(), "1.2");
  assert.equal(old("manifest").attr("xmlns"), "http://www.imsproject.org/xsd/imscp_rootv1p1p2");
  assert.equal(old("manifest").attr("xmlns:adlcp"), "http://www.adlnet.org/xsd/adlcp_rootv1p2");
  assert.equal(old("resource").attr("adlcp:scormtype"), "sco");
  assert.equal(old("lom langstring[xml\\:lang=es]").first().text(), "Käse & <b>");
  assert.equal(old("description langstring").text(), "One & two");

  const { $ } = await manifestFor("2004");
  assert.equal($("schemaversion").text(), "2004 4th Edition");
  assert.equal($("manifest").attr("xmlns"), "http://www.imsglobal.org/xsd/imscp_v1p1");
  assert.equal($("manifest").attr("xmlns:adlcp"), "http://www.adlnet.org/xsd/adlcp_v1p3");
  assert.equal($("resource").attr("adlcp:scormType"), "sco");
  assert.equal($("organization > imsss\\:sequencing > imsss\\:controlMode").attr("flow"), "true");
  const delivery = $("item imsss\\:deliveryControls");
  assert.equal(delivery.attr("completionSetByContent"), "true");
  assert.equal(delivery.attr("objectiveSetByContent"), "true");
  assert.equal($("lom string[language=es]").first().text(), "Käse & <b>");
});

test("a course keeps its identity from release to release, by its address or else its name", async () => {
  const id = async (settings: string) =>
    (await manifestFor("1.2", settings)).$("manifest").attr("identifier");
  const own = await id(SETTINGS);
  assert.equal(await id(`${SETTINGS.replace("2026", "2027").replace("Käse", "Kuchen")}`), own);
  const named = await id("name: A\n");
  assert.notEqual(named, own);
  assert.equal(await id("name: A\nversion: '2'\n"), named);
  assert.notEqual(await id("name: B\n"), named);
});

test("the launch page is valid, names its script and style by what is in them, and stands at an address of its own", async () => {
  const { course } = await siteOf(FILES);
  const files = await packageFiles(course, "1.2", ["index.html", "lms.html"]);
  assert.deepEqual(
    [...files.keys()].map((name) => name.replace(/[0-9a-f]{8}/, "#")),
    ["assets/lms-#.js", "assets/lms-#.css", "lms-2.html", "imsmanifest.xml"],
  );
  const html = files.get("lms-2.html")!;
  assert.deepEqual(await faultsOfHtml(html, "lms-2.html"), []);
  for (const name of files.keys()) if (name.startsWith("assets/")) assert.ok(html.includes(`"${name}"`));
  assert.match(files.get("imsmanifest.xml")!, /adlcp:scormtype="sco" href="lms-2.html"/);
});

test("a package has the site's files as they are, but for those of hosts and of keeping it, in one order and of one time", async () => {
  assert.ok(["index.html", "assets/site-1.js", "a.b/c.html", "swans.js"].every(isForPackage));
  assert.ok(!["sw.js", "assets/offline/1.txt", ".nojekyll", "one/.DS_Store"].some(isForPackage));
  await inFolder(async (folder) => {
    const { course } = await siteOf(FILES);
    const date = new Date("2026-11-30T23:30:00Z");
    const built = { "sw.js": "", ".nojekyll": "", "one/a.html": "<p>", "Z.html": "z", "index.html": "i" };
    await writeFiles(path.join(folder, "site"), built);
    const make = async (out: string, zone: string) => {
      const before = process.env.TZ;
      process.env.TZ = zone;
      await writePackages(
        { course, date },
        path.join(folder, "site"),
        Object.keys(built),
        path.join(folder, out),
      );
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
      const names = await readdir(path.join(folder, out));
      assert.deepEqual(names.sort(), ["scorm-1.2.zip", "scorm-2004.zip"]);
      return readFile(path.join(folder, out, packageName("2004")));
    };
    const bytes = await make("east", "Pacific/Auckland");
    assert.ok(bytes.equals(await make("west", "America/New_York")));
    const entries = unzipSync(bytes);
    const names = Object.keys(entries);
    assert.deepEqual(names, [...names].sort());
    assert.equal(strFromU8(entries["one/a.html"]!), "<p>");
    assert.ok(!names.includes("sw.js") && !names.includes(".nojekyll"));
    const listed = [...strFromU8(entries["imsmanifest.xml"]!).matchAll(/<file href="([^"]+)"/g)].map(
      ([, name]) => name,
    );
    assert.deepEqual(
      listed,
      names.filter((name) => name !== "imsmanifest.xml"),
    );
    assert.equal(path.extname(names.at(-1)!), ".html");
  });
});
