/** Attribute lists that are none, and those that belong to nothing. */
import { isTrainerList } from "../../markdown/attribute-lists.ts";
import type { Place } from "../../problems/problems.ts";
import { type AuthorsText, looksLikeAddress } from "./authors-text.ts";

export function adviseOnAttributeLists(text: AuthorsText): void {
  adviseOnNearLists(text);
  adviseOnStrayLists(text);
  for (const match of text.markdown.matchAll(WHOLE_LIST)) adviseOnList(text, match);
}

function warn({ problems }: AuthorsText, place: Place, list: string, message: string, cure: string): void {
  // What learners must not see would stay on the page.
  if (isTrainerList(list)) problems.error("note-list", place, message, cure);
  else problems.warning("attribute-list", place, message, cure);
}

/** What is nearly an attribute list: each with what is wrong, and the cure. */
const NEAR_LISTS: [pattern: RegExp, message: string, cure: string][] = [
  [
    /\{(?<=[)\]]\{)(?=[.#]?[a-zA-Z])[^{}\n]*\}/g,
    "the attribute list has no colon, and so is shown as text",
    'begin it with {: as in {:target="_blank"}',
  ],
  [
    /(?<![)\]{\\])\{(?:[ \t]?\.[a-zA-Z][\w-]*(?:\s[^{}\n]*)?|[a-z][\w-]*="[^"{}\n]*"[^{}\n]*)\}/g,
    "the attribute list has no colon, and so is shown as text",
    "begin it with {: as in {: .note}",
  ],
  [
    /^[ \t>]*\{#[a-zA-Z][\w-]*[^{}\n]*\}[ \t]*$/gm,
    "the attribute list has no colon, and so is shown as text",
    "begin it with {: as in {: #plan}",
  ],
  [
    /\{[ \t]{1,9}:[ \t]{0,9}[.#\w][^{}\n]*\}|\{::[ \t]{0,9}[.#][^{}\n]*\}|\{[;,][ \t]{0,9}[.#][^{}\n]*\}/g,
    "the attribute list does not begin with {: and so is shown as text",
    "write {: without a blank between the two, as in {: .note}",
  ],
  [
    /^[ \t>]*:[ \t]?[.#][a-zA-Z][\w-]*[^{}\n]*\}[ \t]*$/gm,
    "the attribute list has no {, and so is shown as text",
    "begin it with {: as in {: .note}",
  ],
  [
    /\{:(?![:/])[^{}\n]*$/gm,
    "the attribute list is never closed, and so is shown as text",
    'end it with } as in {:target="_blank"}',
  ],
];

function adviseOnNearLists(text: AuthorsText): void {
  for (const [pattern, message, cure] of NEAR_LISTS) {
    for (const match of text.markdown.matchAll(pattern)) {
      // `[Plan]{plan.md}` is a link with the wrong brackets.
      if (looksLikeAddress(match[0].slice(1, -1))) continue;
      warn(text, text.placeOfMatch(match), match[0], message, cure);
    }
  }
}

function adviseOnStrayLists(text: AuthorsText): void {
  for (const { line, content } of text.env.strayLists ?? []) {
    warn(
      text,
      text.placeOf("{:", line),
      content,
      `the attribute list {:${content}} stands alone and belongs to nothing`,
      "write it right below what it is for, without an empty line between the two",
    );
  }
}

const WHOLE_LIST = /\{:(?![:/]|[\w-]+:)((?:[^\n{}\\]|\\.)*)\}/g;

/** One that is whole: its quotes, and words in it that are neither class nor id nor attribute. */
function adviseOnList(text: AuthorsText, match: RegExpExecArray): void {
  const list = match[1]!;
  const place = text.placeAt(match.index);
  if ((list.match(/["“”„‟″]/g)?.length ?? 0) % 2) {
    warn(
      text,
      place,
      list,
      "a quote in the attribute list is never closed",
      'write one before the value and one behind it, as in rows="6"',
    );
    return;
  }
  const words = list.replace(/[\w:-]+\s?=\s?(?:"[^"]*"|'[^']*'|“[^“”]*”|\S+)/g, " ").split(/\s+/);
  const name = words.find(
    (word) => /^[A-Za-z_][\w-]*$/.test(word) && word !== "toc" && !text.env.lists?.has(word),
  );
  if (name === undefined) return;
  warn(
    text,
    place,
    name,
    `the attribute list names "${name}", which nothing defines`,
    `write a dot before a class, as in {: .${name}}`,
  );
}
