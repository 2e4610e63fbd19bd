/**
 * A parser moves what cannot stand where it stands, such as text in a table outside of its cells, and so could move a
 * part of a facilitator's note out of it. Guards before each text, picture and film of a note tell where it has come to.
 */

import { isNoteTag } from "../../markdown/notes-in-text.ts";
import { POSITION_ATTR } from "../../markdown/positions.ts";
import { findTags } from "../../markdown/tags.ts";
import { isTrainerClass } from "../../model/callouts.ts";
import type { Problems } from "../../problems/problems.ts";
import {
  type AnyNode,
  bodyOf,
  type CheerioAPI,
  classesOf,
  type Element,
  isElement,
  parseHtml,
  setChildren,
} from "../dom.ts";

/** An element without text or size; its place in the tree tells where the parser puts what stands there. */
const GUARD = "data-note-guard";

/** HTML as a tree. A note that the parser does not keep together is an error: a part of it would be published. */
export function parseWithNotes(html: string, file: string, problems: Problems): CheerioAPI {
  const guarded = guardNotes(html);
  const $ = parseHtml(guarded);
  if (guarded !== html) checkGuards($, file, problems);
  return $;
}

/** Puts a guard before the text, the pictures and the films in each note: they are what a parser may move out of it. */
function guardNotes(html: string): string {
  if (!/trainer/i.test(html)) return html;
  const tags = findTags(html);
  const parts: string[] = [];
  let done = 0;
  let begin = 0;
  let end = 0;
  let guard = "";
  const put = (at: number) => {
    parts.push(html.slice(done, at), guard);
    done = at;
  };
  for (const [index, tag] of tags.entries()) {
    const written = html.slice(tag.start, tag.end);
    if (tag.start >= end && tag.kind === "open" && tag.partner !== undefined && isNoteTag(written)) {
      begin = tag.start;
      end = tags[tag.partner]!.start;
      guard = `<wbr ${GUARD}="${new RegExp(`${POSITION_ATTR}="?(\\d+:\\d+)`).exec(written)?.[1] ?? ""}">`;
    }
    if (tag.start >= end) continue;
    if (/^(?:img|iframe|video|audio)$/.test(tag.name) && tag.kind !== "close" && tag.start > begin)
      put(tag.start);
    const next = tags[index + 1]?.start ?? html.length;
    if (tag.name !== "iframe" && html.slice(tag.end, next).trim()) put(tag.end);
  }
  parts.push(html.slice(done));
  return parts.join("");
}

function checkGuards($: CheerioAPI, file: string, problems: Problems): void {
  const broken = new Set<string>();
  const isGuard = (node: AnyNode) => isElement(node) && GUARD in node.attribs;
  const waiting: { element: Element; isInNote: boolean }[] = [{ element: bodyOf($), isInNote: false }];
  while (waiting.length) {
    const { element, isInNote } = waiting.pop()!;
    for (const child of element.children) {
      if (!isElement(child)) continue;
      if (isGuard(child) && !isInNote) broken.add(child.attribs[GUARD]!);
      waiting.push({ element: child, isInNote: isInNote || classesOf(child).some(isTrainerClass) });
    }
    const kept = element.children.filter((child) => !isGuard(child));
    if (kept.length < element.children.length) setChildren(element, kept);
  }
  for (const at of broken) {
    const [line = 1, column = 1] = at.split(":").map(Number);
    problems.error(
      "note-broken",
      { file, line, column },
      "browsers end this facilitator's note before its end tag, for what is in it cannot stand there",
      'write the note as {% callout "trainer" %} … {% endcallout %}',
    );
  }
}
