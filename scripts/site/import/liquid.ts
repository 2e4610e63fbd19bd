/**
 * Liquid, which Jekyll ran over a page before it read the Markdown. What is certain to be an address or a name is put
 * in its place; callouts stay; all else is the old theme's, and is taken out and reported.
 *
 *   {{ site.baseurl }}/img/plan.png        →  /img/plan.png
 *   {% post_url 2000-01-01-start %}        →  /modules/basics/start/
 *   {% raw %}{{ a }}{% endraw %}           →  &#123;{ a }}     (text to be read)
 *   {% include player.html id="7" %}       →
 */
import { maskCodeOnly } from "../text/mask.ts";
import type { Draft, Edit } from "./draft.ts";
import { addAddressNote, type Note } from "./notes.ts";

export interface LiquidValues {
  /** What `{{ page.title }}` and the like stand for, by name. */
  names: Record<string, string | undefined>;
  /** The old address of the page that `post_url` or `link` names. */
  addressOf(name: string): string | undefined;
}

const TOKEN = /\{%-?((?:(?!%\}|\{%|\n\n)[\s\S])*)%\}|\{\{-?((?:(?!\}\}|\{\{|\n\n)[\s\S])*)\}\}/g;
const LITERAL = /^(?:"([^"]*)"|'([^']*)')\s*(?:\|\s*(?:relative_url|absolute_url|prepend:\s*site\.\w+)\s*)*$/;

interface Token {
  start: number;
  end: number;
  /** What stands between `{%` and `%}`; undefined of an output. */
  tag?: string;
  output?: string;
}

export function takeOutLiquid(draft: Draft, values: LiquidValues, notes: Note[]): void {
  const { text } = draft;
  const withoutCode = maskCodeOnly(text);
  const isCode = (token: Token) => withoutCode[token.start] !== "{";
  const isComment = commentTest(withoutCode);
  const edits: Edit[] = [];
  let isRaw = false;
  let skipTo = 0;

  const tokens = [...text.matchAll(TOKEN)].map(toToken);
  for (const [index, token] of tokens.entries()) {
    if (token.start < skipTo) continue;
    const { start, end, tag, output } = token;
    if (isRaw ? tag === "endraw" : tag === "raw") {
      isRaw = !isRaw;
      if (!isComment(start)) takeOut(start, end);
    } else if (isComment(start) || isCode(token)) {
      // Notes among authors, and what is to be read as it is.
    } else if (isRaw) {
      edits.push({ start, end: start + 1, text: "&#123;" });
      notes.push({
        kind: "change",
        at: draft.lineAt(start),
        message: "the Liquid is kept as text to be read",
      });
    } else if (tag === "comment") {
      const close = tokens.slice(index).find((one) => one.tag === "endcomment");
      skipTo = close?.end ?? end;
      takeOut(start, skipTo);
    } else if (tag !== undefined) {
      handleTag(tag, start, end);
    } else {
      const value = outputValue(output ?? "");
      if (value === undefined) takeOut(start, end);
      else put(start, end, value);
    }
  }
  draft.apply(edits);

  function handleTag(tag: string, start: number, end: number): void {
    const [name = "", ...rest] = tag.split(/\s+/);
    if (name === "callout" || name === "endcallout") return;
    const address = name === "post_url" || name === "link" ? values.addressOf(rest.join(" ")) : undefined;
    const language = name === "highlight" ? (rest[0] ?? "") : name === "endhighlight" ? "" : undefined;
    if (address !== undefined) put(start, end, address);
    else if (language !== undefined && isWholeLine(start, end)) put(start, end, `\`\`\`${language}`);
    else takeOut(start, end);
  }

  function outputValue(output: string): string | undefined {
    const [name = ""] = output.split(/\s*\|/);
    if (name === "site.baseurl" || name === "site.url") return "";
    const literal = LITERAL.exec(output);
    return literal ? (literal[1] ?? literal[2]) : values.names[output];
  }

  function put(start: number, end: number, value: string): void {
    // A base address of "/" stood before names without a slash, as in {{ site.baseurl }}img/plan.png.
    const isBase = value === "" && /[\w]/.test(text[end] ?? "");
    const written = text.slice(start, end);
    const now = isBase ? "/" : value;
    edits.push({ start, end, text: now });
    const message = value ? `\`${written}\` is now \`${value}\`` : `\`${written}\` was left out`;
    addAddressNote(notes, draft.lineAt(start), message, written, now);
  }

  function takeOut(start: number, end: number): void {
    edits.push({ start, end, text: "" });
    notes.push({
      kind: "change",
      at: draft.lineAt(start),
      message: "the Liquid was taken out",
      removed: text.slice(start, end),
    });
  }

  function isWholeLine(start: number, end: number): boolean {
    const before = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
    const after = text.slice(end, (text.indexOf("\n", end) + 1 || text.length + 1) - 1);
    return !before.trim() && !after.trim();
  }
}

function toToken(match: RegExpExecArray): Token {
  const tidy = (inner: string) => inner.replace(/-$/, "").replace(/\s+/g, " ").trim();
  const place = { start: match.index, end: match.index + match[0].length };
  return match[1] === undefined
    ? { ...place, output: tidy(match[2] ?? "") }
    : { ...place, tag: tidy(match[1]) };
}

/** Whether an offset stands in an HTML comment; asked with offsets that only grow. */
function commentTest(text: string): (offset: number) => boolean {
  let open = text.indexOf("<!--");
  let close = open < 0 ? -1 : text.indexOf("-->", open);
  return (offset) => {
    while (close >= 0 && close < offset) {
      open = text.indexOf("<!--", close);
      close = open < 0 ? -1 : text.indexOf("-->", open);
    }
    return close >= 0 && open < offset;
  };
}
