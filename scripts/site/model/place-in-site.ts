/** What an author's file is to the site, which its folder and its name tell, and the address of its page. */

import type { Source } from "../content/source.ts";
import type { Problems } from "../problems/problems.ts";
import { folderOf, nameOf, slugOf } from "../text/addresses.ts";
import type { Page } from "./course.ts";
import { GENERATED_PAGES, WORKSHEETS } from "./generated-pages.ts";

/** Folders of the output that the site fills. */
const RESERVED_FOLDERS = ["assets", "pagefind"];

export function placeInSite(
  source: Source,
  problems: Problems,
): { kind: Page["kind"]; folder: string; address: string } | undefined {
  const folder = folderOf(source.path);
  const name = nameOf(source.path).replace(/\.[^.]+$/, "");
  const top = { file: source.file, line: 1, column: 1 };
  if (folder.includes("/")) {
    const [first, second] = folder.split("/");
    problems.error(
      "page-depth",
      top,
      "the page stands in a folder inside a module's folder",
      // As Jekyll's courses have it.
      first === "modules"
        ? `move ${second}/ out of modules/: each module is a folder of the content folder itself`
        : `move it up to ${first}/; headings and sectionHead make the levels below`,
    );
    return undefined;
  }
  const folderSlug = slugOf(folder);
  if ((folder && !folderSlug) || !slugOf(name)) {
    problems.error(
      "page-name",
      top,
      "the name gives no address: it has no letter or digit",
      "name it in letters, as in 02-mistakes.md",
    );
    return undefined;
  }
  if (RESERVED_FOLDERS.includes(folderSlug)) {
    problems.error(
      "reserved-name",
      top,
      `the folder name ${folder} is the site's own`,
      "name the folder for its module",
    );
    return undefined;
  }
  // `00-index.md` has the index's address too.
  const isIndex = slugOf(name) === "index";
  if (!folder) {
    return isIndex
      ? { kind: "front", folder, address: GENERATED_PAGES.front }
      : { kind: "section", folder, address: `${slugOf(name)}.html` };
  }
  if (folderSlug === WORKSHEETS) {
    if (isIndex) {
      problems.error("reserved-name", top, "the list of worksheets is made by the site", "delete this file");
      return undefined;
    }
    return { kind: "worksheet", folder, address: `${WORKSHEETS}/${slugOf(name)}.html` };
  }
  return isIndex
    ? { kind: "module", folder, address: `${folderSlug}/index.html` }
    : { kind: "section", folder, address: `${folderSlug}/${slugOf(name)}.html` };
}
