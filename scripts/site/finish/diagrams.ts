/**
 * Hand-written SVG, put into the page so that it can use the theme's colors. An SVG that holds more than shapes and
 * text is left a file of its own, shown as a picture, where a browser runs nothing in it.
 */
import { load } from "cheerio";
import { type Element, escapeHtml } from "./dom.ts";

const SHAPES = new Set(
  "svg g path rect circle ellipse line polyline polygon text tspan title desc defs marker linearGradient radialGradient stop pattern clipPath mask use symbol".split(
    " ",
  ),
);

/** The diagram with its ids prefixed, or undefined where it is not of plain shapes. */
export function inlineDiagram(source: string, prefix: string, description: string): string | undefined {
  const $ = load(source.replace(/<\?xml[^>]*\?>|<!DOCTYPE[^>]*>|<!--[\s\S]*?-->/g, ""), { xml: true });
  const svg = $("svg").first();
  if (!svg.length || !svg.attr("viewBox")) return undefined;
  for (const element of $("*").toArray() as Element[]) {
    if (!SHAPES.has(element.name)) return undefined;
    for (const [name, value] of Object.entries(element.attribs)) {
      if (/^on/i.test(name) || (/^(?:xlink:)?href$/.test(name) && !value.startsWith("#"))) return undefined;
      if (/url\((?!#)|javascript:|@import/i.test(value)) return undefined;
      if (name === "id") element.attribs.id = prefix + value;
      else if (/^(?:xlink:)?href$/.test(name)) element.attribs[name] = `#${prefix}${value.slice(1)}`;
      else if (/^aria-(?:labelledby|describedby)$/.test(name))
        element.attribs[name] = value
          .trim()
          .split(/\s+/)
          .map((id) => prefix + id)
          .join(" ");
      else element.attribs[name] = value.replace(/url\(#([^)]+)\)/g, `url(#${prefix}$1)`);
    }
  }
  svg.removeAttr("width").removeAttr("height").removeAttr("xmlns:xlink");
  svg.attr("role", "img");
  if (!svg.children("title").length && description) {
    svg.prepend(`<title id="${prefix}title">${escapeHtml(description)}</title>`);
  }
  if (!svg.attr("aria-labelledby")) {
    const named = svg.children("title, desc").toArray() as Element[];
    named.forEach((element, index) => {
      element.attribs.id ??= `${prefix}name${index}`;
    });
    svg.attr("aria-labelledby", named.map((element) => element.attribs.id).join(" "));
  }
  return `<div class="diagram">${$.xml(svg).replace(/>\n\s*</g, "><")}</div>`;
}
