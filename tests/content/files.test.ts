/** Which files of the content folder reach the site, and what is said of the others. */
import assert from "node:assert/strict";
import { readdir, readFile, symlink } from "node:fs/promises";
import path from "node:path";
import { test } from "node:test";
import { FILE_KINDS } from "../../scripts/site/content/files.ts";
import { buildSite } from "../../scripts/site/site.ts";
import {
  allWarningsOf,
  errorsOf,
  type Files,
  inFolder,
  inWorkingDirectory,
  page,
  siteOf,
  writeFiles,
} from "../support/content.ts";

/** What stands in the site of a content folder beside its pages, and what was said of it. */
async function publishedOf(files: Files, prepare: (content: string) => Promise<void> = async () => {}) {
  return inFolder(async (folder) => {
    await writeFiles(path.join(folder, "content"), files);
    await prepare(path.join(folder, "content"));
    return inWorkingDirectory(folder, async () => {
      const { site } = await buildSite({ content: "content", out: "_site", drafts: false });
      const found = await readdir("_site", { recursive: true, withFileTypes: true }).catch(() => []);
      const own =
        /^(?:assets|pagefind)\/|\.html$|^\.nojekyll$|^\.connected-learning-site$|^manifest\.webmanifest$|^apple-touch-icon\.png$|^sw\.js$/;
      const names = found
        .filter((entry) => entry.isFile())
        .map((entry) =>
          path
            .relative("_site", path.join(entry.parentPath ?? entry.path, entry.name))
            .split(path.sep)
            .join("/"),
        )
        .filter((name) => !own.test(name))
        .sort();
      const texts = new Map<string, string>();
      for (const name of names) texts.set(name, await readFile(path.join("_site", name), "utf8"));
      return { names, texts, errors: errorsOf(site), warnings: allWarningsOf(site) };
    });
  });
}

const LITTER = [
  "id_rsa",
  "server.key",
  "dump.sql",
  "~$plan.docx",
  "old.html.bak",
  "Thumbs.db",
  "web.config",
  "feed.xml",
  "page.xht",
  "page.shtml",
  "page.asp",
  "page.php.pdf",
  "sheet.svg.png",
  "run.exe",
  "movie.swf",
  "app.webmanifest",
  "module.wasm",
  "style.css",
  "a.mjs",
  "data.xml",
  "page.mht",
  "noending",
  "picture.svgz",
  "back~",
];

test("only listed kinds are published, linked or not, and each other file is told of", async () => {
  const files: Files = { "index.md": page(""), ...Object.fromEntries(LITTER.map((name) => [name, "a"])) };
  for (const name of LITTER) files[`downloads/${name}`] = "a";
  const { names, errors, warnings } = await publishedOf(files);
  assert.deepEqual(errors, []);
  assert.deepEqual(names, []);
  for (const name of LITTER) {
    for (const file of [`content/${name}:1:1: `, `content/downloads/${name}:1:1: `]) {
      assert.equal(
        warnings.filter((one) => one.startsWith(`${file}the file is not published: `)).length,
        1,
        file,
      );
    }
  }
  assert.equal(warnings.length, 2 * LITTER.length);
});

test("a link to a file of another kind is an error", async () => {
  const site = await siteOf({
    "index.md": page(LITTER.map((name) => `[A file](<${name}>)`).join("\n\n")),
    ...Object.fromEntries(LITTER.map((name) => [name, "a"])),
  });
  assert.deepEqual(
    errorsOf(site),
    LITTER.map(
      (name, index) =>
        `content/index.md:${4 + 2 * index}:1: the link "${name}" leads to a file that is not published; write that file as Markdown, or take the link out`,
    ),
  );
});

test("listed kinds are published where a page uses them or where they stand in a folder for downloads", async () => {
  const endings = Object.values(FILE_KINDS)
    .flat()
    .filter((ending) => ending !== "svg");
  const files: Files = {};
  for (const ending of endings) {
    for (const name of ["linked", "alone", "downloads/offered", "basics/Downloads/offered"])
      files[`${name}.${ending}`] = "";
  }
  files["index.md"] = page(endings.map((ending) => `[A file](linked.${ending})`).join("\n\n"));
  const { names, errors, warnings } = await publishedOf(files);
  assert.deepEqual(errors, []);
  const wanted = endings.flatMap((ending) => [
    `basics/downloads/offered.${ending}`,
    `downloads/offered.${ending}`,
    `linked.${ending}`,
  ]);
  assert.deepEqual(names.sort(), wanted.sort());
  assert.deepEqual(
    warnings.sort(),
    endings
      .map(
        (ending) =>
          `content/alone.${ending}:1:1: the file is not published: no page shows it or links to it; link to it, move it into a folder called downloads, or take it out of the content folder`,
      )
      .sort(),
  );
});

