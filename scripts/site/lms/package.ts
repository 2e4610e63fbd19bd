/**
 * A package for a course system: the built site, but for what it says on privacy as it is; a page that launches it in a
 * frame and tells the course system what was read; and the manifest.
 *
 *   imsmanifest.xml
 *   lms.html            what the course system opens
 *   assets/lms-….js     its script, and its style
 *   index.html …        the site
 */
import { createHash } from "node:crypto";
import { promises as fs } from "node:fs";
import path from "node:path";
import { browserScript, styleSheet } from "../layout/assets.ts";
import type { Site } from "../layout/site.ts";
import type { Course } from "../model/course.ts";
import type { Edition } from "../model/edition.ts";
import { WORKER } from "../output/release.ts";
import { writeZip, type ZipEntry } from "../output/zip.ts";
import { escapeHtml } from "../text/escape.ts";
import { sayHtml } from "../words/say.ts";
import { factsOf, STANDARDS, type StandardName } from "./facts.ts";
import { manifestOf } from "./manifest.ts";

/**
 * Writes a package for each standard into a folder, as in `scorm-1.2.zip`. `files` are the addresses of what the build has
 * written to `siteFolder`.
 */
export async function writePackages(
  { course, date }: Pick<Site, "course" | "date">,
  siteFolder: string,
  files: readonly string[],
  folder: string,
): Promise<void> {
  await fs.mkdir(folder, { recursive: true });
  const own = files.filter(isForPackage);
  const byPrivacyPage = new Map(
    course.editions
      .filter(({ generated }) => !course.byAddress.has(generated.privacy))
      .map((edition) => [edition.generated.privacy, edition]),
  );
  for (const standard of STANDARDS) {
    const added = await packageFiles(course, standard, own);
    const read = async (address: string) => {
      const bytes = await fs.readFile(path.join(siteFolder, address));
      const edition = byPrivacyPage.get(address);
      return edition ? Buffer.from(tellingOfSystem(bytes.toString(), edition)) : bytes;
    };
    const entries: ZipEntry[] = [
      ...own.map((address): ZipEntry => [address, () => read(address)]),
      ...[...added].map(([address, text]): ZipEntry => [address, () => Buffer.from(text)]),
    ];
    await writeZip(path.join(folder, packageName(standard)), entries, date);
  }
}

/** The page on privacy, which says of the site that it sends nothing and keeps itself: of a package, neither is so. */
function tellingOfSystem(html: string, { words, language }: Edition): string {
  const { privacy, courseSystem } = words;
  const changed = [
    [inPage(privacy.lead), inPage(courseSystem.privacyLead)],
    [inPage(privacy.nothing), inPage(courseSystem.privacySent)],
    [`<li>${sayHtml(privacy.pages, {}, language)}</li>\n`, ""],
  ].reduce((page, [before, after]) => page.replaceAll(before!, after!), html);
  if (!changed.includes(inPage(courseSystem.privacySent))) {
    throw new Error("the page on privacy says in other words what is sent than layouts/words/");
  }
  return changed;
}

/** As Liquid escapes it. */
const inPage = (words: string): string => escapeHtml(words).replaceAll("'", "&#39;");

export const packageName = (standard: StandardName): string => `scorm-${standard}.zip`;

/** Not what only a host reads; nor what keeps a site in a browser, for that would outlast a learner's access. */
export const isForPackage = (address: string): boolean =>
  address !== WORKER && !/^assets\/offline\/|(?:^|\/)\.[^/]*$/.test(address);

/** What a package has beside the files of the site, by their addresses. */
export async function packageFiles(
  course: Course,
  standard: StandardName,
  addresses: readonly string[],
): Promise<Map<string, string>> {
  const script = await browserScript("browser/course-system/launch.ts", {
    define: { COURSE: JSON.stringify(factsOf(course, standard)) },
  });
  const css = styleSheet("css/course-system.css");
  const launch = freeAddress(new Set(addresses));
  const files = new Map<string, string>();
  const scriptAddress = `assets/lms-${hashOf(script)}.js`;
  const cssAddress = `assets/lms-${hashOf(css)}.css`;
  files.set(scriptAddress, script);
  files.set(cssAddress, css);
  files.set(launch, launchPage(course, { script: scriptAddress, css: cssAddress }));
  const all = [...addresses, ...files.keys()].sort();
  files.set("imsmanifest.xml", manifestOf({ course, standard, launch, files: all }));
  return files;
}

/** An author may have a page of that name. */
function freeAddress(taken: ReadonlySet<string>): string {
  let address = "lms.html";
  for (let number = 2; taken.has(address); number++) address = `lms-${number}.html`;
  return address;
}

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'";

/** `data-root` leads to the front page: in it this page is one of the site, and finds what its pages keep. */
function launchPage({ main }: Course, { script, css }: { script: string; css: string }): string {
  const name = escapeHtml(main.name);
  return `<!DOCTYPE html>
<html lang="${main.language}"${main.direction === "rtl" ? ' dir="rtl"' : ""} data-root="index.html">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name}</title>
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${css}">
<script src="${script}" defer></script>
</head>
<body>
<noscript><p><a href="index.html">${escapeHtml(main.words.courseSystem.open)}</a></p></noscript>
<p role="status"></p>
<iframe title="${name}"></iframe>
</body>
</html>
`;
}

const hashOf = (content: string): string => createHash("sha256").update(content).digest("hex").slice(0, 8);
