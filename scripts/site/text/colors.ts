/** Contrast, by WCAG 2.2's definitions, and the grounds of the pages that colors have to stand out from. */
import { readFileSync } from "node:fs";

const TOKENS = new URL("../../../assets/css/tokens.css", import.meta.url);

let paper: { light: string; dark: string } | undefined;

/** The grounds of the pages in light and in dark, each as #rrggbb: the style sheet's `--paper`, read when first asked for. */
export const PAPER = {
  get light() {
    return readPaper().light;
  },
  get dark() {
    return readPaper().dark;
  },
};

function readPaper(): { light: string; dark: string } {
  if (paper) return paper;
  const [, light, dark] =
    /--paper: light-dark\((#[\da-f]{6}), (#[\da-f]{6})\);/i.exec(readFileSync(TOKENS, "utf8")) ?? [];
  if (!light || !dark) {
    throw new Error(
      "assets/css/tokens.css has to say --paper: light-dark(#rrggbb, #rrggbb); contrast is measured against it",
    );
  }
  paper = { light, dark };
  return paper;
}

/** A color that the style sheet gives a token, as #rrggbb; of two, the one for light pages. */
export function lightColor(token: "ink" | "accent-light"): string {
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

/** Of white and near black, what is easier to read on a color. */
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