test("what only a facilitator's note, a draft or nothing uses stays out", async () => {
  const { names } = await publishedOf({
    "index.md": page(
      '<div class="trainer callout" markdown="1">\n[The key](key.pdf)\n</div>\n\n[The plan](plan.pdf)',
    ),
    "later.md": `---\ntitle: Later\ndraft: true\n---\n[The report](report.pdf)`,
    "key.pdf": "",
    "plan.pdf": "",
    "report.pdf": "",
  });
  assert.deepEqual(names, ["plan.pdf"]);
});

test("a drawing is published as it was checked, not as it came", async () => {
  const drawing =
    '<?xml version="1.0"?><!-- Ana --><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onblur2="x"><path id="a" d="M0 0" data-x="y"/></svg>';
  const { texts, errors } = await publishedOf({
    "index.md": page("![A map](map.svg)"),
    "map.svg": drawing.replace(' onblur2="x"', ""),
    "downloads/map.svg": drawing,
    "downloads/run.svg": "<svg><script>alert(1)</script></svg>",
  });
  assert.deepEqual(errors, []);
  assert.deepEqual(
    [...texts],
    [
      [
        "map.svg",
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path id="a" d="M0 0"></path></svg>\n',
      ],
    ],
  );
});

test("what begins like a web page is not published under another name", async () => {
  const pages = [
    "<!DOCTYPE html>",
    " \n<HTML><body>",
    "\ufeff<script>alert(1)</script>",
    "<?xml version='1.0'?><html/>",
    "<?php echo 1;",
    "<svg onload='alert(1)'>",
    "<!-- a --><b>",
    "\0\0<iframe src=a>",
  ];
  for (const [index, bytes] of pages.entries()) {
    for (const name of ["a.png", "a.pdf", "a.txt", "a.mp4", "a.json", "a.csv"]) {
      const site = await siteOf({
        "index.md": page(name === "a.png" ? "![A](a.png)" : `[A file](${name})`),
        [name]: bytes,
      });
      assert.deepEqual(
        errorsOf(site),
        [
          `content/index.md:4:1: the ${name === "a.png" ? "picture" : "file"} "${name}" is a web page under another name; save it again as what its name says`,
        ],
        `${index} ${name}`,
      );
    }
  }
});

test("a symbolic link shows nothing that is hidden or of another kind", async () => {
  const { names, errors } = await publishedOf(
    {
      "index.md": page("[One](one.txt) [Two](two.txt) [Three](three.txt) [Four](four.txt)"),
      ".env.txt": "s",
      "_drafts/a.txt": "s",
      "site.yaml": "name: Site",
      "plan.txt": "plan",
    },
    async (content) => {
      await symlink(".env.txt", path.join(content, "one.txt"));
      await symlink("_drafts/a.txt", path.join(content, "two.txt"));
      await symlink("site.yaml", path.join(content, "three.txt"));
      await symlink("plan.txt", path.join(content, "four.txt"));
    },
  );
  assert.deepEqual(names, []);
  assert.deepEqual(
    errors.filter((error) => error.includes("symbolic")),
    [
      "content/one.txt:1:1: the symbolic link leads to a file that is kept out of the site; copy the file here, or delete the link",
      "content/three.txt:1:1: the symbolic link leads to a file of another kind; copy the file here, or give the link the ending of what it leads to",
      "content/two.txt:1:1: the symbolic link leads to a file that is kept out of the site; copy the file here, or delete the link",
    ],
  );
});

test("a file without an ending stays out, so that it is in no folder's way", async () => {
  const names = ["assets", "pagefind", "worksheets", "basics"];
  const { errors, warnings } = await publishedOf({
    "01-basics/one.md": page(""),
    ...Object.fromEntries(names.map((name) => [name, ""])),
  });
  assert.deepEqual(errors, []);
  assert.equal(warnings.length, names.length);
});
