/** The picture of a library that site.yaml names, shown in the header of every page. */

import { fileKind } from "../content/files.ts";
import { count, type Place, type Problems } from "../problems/problems.ts";
import { composed, fileAddress, resolvePath } from "../text/addresses.ts";
import type { Course } from "./course.ts";
import { fileMeant } from "./links.ts";

export interface Logo {
  /** By its name on the disk. */
  file: string;
  address: string;
}

/** Bytes: what every page loads once more than its own 14 kB. */
const LOGO_SIZE = 20_000;

/** Undefined where none is named, or where it cannot be shown, which is told. */
export function logoOf(course: Course, problems: Problems): Logo | undefined {
  const { logo: written, library, places } = course.settings;
  if (written === undefined) return undefined;
  const place = places.get("logo")!;
  const refuse = (message: string, cure: string) =>
    problems.error("logo", place, `the logo "${written}" ${message}`, cure, written);
  const path = resolvePath("", composed(written.replace(/^\/+/, ""))) ?? "";
  const file = course.fileAt(path);
  if (file === undefined) {
    const meant = fileMeant(["picture"], path, course, problems);
    refuse(
      "is not there",
      meant
        ? `did you mean "${meant}"?`
        : "write the path of a picture from the content folder, as in logo: logo.svg",
    );
    return undefined;
  }
  const { fault, cure, isUnreadable, size } = course.contentFiles.look(file);
  if (fileKind(file) !== "picture") refuse("is of a kind that browsers do not show", "save it as SVG or PNG");
  else if (fault) refuse(fault, cure!);
  else if (isUnreadable || !size) {
    refuse("holds no picture that browsers show, whatever its name says", "save it again as SVG or PNG");
  } else if (!library)
    refuse("has no name to be read out in its place", "write library: and your library's name");
  else {
    adviseOnSize(written, size, place, problems);
    return { file, address: fileAddress(file) };
  }
  return undefined;
}

function adviseOnSize(written: string, size: number, place: Place, problems: Problems): void {
  if (size <= LOGO_SIZE) return;
  problems.warning(
    "logo-size",
    place,
    `the logo "${written}" has ${count(size, "byte")}, and every page loads it`,
    `save it as SVG, or no more than 120 pixels high; ${LOGO_SIZE.toLocaleString("en-US")} bytes are plenty`,
    written,
  );
}
