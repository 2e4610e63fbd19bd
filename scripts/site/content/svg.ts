/**
 * The gate for SVG, a kind of picture that is also a document: a browser runs its scripts, follows its links and loads
 * what it names. No byte of an author's file is published. The file is read as XML into a tree of the few elements
 * and attributes that draw; what is published is written anew from that tree, as XML for a file of its own and as HTML
 * for a page, in each case in the grammar in which a browser will read it.
 *
 *   <svg onload="…"><script>…</script>      a fault, told to the author
 *   <sodipodi:namedview/>, <!-- … -->       nothing: it draws nothing
 *   style="fill:#abc"                       fill="#abc"
 */

import type { AnyNode, Element } from "domhandler";
import { load } from "../html/load.ts";
import { escapeHtml } from "../text/escape.ts";

/** What an SVG may hold: far above what any drawing needs, far below what a browser suffers from. */
export const SVG_LIMITS = {
  /** Bytes of a file. */
  bytes: 4_000_000,
  /** Elements inside each other. */
  depth: 60,
  /** Elements drawn, those counted again that `<use>`, patterns, markers and masks repeat. */
  drawn: 50_000,
} as const;

export interface SvgElement {
  name: string;
  attributes: Map<string, string>;
  /** Text only where SVG shows text. */
  children: (SvgElement | string)[];
}

/** Why a file is not shown: what it holds, for "the picture … holds <script>", and the cure. */
export type SvgFault = { fault: string; cure: string };

const words = (text: string) => text.trim().split(/\s+/);

/** What a diagram in a page is made of. */
const SHAPES = words(
  `svg g path rect circle ellipse line polyline polygon text tspan title desc defs marker linearGradient
  radialGradient stop pattern clipPath mask use symbol`,
);
/** What only a file of its own may hold besides: in a page, styles would reach the page, filters cost the reader. */
const FILE_ONLY = words(
  `style image textPath switch view filter feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix
  feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR
  feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight
  feTile feTurbulence animate animateTransform animateMotion mpath`,
);
/** The elements of a diagram in a page, each spelled as a parser of HTML spells it. */
export const INLINE_ELEMENTS: ReadonlySet<string> = new Set(SHAPES);
const ELEMENTS = new Set([...SHAPES, ...FILE_ONLY]);
const HOLDS_TEXT = new Set(words("text tspan textPath title desc style"));
const TEXT_ONLY = new Set(words("title desc style"));

/** By their names in lower case; in XML `<SCRIPT>` is none, but nobody means anything else by it. */
const DANGEROUS = new Set(
  words(
    "script handler listener foreignobject iframe object embed applet audio video canvas html body link meta base form input set discard",
  ),
);

/** Attributes that a `style` may set too. */
const PRESENTATION = new Set(
  words(
    `clip-path clip-rule color color-interpolation color-interpolation-filters direction display dominant-baseline
    alignment-baseline baseline-shift fill fill-opacity fill-rule filter flood-color flood-opacity font-family font-size
    font-size-adjust font-stretch font-style font-variant font-weight letter-spacing lighting-color marker-end marker-mid
    marker-start mask mask-type opacity paint-order shape-rendering stop-color stop-opacity stroke
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
    text-anchor text-decoration text-rendering vector-effect visibility word-spacing writing-mode`,
  ),
);
/** What only a style says: it has no attribute of its name, or one of another grammar. */
const IN_STYLE_ONLY = new Set(
  words(
    "font marker mix-blend-mode isolation transform transform-origin transform-box overflow line-height white-space",
  ),
);
/** The attributes of a drawing, spelled so too. */
export const SVG_ATTRIBUTES: ReadonlySet<string> = new Set([
  ...PRESENTATION,
  ...words(
    `id class style href x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy d points pathLength width height viewBox
    preserveAspectRatio transform rotate textLength lengthAdjust gradientUnits gradientTransform spreadMethod offset
    patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits overflow markerUnits markerWidth
    markerHeight refX refY orient startOffset method spacing side role aria-label aria-labelledby aria-describedby lang
    xml:space in in2 result stdDeviation mode operator k1 k2 k3 k4 type values tableValues slope intercept amplitude
    exponent order kernelMatrix divisor bias targetX targetY edgeMode preserveAlpha surfaceScale diffuseConstant
    specularConstant specularExponent limitingConeAngle azimuth elevation pointsAtX pointsAtY pointsAtZ z scale
    xChannelSelector yChannelSelector radius baseFrequency numOctaves seed stitchTiles filterUnits primitiveUnits
    attributeName begin dur end from to by keyTimes keySplines keyPoints calcMode repeatCount additive accumulate path
    fill systemLanguage requiredFeatures`,
  ),
]);
/** On the outermost element of a diagram these would move it out of its place in the page. */
const NOT_ON_ROOT = new Set(words("x y width height transform class id display visibility opacity overflow"));

