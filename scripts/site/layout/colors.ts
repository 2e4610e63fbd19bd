/** Contrast, by WCAG 2.2's definitions. */

/** The grounds of the pages, as assets/css/tokens.css has them. */
export const PAPER = { light: "#fdfcf9", dark: "#14191f" } as const;

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
