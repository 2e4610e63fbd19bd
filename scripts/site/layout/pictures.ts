/**
 * Pictures that the site makes of its mark: icons for home screens, and the one that stands beside a shared link. They
 * are drawn without a browser, with the letters of a font that npm brings, and so are the same wherever a site is built.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import type { Settings } from "../content/schema.ts";
import { GENERATED_FILES } from "../model/generated-pages.ts";
import { PROJECT } from "../project.ts";
import { composed } from "../text/addresses.ts";
import { lightColor } from "../text/colors.ts";
import { escapeHtml } from "../text/escape.ts";
import type { Site } from "./site.ts";

const IMAGES = path.join(PROJECT, "assets/img");
const packages = createRequire(PROJECT);

/** Pixels. */
export const SHARED = { width: 1200, height: 630 } as const;

/** Where they stand. */
export const ICONS = {
  touch: GENERATED_FILES.touchIcon,
  small: "assets/icons/192.png",
  large: "assets/icons/512.png",
  maskable: "assets/icons/maskable.png",
} as const;

/** What a designer may change: the mark, and what it stands in. */
interface Drawings {
  mark: string;
  icon: string;
  share: string;
  shareWithoutName: string;
}

export interface Pictures {
  /**
   * The address of the one for shared links, by the name of the course, which each language may have its own of. It is
   * named by what it is made of: others keep it by its address.
   */
  shared: ReadonlyMap<string, string>;
  drawings: Drawings;
  /** By their addresses. */
  files: ReadonlyMap<string, () => Promise<Uint8Array>>;
}

const ofSites = new WeakMap<Site, Pictures>();

/** The pictures of a site; each is drawn when it is asked for. One to share needs a `url`: others ask for it by that. */
export function picturesOf(site: Site): Pictures {
  const known = ofSites.get(site) ?? pictures(site);
  ofSites.set(site, known);
  return known;
}

function pictures({ course: { settings, editions } }: Site): Pictures {
  const drawings = readDrawings();
  const colors = { paper: lightColor("paper"), ink: lightColor("ink"), accent: accentOf(settings) };
  const shared = new Map(
    editions.map(({ name }) => {
      const hash = createHash("sha256")
        .update(JSON.stringify([drawings, colors, name]))
        .digest("hex");
      return [name, `assets/share-${hash.slice(0, 8)}.png`];
    }),
  );
  const { mark, icon } = drawings;
  const onPaper = filled(icon, { ...colors, mark });
  const files = new Map<string, () => Promise<Uint8Array>>([
    [ICONS.touch, () => drawn(onPaper, 180)],
    [ICONS.small, () => drawn(mark, 192)],
    [ICONS.large, () => drawn(mark, 512)],
    [ICONS.maskable, () => drawn(onPaper, 512)],
  ]);
  if (settings.url) {
    for (const [name, address] of shared) {
      files.set(address, () => drawnWithName(drawings, colors, composed(name)));
    }
  }
  return { shared, drawings, files };
}

/** The color of links and buttons on light pages. */
export const accentOf = ({ colors }: Settings): string => colors?.accent ?? lightColor("accent-light");

function readDrawings(): Drawings {
  const read = (name: string) => readFileSync(path.join(IMAGES, `${name}.svg`), "utf8").trim();
  return {
    mark: read("icon"),
    icon: read("app-icon"),
    share: read("share"),
    shareWithoutName: read("share-mark"),
  };
}

/** A drawing with what belongs into its `{places}`: markup as it is. */
const filled = (drawing: string, values: Readonly<Record<string, string>>): string =>
  drawing.replace(/\{(\w+)\}/g, (place, name: string) => values[name] ?? place);

/** By what they are drawn of: a preview asks for the same ones after every save. */
const made = new Map<string, Promise<Uint8Array>>();

/** A drawing as PNG, so many pixels wide. */
async function drawn(svg: string, width: number, font?: Uint8Array): Promise<Uint8Array> {
  const key = `${width} ${svg}`;
  const known = made.get(key) ?? draw(svg, width, font);
  made.set(key, known);
  return known;
}

