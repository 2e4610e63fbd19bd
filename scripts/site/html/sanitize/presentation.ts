import { addClass, elementsOf, rename } from "../dom.ts";
import type { PageContext } from "../page-context.ts";

const COLOR = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\([\d\s.,%/]+\)/i;
const NAMED_COLOR = /^[a-z]{3,25}$/i;

/**
 * Presentation from before style sheets. A tint is kept as a custom property, which themes and dark mode answer;
 * a border makes a card; the alignment of a cell stays; all else goes.
 *
 *   <td bgcolor="#85c0fe" width="10%">                      <td class="tint" style="--tint:#85c0fe">
 *   <div style="border:0px 0px 0px 10px solid #85c0fe">  →  <div class="card" style="--tint:#85c0fe">
 */
export function translatePresentation({ $ }: PageContext): void {
  for (const element of elementsOf($)) {
    const { style = "", bgcolor, align } = element.attribs;
    for (const attribute of ["style", "bgcolor", "align", "width", "height"]) {
      if (!(/^(?:img|video)$/.test(element.name) && attribute !== "style" && attribute !== "bgcolor"))
        delete element.attribs[attribute];
    }
    if (!style && bgcolor === undefined && align === undefined) continue;
    const rules = new Map(
      style.split(";").map((rule) => {
        const colon = rule.indexOf(":");
        return [rule.slice(0, colon).trim().toLowerCase(), rule.slice(colon + 1).trim()] as const;
      }),
    );
    // Google Docs puts all that is copied from it into `<b style="font-weight:normal">`.
    if (element.name === "b" && rules.get("font-weight") === "normal") rename(element, "span");
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
    if (alignment && (element.name === "td" || element.name === "th"))
      addClass(element, `align-${alignment}`);
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
