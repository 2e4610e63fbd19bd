/** Says which files of the content folder stay out of the site, beyond those that their names keep out. */

import { DOWNLOADS, isInDownloads } from "../content/files.ts";
import type { Rendering } from "../html/rendering.ts";
import type { Course } from "../model/course.ts";
import type { Problems } from "../problems/problems.ts";

export function adviseOnFiles(course: Course, rendering: Rendering, problems: Problems): void {
  // A page that was left out, or a link that fails, may mean a file: what is wrong there is said there.
  const isSure = !course.leftOut.size && !problems.errors.length;
  const texts = rendering.all.flatMap((page) => [
    page,
    ...(page.forFacilitators ? [page.forFacilitators] : []),
  ]);
  const used = new Set(texts.flatMap(({ files, inlinedFiles }) => [...files, ...inlinedFiles]));
  if (course.logo) used.add(course.logo.file);
  for (const file of course.files) {
    if (used.has(file)) continue;
    const reason = isInDownloads(file) ? faultOf(file, course) : isSure ? NOT_USED : undefined;
    if (!reason) continue;
    const place = { file: `${course.folder.name}/${file}`, line: 1, column: 1 };
    problems.warning("unpublished-file", place, `the file is not published: ${reason[0]}`, reason[1]);
  }
}

function faultOf(file: string, course: Course): [reason: string, cure: string] | undefined {
  const { fault, cure } = course.contentFiles.look(file);
  return fault ? [`it ${fault}`, cure!] : undefined;
}

const NOT_USED: [reason: string, cure: string] = [
  "no page shows it or links to it",
  `link to it, move it into a folder called ${DOWNLOADS}, or take it out of the content folder`,
];