async function draw(svg: string, width: number, font?: Uint8Array): Promise<Uint8Array> {
  const { Resvg } = await renderer();
  return new Resvg(svg, { fitTo: { mode: "width", value: width }, font: { fontBuffers: font ? [font] : [] } })
    .render()
    .asPng();
}

let loaded: Promise<typeof import("@resvg/resvg-wasm")> | undefined;

/** Loaded when the first picture is drawn: who checks content, or looks at a preview, need not wait for it. */
function renderer(): typeof loaded & {} {
  loaded ??= (async () => {
    const resvg = await import("@resvg/resvg-wasm");
    await resvg.initWasm(readFileSync(packages.resolve("@resvg/resvg-wasm/index_bg.wasm"))).catch((error) => {
      // Tests run a copy of the program beside it.
      if (!/already initialized/i.test(String(error))) throw error;
    });
    return resvg;
  })();
  return loaded;
}

/** In the picture for shared links: where its name begins, how far it may reach, and where its last line stands. */
const NAME = { left: 72, width: 1056, bottom: 534, lineHeight: 1.14 } as const;
/** Sizes of its letters, the largest that fits is taken; and of how many lines each may be. */
const SIZES = [
  { size: 92, lines: 3 },
  { size: 76, lines: 4 },
  { size: 60, lines: 5 },
];

async function drawnWithName(
  { mark, share, shareWithoutName }: Drawings,
  colors: Record<string, string>,
  name: string,
): Promise<Uint8Array> {
  const font = fontFor(name);
  const text = font && (await nameAsLines(name, font));
  return text
    ? drawn(filled(share, { ...colors, ...text, mark }), SHARED.width, font)
    : drawn(filled(shareWithoutName, { ...colors, mark }), SHARED.width);
}

/** Undefined where it is too long at every size. */
async function nameAsLines(
  name: string,
  font: Uint8Array,
): Promise<{ size: string; name: string } | undefined> {
  const { Resvg } = await renderer();
  for (const { size, lines } of SIZES) {
    for (let count = 1; count <= lines; count++) {
      const text = tspans(balanced(name, count), size);
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9000 900"><text font-family="Gelasio" font-weight="600" font-size="${size}">${text}</text></svg>`;
      const box = new Resvg(svg, { font: { fontBuffers: [font] } }).getBBox();
      if (box && box.x + box.width <= NAME.left + NAME.width) return { size: `${size}`, name: text };
    }
  }
  return undefined;
}

const tspans = (lines: readonly string[], size: number): string =>
  lines
    .map((line, index) => {
      const y = Math.round(NAME.bottom - (lines.length - 1 - index) * size * NAME.lineHeight);
      return `<tspan x="${NAME.left}" y="${y}">${escapeHtml(line)}</tspan>`;
    })
    .join("");

/** A text in so many lines at most, as even as its words allow, told by their letters. */
export function balanced(text: string, lines: number): string[] {
  const words = text.split(/\s+/);
  for (let limit = Math.ceil(text.length / lines); ; limit++) {
    const found: string[] = [];
    for (const word of words) {
      const longer = found.length ? `${found.at(-1)} ${word}` : word;
      if (found.length && longer.length <= limit) found[found.length - 1] = longer;
      else found.push(word);
    }
    if (found.length <= lines) return found;
  }
}

const FONT = "@expo-google-fonts/gelasio/600SemiBold/Gelasio_600SemiBold.ttf";

/** Letters that it has: those of European languages in Latin letters, and of Vietnamese. */
const LETTERS =
  /^[ -~\u00a0-\u00ac\u00ae-\u0148\u014a-\u017f\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u1ea0-\u1ef9–—‘’‚“”„†•…€™]*$/;

/** The font, where it has all letters of a text: a box in the place of one helps nobody. */
const fontFor = (text: string): Uint8Array | undefined =>
  LETTERS.test(text) ? readFileSync(packages.resolve(FONT)) : undefined;
