/**
 * What the front page shows of its front matter: a picture, and a link for those who lead a group. Both stand in the body
 * while it is made, so that what is wrong with them is found and told as with any picture and any link.
 *
 *   front:
 *     picture: basics/spheres.svg    →   rendered.front.picture, .lead
 *     lead: basics/02-groups.md
 */
import { POSITION_ATTR } from "../../markdown/positions.ts";
import type { Page } from "../../model/course.ts";
import { bodyOf, elementsIn, elementsOf, newElement, setChildren } from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import type { FrontParts } from "../rendering.ts";

/** In nobody's content: the passes before have taken it out. */
const FRONT = "data-front";

/** When nothing of the author's is looked for any more. */
export function addFront({ $, page, file, problems }: PageContext): void {
  const { front } = page.data;
  if (!front) return;
  if (page.kind !== "front") {
    problems.error(
      "front-key",
      { file, line: lineOf(page, "front"), column: 1 },
      "front: is for the front page, which is index.md beside the modules, or in the folder of a language's code",
      "move it there, or delete it",
    );
    return;
  }
  const holder = newElement($, "div", { [FRONT]: "" });
  const parts = [];
  if (front.picture) {
    const at = { [POSITION_ATTR]: `${lineOf(page, "picture")}:3` };
    const text = front.pictureText ?? "";
    parts.push(
      newElement($, "img", { src: front.picture, alt: text, ...(!text && { role: "presentation" }), ...at }),
    );
  }
  if (front.lead) {
    parts.push(newElement($, "a", { href: front.lead, [POSITION_ATTR]: `${lineOf(page, "lead")}:3` }));
  }
  setChildren(holder, parts);
  const body = bodyOf($);
  setChildren(body, [holder, ...body.children]);
}

/** Takes them out of the body again. */
export function takeFront({ $ }: PageContext): FrontParts | undefined {
  const holder = elementsOf($).find(({ attribs }) => attribs[FRONT] !== undefined);
  if (!holder) return undefined;
  $(holder).remove();
  const link = elementsIn(holder).find(({ name }) => name === "a");
  const lead = link?.attribs.href;
  if (link) $(link).remove();
  for (const { attribs } of elementsIn(holder)) delete attribs[POSITION_ATTR];
  return { picture: $(holder).html() ?? "", lead };
}

/** Of a key of the page's front matter. */
function lineOf({ source, bodyStart }: Page, key: string): number {
  const before = source.text.slice(0, bodyStart).split("\n");
  return before.findIndex((line) => line.trimStart().startsWith(`${key}:`)) + 1 || 1;
}
