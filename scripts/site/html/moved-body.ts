/**
 * A page's body as it stands at another address: its links and pictures lead where they led, and links to pages that
 * have been moved as well lead to those.
 *
 *   <a href="mistakes.html#why">       →    <a href="mistakes.html#why">                from facilitate/basics/
 *   <img src="img/room.png">           →    <img src="../../basics/img/room.png">
 *
 * It is what our own serializer wrote, in which each attribute is ` name="value"` and a `<` in a text is `&lt;`: no
 * parser reads it again.
 */
import { decoded, folderOf, relativeUrl, resolvePath } from "../text/addresses.ts";

const TAGS = /<[a-z][\w:-]*(?: [^\s="<>]+="[^"]*")+/gi;
const ADDRESSES = / (href|src|poster)="([^"#]+)(#[^"]*)?"/g;

/** Undefined of a target that has not been moved. */
export type Moved = (address: string) => string | undefined;

export function movedBody(html: string, from: string, to: string, moved: Moved = () => undefined): string {
  const folder = folderOf(from);
  const known = new Map<string, string>();
  const find = (url: string): string => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
    const target = resolvePath(folder, decoded(url));
    return target === undefined ? url : relativeUrl(to, moved(target) ?? target);
  };
  return html.replace(TAGS, (tag) =>
    tag.replace(ADDRESSES, (_, name: string, url: string, hash = "") => {
      const there = known.get(url) ?? find(url);
      known.set(url, there);
      return ` ${name}="${there}${hash}"`;
    }),
  );
}

const ASIDE = /<aside(?: [^>]*)?>|<\/aside>/g;

/** The callouts of a kind in a body, each whole, in their order; one inside another of its kind is a part of that. */
export function calloutsIn(html: string, kind: string): string[] {
  const ofKind = new RegExp(`\\bcallout--${kind}\\b`);
  const found: string[] = [];
  let depth = 0;
  let start: { at: number; depth: number } | undefined;
  for (const { 0: tag, index } of html.matchAll(ASIDE)) {
    if (tag !== "</aside>") {
      depth++;
      if (!start && ofKind.test(tag)) start = { at: index, depth };
      continue;
    }
    if (start?.depth === depth) {
      found.push(html.slice(start.at, index + tag.length));
      start = undefined;
    }
    depth--;
  }
  return found;
}
