/** What authors meant where their HTML says something else. */

import { elementsOf } from "./allowlist.ts";
import type { CheerioAPI, Element } from "./dom.ts";

const ASTRAY = /^\s*((?:[a-zA-Z-]+=(?:"[^"<>]*"|'[^'<>]*')\s*)+)>/;

/** Comments are notes among authors. */
export function removeComments($: CheerioAPI): void {
  for (const element of [$.root()[0]!, ...elementsOf($)]) {
    for (const child of [...element.children]) {
      if (child.type === "comment" || child.type === "directive") $(child).remove();
    }
  }
}

/**
 * `<th bgcolor="lightpink"> width="10%">` — the tag was closed too early, and an attribute went astray into the
 * text. It goes back to where it was meant to be.
 */
export function bringBackAttributes($: CheerioAPI): void {
  for (const element of elementsOf($)) {
    const first = element.children[0];
    if (first?.type !== "text") continue;
    const match = ASTRAY.exec(first.data);
    if (!match) continue;
    first.data = first.data.slice(match[0].length);
    for (const [, name, quoted] of match[1]!.matchAll(/([a-zA-Z-]+)=("[^"]*"|'[^']*')/g)) {
      element.attribs[name!.toLowerCase()] ??= quoted!.slice(1, -1);
    }
  }
}

const COLOR = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\([\d\s.,%/]+\)/i;
const NAMED_COLOR = /^[a-z]{3,25}$/i;

/**
 * Presentation from before style sheets. A tint is kept as a custom property, which themes and dark mode answer;
 * a border makes a card; the alignment of a cell stays; all else goes.
 *
 *   <td bgcolor="#85c0fe" width="10%">                      <td class="tint" style="--tint:#85c0fe">
 *   <div style="border:0px 0px 0px 10px solid #85c0fe">  →  <div class="card" style="--tint:#85c0fe">
 */
export function translatePresentation($: CheerioAPI): void {
  for (const element of elementsOf($)) {
    const { style = "", bgcolor, align } = element.attribs;
    for (const attribute of ["style", "bgcolor", "align", "width", "height"]) {
      if (!(element.name === "img" && attribute !== "style" && attribute !== "bgcolor"))
        delete element.attribs[attribute];
    }
    const rules = new Map(
      style.split(";").map((rule) => {
        const colon = rule.indexOf(":");
        return [rule.slice(0, colon).trim().toLowerCase(), rule.slice(colon + 1).trim()] as const;
      }),
    );
    const background = colorIn(bgcolor ?? rules.get("background-color") ?? rules.get("background"));
    const border = colorIn(
      [...rules].find(
        ([name, value]) =>
          /^border(-left|-top|-right|-bottom|-color|-inline-start)?$/.test(name) && !/^(0|none)$/.test(value),
      )?.[1],
    );
    const kept: string[] = [];
    if (background) {
      kept.push(`--tint:${background}`);
      addClass(element, "tint");
    } else if (border) {
      kept.push(`--tint:${border}`);
      addClass(element, "card");
    }
    const alignment = /^(?:left|right|center)$/.exec(
      (rules.get("text-align") ?? align ?? "").toLowerCase(),
    )?.[0];
    if (alignment && (element.name === "td" || element.name === "th")) kept.push(`text-align:${alignment}`);
    if (kept.length) element.attribs.style = kept.join(";");
  }
}

/** The color in an old attribute or a CSS value; undefined where there is none. */
function colorIn(value = ""): string | undefined {
  const found = COLOR.exec(value)?.[0];
  if (found) return found;
  const name = value
    .trim()
    .split(/\s+/)
    .find(
      (word) =>
        NAMED_COLOR.test(word) &&
        !/^(?:solid|dashed|dotted|double|groove|ridge|inset|outset|none|hidden|thin|medium|thick|transparent|inherit|initial|unset|auto|left|right|center|top|bottom|repeat|scroll|fixed)$/i.test(
          word,
        ),
    );
  return name?.toLowerCase();
}

function addClass(element: Element, name: string): void {
  element.attribs.class = element.attribs.class ? `${element.attribs.class} ${name}` : name;
}
