/**
 * Who may read a preview, drafts included: the author at this machine, and no page of another site that is open in
 * the same browser. Such a page can send requests here, load scripts from here, frame pages, and point its own name
 * at this machine.
 */
import type { IncomingMessage } from "node:http";

export interface Refusal {
  status: 403 | 405;
  text: string;
}

/**
 * Sent with every answer. Browsers that do not say where a request comes from (Safari before 16.4) know the first
 * three, and keep a page of another site from an answer that it asked for.
 */
export const GUARD_HEADERS = {
  "cross-origin-resource-policy": "same-origin",
  "x-frame-options": "DENY",
  "x-content-type-options": "nosniff",
  "content-security-policy": "frame-ancestors 'none'",
  "cross-origin-opener-policy": "same-origin",
} as const;

const OWN_NAME = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;

/** Why a request is not answered; undefined where it is. */
export function refusalOf({
  method,
  headers,
}: Pick<IncomingMessage, "method" | "headers">): Refusal | undefined {
  if (method !== "GET" && method !== "HEAD")
    return { status: 405, text: "the preview answers GET and HEAD only" };
  const { host = "", origin } = headers;
  if (!OWN_NAME.test(host)) return { status: 403, text: "the preview answers to the name localhost only" };
  if (
    (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) ||
    !isFromHere(headers)
  )
    return { status: 403, text: "the preview is closed to other sites" };
  return undefined;
}

/**
 * Whether a browser says that the request is the author's own or comes from a page of this preview (the standard
 * Fetch Metadata). A link on another site may lead here: what it opens, that site cannot read. `same-site` is
 * another port of this machine, so another program.
 */
function isFromHere(headers: IncomingMessage["headers"]): boolean {
  const site = headers["sec-fetch-site"];
  if (site === undefined || site === "same-origin" || site === "none") return true;
  return headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
}
