/**
 * The dialect: markdown-it, made to read what authors wrote for kramdown (kramdown-parser-gfm, hard_wrap: false).
 *
 * In goes a page's Markdown, out comes HTML that is not yet finished: every element carries its place in the file, raw
 * HTML is as its author wrote it, and nothing is checked but the form of the text. On the way `prepare.ts` turns
 * shortcodes into HTML, and markdown-it asks the rules that `rules.ts` lists.
 */
import createParser, { type Token } from "markdown-it";
import { Problems } from "../problems/problems.ts";
import { createEnvironment, type DialectEnv } from "./environment.ts";
import { closeFences, type OpenFence, openFences } from "./fences.ts";
import { renderMath } from "./math.ts";
import { findNotes } from "./notes-in-text.ts";
import { prepare } from "./prepare.ts";
import { useDialect } from "./rules.ts";

/** What came of a page's Markdown, and what messages about it need to know. */
export interface Reading {
  html: string;
  tokens: Token[];
  env: DialectEnv;
  openFences: OpenFence[];
}

/** A code block that is given its end may have hidden others; as many times a page is read again. */
const MOST_READINGS = 10;

/**
 * Reads a page. `body` has an empty line for each line of front matter, so that places are the file's. Of what a code
 * block without an end swallows only that is said: the rest of the page is read as if the block had its end.
 */
export function readMarkdown(body: string, file: string, problems: Problems): Reading {
  const open: OpenFence[] = [];
  let text = body;
  for (let readings = 1; ; readings++) {
    const found = new Problems();
    const reading = readOnce(text, file, found);
    open.push(...reading.openFences);
    const closed = closeFences(reading.env.lines, reading.openFences).join("\n");
    if (closed === text || readings === MOST_READINGS) {
      problems.addAll(found.list);
      return { ...reading, openFences: open };
    }
    text = closed;
  }
}

/** The HTML alone, of a text as it stands. */
export const renderMarkdown = (body: string, file: string, problems: Problems): string =>
  readOnce(body, file, problems).html;

function readOnce(body: string, file: string, problems: Problems): Reading {
  const { text, shortcodeLines, openCallouts } = prepare(body, file, problems);
  const env = createEnvironment({
    file,
    problems,
    lines: body.split("\n"),
    shortcodeLines,
    openCallouts,
    noteLines: findNotes(text, file, problems),
  });
  const tokens = parser.parse(text, env);
  const html = parser.renderer.render(tokens, parser.options, env);
  return { html, tokens, env, openFences: openFences(tokens, env.lines) };
}

const parser = createParser({ html: true });
useDialect(parser);
parser.renderer.rules.math = renderMath;
// Addresses are kept as written: the pass that finishes the page resolves and checks them, and says so.
parser.normalizeLink = (url) => url;
parser.validateLink = () => true;
