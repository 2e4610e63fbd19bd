/** Contrast, by WCAG 2.2's definitions, and the grounds of the pages that colors have to stand out from. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { PROJECT } from "../project.ts";

const TOKENS = path.join(PROJECT, "assets/css/tokens.css");

/** A ground that text stands on, as a message names it. */
export interface Ground {
  of: "pages" | "panels" | "activities";
  /** #rrggbb */
  color: string;
}

let grounds: Record<"light" | "dark", Ground[]> | undefined;

/** The grounds of the pages in light and in dark, of the style sheet's tokens; read when first asked for. */
export const GROUNDS = {
  get light() {
    return readGrounds().light;
  },
  get dark() {
    return readGrounds().dark;
  },
};

function readGrounds(): Record<"light" | "dark", Ground[]> {
  if (grounds) return grounds;
  const tokens = readFileSync(TOKENS, "utf8");
  const color = "#[\\da-f]{6}";
  const [papers, surfaces, marks] = ["paper", "surface", "do"].map((name) =>
    twoColors(tokens, name, color),
  ) as [Pair, Pair, Pair];
  // rgb(253 252 249 / 93%)
  const washes = twoColors(tokens, "wash", "rgb\\([^)]*\\)").map((wash) => wash.match(/\d+/g)!.map(Number));
  const of = (theme: 0 | 1): Ground[] => [
    { of: "pages", color: papers[theme] },
    { of: "panels", color: surfaces[theme] },
    { of: "activities", color: laidOver(marks[theme], washes[theme]!) },
  ];
  grounds = { light: of(0), dark: of(1) };
  return grounds;
}

type Pair = [light: string, dark: string];

function twoColors(tokens: string, name: string, form: string): Pair {
  const [, light, dark] =
    new RegExp(`--${name}: light-dark\\((${form}), (${form})\\);`, "i").exec(tokens) ?? [];
  if (!light || !dark) {
    throw new Error(
      `assets/css/tokens.css has to give --${name} as light-dark() of two colors; contrast is measured against them`,
    );
  }
  return [light, dark];
}

/** A color under another one, which is given as red, green, blue and its share in percent. */
function laidOver(under: string, [red, green, blue, share]: number[]): string {
  const parts = [red!, green!, blue!].map((over, index) => {
    const below = Number.parseInt(under.slice(1 + 2 * index, 3 + 2 * index), 16);
    return Math.round(below + ((over - below) * share!) / 100);
  });
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

/** A color that the style sheet gives a token, as #rrggbb; of two, the one for light pages. */
export function lightColor(token: "paper" | "ink" | "accent-light"): string {
  const [, color] =
    new RegExp(`--${token}: (?:light-dark\\()?(#[\\da-f]{6})`, "i").exec(readFileSync(TOKENS, "utf8")) ?? [];
  if (!color)
    throw new Error(
      `assets/css/tokens.css has to give --${token} a color as #rrggbb; pictures are drawn in it`,
    );
  return color;
}

/** The least contrast of text (WCAG 2.2, 1.4.3). */
export const LEAST_CONTRAST = 4.5;

/** Of two colors written #rrggbb: from 1 to 21 (WCAG 2.2, contrast ratio). */
export function contrast(a: string, b: string): number {
  const [bright, dim] = [luminance(a), luminance(b)].sort((one, two) => two - one) as [number, number];
  return (bright + 0.05) / (dim + 0.05);
}

/**
 * Of white and near black, what is easier to read on a color. On one that text can have on all grounds, it has the
 * contrast of text too: white is brighter than light grounds, near black darker than dark ones.
 */
export const inkOn = (color: string): string =>
  contrast(color, "#ffffff") >= contrast(color, "#0f1418") ? "#ffffff" : "#0f1418";

/** From 0 to 1 (WCAG 2.2, relative luminance). */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
