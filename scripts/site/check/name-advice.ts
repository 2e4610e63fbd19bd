/** Warnings about names that a server may hold, but Windows or a USB stick cannot. */
import { fileAddress } from "../addresses.ts";
import type { Course } from "../course.ts";
import { placeOfKey } from "../front-matter.ts";
import type { Place, Problems } from "../problems.ts";

/** Characters of an address. Windows counts 260, from the letter of the drive on. */
const LONGEST = 200;

/** Names that Windows keeps for its devices, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[1-9¹²³]|lpt[1-9¹²³])(?= *(?:\.|$))/i;
const SIGN = /[<>:"|?*\\]|\p{Cc}/u;

/** What keeps a name from Windows and from the file systems of USB sticks; undefined where nothing does. */
function faultOf(name: string): string | undefined {
  const device = DEVICE.exec(name)?.[0];
  if (device) return `${device} is the name of a device there`;
  const sign = SIGN.exec(name)?.[0];
  if (sign) return /\p{Cc}/u.test(sign) ? "it holds a control character" : `it holds ${sign}`;
  return /[. ]$/.test(name) ? `it ends with a ${name.endsWith(".") ? "dot" : "blank"}` : undefined;
}

export function adviseOnNames(course: Course, problems: Problems): void {
  const folders = new Set<string>();
  for (const { source, address } of course.pages) adviseOnFile(source.path, address);
  for (const path of course.files) adviseOnFile(path, fileAddress(path));
  for (const [alias, { source }] of course.aliases) {
    const place = placeOfKey(source, "aliases");
    const name = alias.split("/").find(faultOf);
    if (name !== undefined)
      advise(
        `the alias's name "${name}"`,
        name,
        place,
        "delete the alias, unless the site is for servers only",
      );
    adviseOnLength(alias, place, "delete the alias");
  }

  /** The folders of a file in the content are those of its address, each under the name that a site gives it. */
  function adviseOnFile(path: string, address: string): void {
    const parts = path.split("/");
    for (const [index, name] of address.split("/").entries()) {
      const file = [course.folder.name, ...parts.slice(0, index + 1)].join("/");
      const place = { file, line: 1, column: 1 };
      if (index === parts.length - 1) {
        advise(`the site's file "${name}"`, name, place, "give the file another name");
      } else if (!folders.has(file)) {
        folders.add(file);
        advise(`the site's folder "${name}"`, name, place, "give the folder another name");
      }
    }
    const place = { file: `${course.folder.name}/${path}`, line: 1, column: 1 };
    adviseOnLength(address, place, "give the file, or its folder, a shorter name");
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