/** In values: what computes, and nothing that loads. */
const FUNCTIONS = new Set(
  words(
    `url var rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark calc min max clamp matrix translate
    translatex translatey scale scalex scaley rotate skewx skewy`,
  ),
);
const OWN_URL = /^url\(\s*(["']?)#([^"'()\s\\]+)\1\s*\)$/;
const EMBEDDED = /^data:image\/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]*$/;
const EMBEDDED_IN_STYLE =
  /^(?:#[^\s"'()\\]*|data:(?:font\/[\w-]+|application\/(?:x-)?font-[\w-]+|application\/octet-stream|image\/(?:png|jpe?g|gif|webp))(?:;charset=[\w-]+)?;base64,[A-Za-z0-9+/=]*)$/;
const LOADS: SvgFault = {
  fault: "names a file elsewhere, which no browser loads into a picture",
  cure: "save it with what it shows embedded, or as PNG",
};

export const isFault = (read: SvgElement | SvgFault): read is SvgFault => "fault" in read;

/** The drawing in a file's text, or why there is none. */
export function readSvg(text: string): SvgElement | SvgFault {
  const whole = withEntities(text);
  if (whole === undefined) {
    return { fault: "holds entities that would swell it", cure: "save it as a plain SVG, or as PNG" };
  }
  const document = load(whole, { xml: { xmlMode: true, decodeEntities: true } }).root()[0]!;
  const root = document.children.find(
    (node): node is Element => isElement(node) && /^(?:[\w-]+:)?svg$/.test(node.name),
  );
  if (!root) return { fault: "holds no <svg>", cure: "save it again as SVG" };
  // `<ns0:svg xmlns:ns0="http://www.w3.org/2000/svg">`, as some programs write it.
  const prefix = root.name.slice(0, -"svg".length);
  return readTree(root, prefix);
}

const DOCTYPE = /<!DOCTYPE[^[>]*\[([\s\S]*?)\]\s*>/i;

/** The text with the entities that it declares itself, as Illustrator does, put in; undefined where they swell it. */
function withEntities(text: string): string | undefined {
  const declared = DOCTYPE.exec(text);
  if (!declared) return text;
  const entities = new Map<string, string>();
  for (const [, name, double, single] of declared[1]!.matchAll(
    /<!ENTITY\s+([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>/g,
  ))
    entities.set(name!, double ?? single ?? "");
  let length = text.length;
  const whole = text.replace(DOCTYPE, "").replace(/&([\w.-]+);/g, (written, name: string) => {
    const value = entities.get(name);
    if (value === undefined) return written;
    length += value.length;
    return length > SVG_LIMITS.bytes ? "" : value;
  });
  return length > SVG_LIMITS.bytes ? undefined : whole;
}

/** Without recursion: how deep the file is, is not ours to choose. */
function readTree(root: Element, prefix: string): SvgElement | SvgFault {
  let drawing: SvgElement | undefined;
  const waiting: { node: AnyNode; parent: SvgElement | undefined; depth: number }[] = [
    { node: root, parent: undefined, depth: 1 },
  ];
  while (waiting.length) {
    const { node, parent, depth } = waiting.pop()!;
    if (node.type === "text") {
      if (parent && HOLDS_TEXT.has(parent.name)) parent.children.push(withoutControls(node.data));
      continue;
    }
    if (node.type === "cdata") {
      for (const child of [...node.children].reverse()) waiting.push({ node: child, parent, depth });
      continue;
    }
    if (!isElement(node)) continue;
    const name = node.name.startsWith(prefix) ? node.name.slice(prefix.length) : node.name;
    if (DANGEROUS.has(name.toLowerCase())) {
      return {
        fault: `holds <${name}>`,
        cure:
          name.toLowerCase() === "foreignobject"
            ? "save it with its text as shapes or as SVG text, or as PNG"
            : "save it as a plain SVG, or as PNG",
      };
    }
    // In a title browsers read HTML; only its words are meant.
    const isKept = ELEMENTS.has(name) && !(parent && TEXT_ONLY.has(parent.name));
    // A link in a picture is never followed; what it holds is drawn.
    if (!isKept && name !== "a" && !(parent && TEXT_ONLY.has(parent.name))) continue;
    if (depth > SVG_LIMITS.depth) {
      return {
        fault: `has more than ${SVG_LIMITS.depth} elements inside each other`,
        cure: "save it with fewer groups, or as PNG",
      };
    }
    let at = parent;
    if (isKept) {
      const attributes = readAttributes(node, name);
      if (!(attributes instanceof Map)) return attributes;
      at = { name, attributes, children: [] };
      if (parent) parent.children.push(at);
      else drawing = at;
    }
    for (const child of [...node.children].reverse())
      waiting.push({ node: child, parent: at, depth: depth + 1 });
  }
  return faultyStyle(drawing!) ?? tooMuchDrawn(drawing!) ?? drawing!;
}

const isElement = (node: AnyNode): node is Element => "attribs" in node;

function readAttributes(element: Element, name: string): Map<string, string> | SvgFault {
  const attributes = new Map<string, string>();
  for (const [written, raw] of Object.entries(element.attribs)) {
    const value = withoutControls(raw);
    if (/^(?:\w+:)?on/i.test(written)) {
      return {
        fault: `holds the attribute ${written}, which would run a script`,
        cure: "save it as a plain SVG, or as PNG",
      };
    }
    const attribute = /^(?:xlink:)?href$/i.test(written) ? "href" : written === "xml:lang" ? "lang" : written;
    if (!SVG_ATTRIBUTES.has(attribute)) continue;
    if (attribute === "href") {
      const address = value.trim();
      const isEmbedded = (name === "image" || name === "feImage") && EMBEDDED.test(address);
      if (name === "a" || address === "") continue;
      if (!isEmbedded && !/^#[^\s"'()\\<>]*$/.test(address)) return LOADS;
      attributes.set("href", address);
    } else if (/^(?:attributeName|id|class|role)$/.test(attribute)) {
      if (isWord(attribute, value)) attributes.set(attribute, value.trim());
    } else if (/^aria-(?:label|labelledby|describedby)$|^lang$/.test(attribute)) {
      attributes.set(attribute, value);
    } else {
      const fault =
        attribute === "style" ? setStyle(attributes, value) : setValue(attributes, attribute, value);
      if (fault) return fault;
    }
  }
  return attributes;
}

/** A style is kept rule by rule, each by what its value is. */
function setStyle(attributes: Map<string, string>, style: string): SvgFault | undefined {
  const kept = new Map<string, string>();
  for (const [property, value] of declarations(style)) {
    const fault = setValue(kept, property, value);
    if (fault) return fault;
  }
  if (kept.size) attributes.set("style", [...kept].map(([name, value]) => `${name}:${value}`).join(";"));
  return undefined;
}

function isWord(attribute: string, value: string): boolean {
  if (attribute === "attributeName")
    return (
      PRESENTATION.has(value) ||
      /^(?:transform|d|points|[cr]?[xy]|r|width|height|offset|viewBox)$/.test(value)
    );
  return attribute === "class" ? /^[\w\s-]*$/.test(value) : /^[\w][\w.:-]*$/.test(value.trim());
}

/** The rules of a style, without those that programs write for themselves. */
function declarations(style: string): [property: string, value: string][] {
  return style.split(";").flatMap((rule): [string, string][] => {
    const colon = rule.indexOf(":");
    const property = rule.slice(0, colon).trim().toLowerCase();
    const value = rule
      .slice(colon + 1)
      .replace(/!\s*important\s*$/i, "")
      .trim();
    return colon > 0 && (PRESENTATION.has(property) || IN_STYLE_ONLY.has(property))
      ? [[property, value]]
      : [];
  });
}

/** Keeps a value that only draws; one that cannot be read for sure is left out; one that loads is a fault. */
function setValue(attributes: Map<string, string>, name: string, value: string): SvgFault | undefined {
  // `u\72l(…)` is url(…) to a style sheet.
  if (value.includes("\\")) return undefined;
  for (const [, called] of value.matchAll(/([\w-]+)\s*\(/g)) {
    if (!FUNCTIONS.has(called!.toLowerCase())) return undefined;
  }
  for (const [url] of value.matchAll(/url\s*\([^)]*\)?/gi)) {
    if (!OWN_URL.test(url)) return LOADS;
  }
  attributes.set(name, value);
  return undefined;
}

/** A style sheet of the file's own: it draws, and loads nothing. */
function faultyStyle(drawing: SvgElement): SvgFault | undefined {
  for (const { name, children } of elementsOf(drawing)) {
    if (name !== "style") continue;
    const css = children.join("");
    if (
      /\\|@import|@namespace|(?:image|image-set|src|cross-fade|element|paint)\s*\(|expression|behavior|binding/i.test(
        css,
      )
    )
      return LOADS;
    for (const [, url] of css.matchAll(/url\(\s*["']?([^"')]*)/gi)) {
      if (!EMBEDDED_IN_STYLE.test(url!.trim())) return LOADS;
    }
  }
  return undefined;
}

/** `<use>` of a group of two `<use>` of a group of two …: thirty lines that draw a thousand million shapes. */
function tooMuchDrawn(drawing: SvgElement): SvgFault | undefined {
  const elements = elementsOf(drawing);
  const byId = new Map<string, SvgElement>();
  for (const element of elements) {
    const id = element.attributes.get("id");
    if (id !== undefined && !byId.has(id)) byId.set(id, element);
  }
  const painted = paintedByStyle(elements);
  const drawn = new Map<SvgElement, number>();
  const isOpen = new Set<SvgElement>();
  // Each element after all that it holds or repeats.
  const waiting: { element: SvgElement; parts: SvgElement[]; isEntered: boolean }[] = [];
  const enter = (element: SvgElement) => {
    const parts = [
      ...element.children.filter((child) => typeof child !== "string"),
      ...idsIn(element, painted).flatMap((id) => byId.get(id) ?? []),
    ];
    waiting.push({ element, parts, isEntered: false });
  };
  enter(drawing);
  while (waiting.length) {
    const step = waiting.at(-1)!;
    const { element, parts } = step;
    if (step.isEntered) {
      waiting.pop();
      isOpen.delete(element);
      const sum = parts.reduce((all, part) => all + drawn.get(part)!, costOfFilter(element));
      if (sum > SVG_LIMITS.drawn) {
        return {
          fault: `draws more than ${SVG_LIMITS.drawn.toLocaleString("en-US")} shapes, those counted that repeat others`,
          cure: "save it in a simpler form, or as PNG",
        };
      }
      drawn.set(element, sum);
      continue;
    }
    if (drawn.has(element)) {
      waiting.pop();
      continue;
    }
    step.isEntered = true;
    isOpen.add(element);
    for (const part of parts) {
      if (isOpen.has(part)) {
        return {
          fault: "has a part that repeats itself without end",
          cure: "save it in a simpler form, or as PNG",
        };
      }
      if (!drawn.has(part)) enter(part);
    }
  }
  return undefined;
}

/** In a filter each step may take two others, which take two others: what a browser works out again each time. */
function costOfFilter({ name, children }: SvgElement): number {
  if (name !== "filter") return 1;
  const costs = new Map<string, number>();
  let last = 0;
  let sum = 1;
  for (const step of children) {
    if (typeof step === "string") continue;
    const inputs = ["in", "in2"].flatMap((input) => step.attributes.get(input) ?? []);
    const merged = step.children.flatMap((node) =>
      typeof node === "string" ? [] : (node.attributes.get("in") ?? []),
    );
    const named = [...inputs, ...merged].reduce((all, input) => all + (costs.get(input) ?? 1), 0);
    last = 1 + (inputs.length || merged.length ? named : last);
    const result = step.attributes.get("result");
    if (result !== undefined) costs.set(result, last);
    sum += last;
  }
  // A filter's step works on a whole picture, not on one shape.
  return sum * 100;
}

/** Of rules of the style sheet that paint with other parts: the parts' ids, by the class, id or name that takes them. */
function paintedByStyle(elements: readonly SvgElement[]): Map<string, string[]> {
  const painted = new Map<string, string[]>();
  const css = elements.flatMap(({ name, children }) => (name === "style" ? children : [])).join("");
  for (const [, selectors, rules] of css.matchAll(/([^{}]*)\{([^{}]*)\}/g)) {
    const ids = [...rules!.matchAll(/url\(\s*["']?#([^"')\s]+)/gi)].map((match) => match[1]!);
    if (!ids.length) continue;
    for (const selector of selectors!.split(",")) {
      // Of a longer selector its last part; of one that is read otherwise, any element.
      const key = /([.#]?[\w-]+)\s*$/.exec(selector)?.[1] ?? "*";
      painted.set(key, [...(painted.get(key) ?? []), ...ids]);
    }
  }
  return painted;
}

/** The ids of what an element repeats or paints with. */
function idsIn({ name, attributes }: SvgElement, painted: ReadonlyMap<string, readonly string[]>): string[] {
  const found: string[] = [];
  for (const [attribute, value] of attributes) {
    if (attribute === "href") found.push(value.slice(1));
    else for (const [, id] of value.matchAll(/url\(\s*["']?#([^"')\s]+)/gi)) found.push(id!);
  }
  if (painted.size) {
    const classes = (attributes.get("class") ?? "").split(/\s+/).map((one) => `.${one}`);
    for (const key of ["*", name, `#${attributes.get("id")}`, ...classes])
      found.push(...(painted.get(key) ?? []));
  }
  return found;
}

function elementsOf(drawing: SvgElement): SvgElement[] {
  const found = [drawing];
  for (const element of found) {
    for (const child of element.children) if (typeof child !== "string") found.push(child);
  }
  return found;
}

/** The file that is published. */
export function svgFile(drawing: SvgElement): string {
  const attributes = new Map([["xmlns", "http://www.w3.org/2000/svg"], ...drawing.attributes]);
  return `${markup({ ...drawing, attributes })}\n`;
}

/**
 * The drawing as a part of a page, its ids prefixed so that no other element of the page has them; undefined where it
 * is of more than plain shapes, and so stays a picture.
 */
export function inlineSvg(drawing: SvgElement, prefix: string, description: string): string | undefined {
  if (!drawing.attributes.get("viewBox")) return undefined;
  const elements = elementsOf(drawing);
  if (elements.some(({ name }) => !INLINE_ELEMENTS.has(name))) return undefined;
  const copies = new Map<SvgElement, SvgElement>();
  for (const element of elements.reverse()) {
    const own = withoutStyle(element.attributes);
    if (!own) return undefined;
    const attributes = new Map<string, string>();
    for (const [name, value] of own) {
      const isKept =
        name !== "class" && (name !== "overflow" || element.name === "marker" || element.name === "symbol");
      if (!isKept || (element === drawing && NOT_ON_ROOT.has(name))) continue;
      attributes.set(name, withPrefix(name, value, prefix));
    }
    const children = element.children.map((child) =>
      typeof child === "string" ? child : copies.get(child)!,
    );
    copies.set(element, { name: element.name, attributes, children });
  }
  const root = copies.get(drawing)!;
  nameDrawing(root, prefix, description);
  return markup(root);
}

/**
 * A style as attributes, which it outdoes; undefined where it says what no attribute can. In a page a style could do
 * more than draw.
 */
function withoutStyle(attributes: ReadonlyMap<string, string>): Map<string, string> | undefined {
  const all = new Map(attributes);
  all.delete("style");
  for (const [property, value] of declarations(attributes.get("style") ?? "")) {
    if (
      IN_STYLE_ONLY.has(property) &&
      property !== "overflow" &&
      property !== "line-height" &&
      property !== "white-space"
    )
      return undefined;
    if (property !== "line-height" && property !== "white-space") all.set(property, value);
  }
  return all;
}

/** A drawing is a picture to a screen reader, named by its title or else by what its author wrote for it. */
function nameDrawing(root: SvgElement, prefix: string, description: string): void {
  root.attributes.set("role", "img");
  const isNaming = (child: SvgElement | string): child is SvgElement =>
    typeof child !== "string" && (child.name === "title" || child.name === "desc");
  if (!root.children.some((child) => isNaming(child) && child.name === "title") && description) {
    root.children.unshift({
      name: "title",
      attributes: new Map([["id", `${prefix}title`]]),
      children: [description],
    });
  }
  if (root.attributes.get("aria-labelledby")) return;
  const naming = root.children.filter(isNaming);
  for (const [index, { attributes }] of naming.entries()) {
    if (!attributes.has("id")) attributes.set("id", `${prefix}name${index}`);
  }
  if (!naming.length) return;
  root.attributes.set("aria-labelledby", naming.map(({ attributes }) => attributes.get("id")).join(" "));
}

function withPrefix(name: string, value: string, prefix: string): string {
  if (name === "id") return prefix + value;
  if (name === "href") return `#${prefix}${value.slice(1)}`;
  if (name === "aria-labelledby" || name === "aria-describedby") {
    return words(value)
      .map((id) => prefix + id)
      .join(" ");
  }
  return value.replace(
    /url\(\s*(["']?)#([^"')\s]+)\1\s*\)/gi,
    (_, _quote, id: string) => `url(#${prefix}${id})`,
  );
}

/**
 * Start tag, children, end tag; nothing else is ever written, so that XML and HTML read the same tree in it. No deeper
 * than SVG_LIMITS.depth.
 */
function markup({ name, attributes, children }: SvgElement): string {
  const written = [...attributes].map(([key, value]) => ` ${key}="${escapeValue(value)}"`).join("");
  const inside = children
    .map((child) => (typeof child === "string" ? escapeHtml(child) : markup(child)))
    .join("");
  return `<${name}${written}>${inside}</${name}>`;
}

const escapeValue = (value: string) => escapeHtml(value.replace(/[\t\n]/g, " "));

/** What neither XML nor a page may hold, or what a reader of either would change. */
const withoutControls = (text: string): string =>
  text
    .replace(/\r\n?/g, "\n")
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, "")
    .replace(/\p{Cs}/gu, "\ufffd");
