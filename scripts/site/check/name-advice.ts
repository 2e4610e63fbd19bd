/** Warnings about names that a server may hold, but Windows or a USB stick cannot. */

import type { Course } from "../model/course.ts";
import type { Place, Problems } from "../problems/problems.ts";
import { fileAddress } from "../text/addresses.ts";

/** Characters of an address. Windows counts 260, from the letter of the drive on. */
const LONGEST = 200;

/** Names that Windows keeps for its devices, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[1-9¹²³]|lpt[1-9¹²³])(?= *(?:\.|$))/i;
const SIGN = /[<>:"|?*\\]|[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** What keeps a name from Windows and from the file systems of USB sticks; undefined where nothing does. */
function faultOf(name: string): string | undefined {
  const device = DEVICE.exec(name)?.[0];
  if (device) return `${device} is the name of a device there`;
  const sign = SIGN.exec(name)?.[0];
  if (sign) return /[!-~]/.test(sign) ? `it holds ${sign}` : "it holds a control character";
  return /[. ]$/.test(name) ? `it ends with a ${name.endsWith(".") ? "dot" : "blank"}` : undefined;
}

export function adviseOnNames(course: Course, problems: Problems): void {
  const folders = new Set<string>();
  for (const { source, address } of course.pages) adviseOnFile(source.file, address);
  for (const path of course.files) adviseOnFile(`${course.folder.name}/${path}`, fileAddress(path));
  for (const [alias, page] of course.aliases) {
    const place = page.placeOfKey("aliases");
    const name = alias.split("/").find(faultOf);
    const cure = "delete the alias, unless the site is for servers only";
    if (name !== undefined) advise(`the alias's name "${name}"`, name, place, cure);
    adviseOnLength(alias, place, "delete the alias");
  }

  /** The folders of a file in the content are those of its address, each under the name that a site gives it. */
  function adviseOnFile(file: string, address: string): void {
    const parts = file.split("/");
    const names = address.split("/");
    for (const [index, name] of names.slice(0, -1).entries()) {
      const folder = parts.slice(0, parts.length - names.length + index + 1).join("/");
      if (folders.has(folder)) continue;
      folders.add(folder);
      advise(`the site's folder "${name}"`, name, top(folder), "give the folder another name");
    }
    advise(`the site's file "${names.at(-1)}"`, names.at(-1)!, top(file), "give the file another name");
    adviseOnLength(address, top(file), "give the file, or its folder, a shorter name");
  }

  function advise(what: string, name: string, place: Place, cure: string): void {
    const fault = faultOf(name);
    if (!fault) return;
    const message = `Windows and many USB sticks cannot hold ${what}: ${fault}`;
    problems.warning("portable-name", place, message, cure);
  }

  function adviseOnLength(address: string, place: Place, cure: string): void {
    if (address.length <= LONGEST) return;
    const message = `the address has ${address.length} characters, more than the ${LONGEST} that Windows holds for sure`;
    problems.warning("portable-name", place, message, cure);
  }
}

const top = (file: string): Place => ({ file, line: 1, column: 1 });
