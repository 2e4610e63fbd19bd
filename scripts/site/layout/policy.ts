/** The Content-Security-Policy of every page: nothing from elsewhere but the video a reader asked to play. */
import { createHash } from "node:crypto";
import { EMBED_HOSTS } from "../html/components/frames.ts";

export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data:",
  // Captions too.
  "media-src 'self'",
  "connect-src 'self'",
  `frame-src ${EMBED_HOSTS.map((host) => `https://${host}`).join(" ")}`,
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** For the page that stands alone: only its own style, known by its hash. */
export function standalonePolicy(css: string): string {
  const hash = createHash("sha256").update(css).digest("base64");
  return `default-src 'none'; img-src data:; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}
