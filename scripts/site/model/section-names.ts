/** Sections as site.yaml names them, in plans and elsewhere: `mistakes`, `13-mistakes.md`, `connected-learning/mistakes`. */

import type { Settings } from "../content/schema.ts";
import type { Place } from "../problems/problems.ts";
import { nameOf } from "../text/addresses.ts";
import type { Course } from "./course.ts";

/** Of a page what its names are made of. */
export interface Nameable {
  source: { path: string };
  address: string;
}

/** The name to propose: that of its address. */
export const nameOfSection = ({ address }: Nameable): string => nameOf(address).replace(/\.html$/, "");

/** The same with its folder, where several have the name. */
export const fullNameOfSection = ({ address }: Nameable): string => address.replace(/\.html$/, "");

/** Those that a name means: by their addresses, or by their files, with the folder or without. */
export function sectionsNamed<Page extends Nameable>(written: string, pages: Iterable<Page>): Page[] {
  const name = written.trim().replace(/\.md$/i, "");
  return [...pages].filter((page) => {
    const path = page.source.path.replace(/\.[^./]*$/, "");
    return [nameOfSection(page), fullNameOfSection(page), nameOf(path), path].includes(name);
  });
}

/** The pages that site.yaml leaves out, by each address that they had. */
export const pagesSetAside = ({ setAside }: Course): Nameable[] =>
  [...setAside].flatMap(([address, path]) => (address === path ? [] : [{ source: { path }, address }]));

/** Where a key of site.yaml stands, or the nearest around it. */
export function placeOfSetting(keys: readonly string[], { places }: Pick<Settings, "places">): Place {
  for (let length = keys.length; length > 0; length--) {
    const place = places.get(keys.slice(0, length).join("."));
    if (place) return place;
  }
  return { file: "site.yaml", line: 1, column: 1 };
}
