/** The Content-Security-Policies of pages. */
import { createHash } from "node:crypto";
import { EMBED_HOSTS } from "../html/components/frames.ts";

/** That of every page: nothing from elsewhere but the video a reader asked to play. `firstPaint` is the script in it. */
export const pagePolicy = (firstPaint: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'wasm-unsafe-eval' '${hashOf(firstPaint)}'`,
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    // Captions too.
    "media-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    `frame-src ${EMBED_HOSTS.map((host) => `https://${host}`).join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

/** For the page that stands alone: only its own style, known by its hash. */
export function standalonePolicy(css: string): string {
  return `default-src 'none'; img-src data:; style-src '${hashOf(css)}'; base-uri 'none'; form-action 'none'`;
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
