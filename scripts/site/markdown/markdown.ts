/** The dialect: markdown-it, made to read what authors wrote for kramdown (kramdown-parser-gfm, hard_wrap: false). */
import createParser, { type MarkdownIt, type Token } from "markdown-it";
import { Problems } from "../problems/problems.ts";
import { createEnvironment, type DialectEnv } from "./environment.ts";
import { closeFences, type OpenFence, openFences } from "./fences.ts";
import { renderMath } from "./math.ts";
import { findNotes } from "./notes-in-text.ts";
import { prepare } from "./prepare.ts";
import { useDialect } from "./rules.ts";

/** What came of a page's Markdown, and what messages about it need to know. */
export interface Reading {
  /** Not yet finished: every element carries its place, raw HTML is as its author wrote it. */
  html: string;
  tokens: Token[];
  env: DialectEnv;
  openFences: OpenFence[];
}

/** `body` has an empty line for each line of front matter, so that places are the file's. */
export function readMarkdown(body: string, file: string, problems: Problems): Reading {
  const open: OpenFence[] = [];
  let text = body;
  for (let time = 1; ; time++) {
    const told = new Problems();
    const reading = read(text, file, told);
    open.push(...reading.openFences);
    const closed = closeFences(reading.env.lines, reading.openFences).join("\n");
    // Of what a code block swallows only that is said; the rest of the page is read as if the block had its end.
    if (closed !== text && time < MOST_READINGS) {
      text = closed;
      continue;
    }
    problems.list.push(...told.list);
    return { ...reading, openFences: open };
  }
}

/** One that closes code blocks may find others behind them. */
const MOST_READINGS = 10;

export const renderMarkdown = (body: string, file: string, problems: Problems): string =>
  read(body, file, problems).html;

function read(body: string, file: string, problems: Problems): Reading {
  const { text, shortcodeLines, openCallouts } = prepare(body, file, problems);
  const env = createEnvironment({
    file,
    problems,
    shortcodeLines,
    openCallouts,
    lines: body.split("\n"),
    noteLines: findNotes(text, file, problems),
  });
  const tokens = markdown.parse(text, env);
  const html = markdown.renderer.render(tokens, markdown.options, env);
  return { html, tokens, env, openFences: openFences(tokens, env.lines) };
}

const markdown = createMarkdown();

function createMarkdown(): MarkdownIt {
  const md = createParser({ html: true });
  // Addresses are kept as written: the pass that finishes the page resolves and checks them, and says so.
  md.normalizeLink = (url) => url;
  md.validateLink = () => true;
  md.renderer.rules.math = renderMath;
  useDialect(md);
  return md;
}
