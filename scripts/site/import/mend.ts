/**
 * What would stop a build, found by asking the build. Each error names a place; what stands there is mended where
 * the mend is certain, and otherwise made harmless, its text kept on the page or in the report.
 */

import { escapeHtml } from "../html/dom.ts";
import { hasSafeScheme } from "../html/sanitize/schemes.ts";
import { findTags, type Tag } from "../markdown/tags.ts";
import { CALLOUT_KINDS, COLOR_CLASS, calloutFault, isCalloutKind } from "../model/callouts.ts";
import { nearest, type Problem } from "../problems/problems.ts";
import { decoded, nameOf } from "../text/addresses.ts";
import { maskCode } from "../text/mask.ts";
import type { Draft, Edit } from "./draft.ts";
import { isForReaders } from "./files.ts";
import { writeFrontMatter } from "./front-matter.ts";
import { attributesOf, readLink, withoutAttributes } from "./markup.ts";
import { asWritten } from "./notes.ts";
import { authorsLine, type PlannedPage } from "./plan.ts";
import { withNames } from "./values.ts";

/** Elements that go with all that is in them; of every other one only the tags go. */
const WHOLE = new Set(
  "script style noscript template select textarea button object embed applet svg math frameset xmp noembed noframes title audio video iframe".split(
    " ",
  ),
);

/** Makes the places that errors name harmless. The page's text is changed, and its notes say how. */
export function mendPage(page: PlannedPage, errors: readonly Problem[], frontLines: number): void {
  const { draft } = page;
  const mender = new Mender(page);
  for (const error of errors) {
    const line = error.line - frontLines;
    if (line < 1) {
      mendFrontMatter(page, error);
      continue;
    }
    mender.mend(draft.offsetOf(line, error.column), error);
  }
  draft.apply(mender.edits);
}

/** The last resort: all that could be markup of the page's is text to be read. */
export function makePlain(page: PlannedPage, errors: readonly Problem[]): void {
  const { draft, notes } = page;
  const edits: Edit[] = [];
  for (const { index } of maskCode(draft.text).matchAll(/<(?=[a-zA-Z/!?])|\{(?=[{%])|\[/g)) {
    edits.push({ start: index, end: index + 1, text: asText(draft.text[index]!) });
  }
  draft.apply(edits);
  notes.push({
    kind: "person",
    at: { key: "---", source: 1 },
    message: `the page's markup could not be kept (${errors[0]!.message}); all of it is shown as text`,
  });
}

function mendFrontMatter(page: PlannedPage, error: Problem): void {
  // All aliases are on one line: an error about the line may be about any of them.
  const line = writeFrontMatter(page.data).split("\n")[error.line - 1] ?? "";
  const isAbout = (alias: string) => alias === error.subject;
  const { aliases } = page.data;
  const dropped = aliases.some(isAbout)
    ? aliases.filter(isAbout)
    : line.startsWith("aliases:")
      ? aliases
      : [];
  page.data.aliases = aliases.filter((alias) => !dropped.includes(alias));
  for (const alias of dropped) {
    page.notes.push({
      kind: "person",
      at: { key: "aliases", source: 1 },
      message: `the old address \`${withNames(alias)}\` cannot be kept: ${error.message}`,
    });
  }
}

class Mender {
  readonly edits: Edit[] = [];
  readonly #draft: Draft;
  readonly #tags: Tag[];
  readonly #byStart: Map<number, number>;
  readonly #masked: string;
  #isOpenEnded = false;
  #goneUntil = 0;

  constructor(private readonly page: PlannedPage) {
    this.#draft = page.draft;
    this.#masked = maskCode(this.#draft.text);
    this.#tags = findTags(this.#masked);
    this.#byStart = new Map(this.#tags.map((tag, index) => [tag.start, index]));
  }

  mend(place: number, error: Problem): void {
    const { text } = this.#draft;
    const at = this.#locate(place, error);
    // What stands in something that goes is gone already.
    if (at < this.#goneUntil) return;
    if (text.startsWith("<!--", at)) {
      this.#replace(at, at + 1, asText("<"), `${error.message}; its beginning is shown as text`);
    } else if (this.#byStart.has(at)) {
      this.#mendTag(this.#tags[this.#byStart.get(at)!]!, error);
    } else if (FENCE.test(text.slice(at, at + 9))) {
      this.#mendFence(at, error);
    } else if (text.startsWith("{%", at) || text.startsWith("{{", at)) {
      this.#mendLiquid(at, error);
    } else {
      this.#mendLink(at, error);
    }
  }

  /** An error's place is sometimes only near: what it speaks of is the first such thing from there on its line. */
  #locate(place: number, error: Problem): number {
    const { text } = this.#draft;
    const lineStart = text.lastIndexOf("\n", place - 1) + 1;
    const lineEnd = (text.indexOf("\n", place) + 1 || text.length + 1) - 1;
    if (error.rule === "open-code") {
      const marks = FENCE_IN_LINE.exec(text.slice(lineStart, lineEnd));
      return marks ? lineStart + marks.index : place;
    }
    const fits = this.#test(error);
    if (!fits) return place;
    if (fits(place)) return place;
    const line = this.#masked.slice(lineStart, lineEnd);
    const starts = [...line.matchAll(/<|!?\[/g)].map((match) => lineStart + match.index);
    return [...starts.filter((start) => start >= place), ...starts].find(fits) ?? place;
  }

  /** Whether what begins at an offset is what an error speaks of; undefined where any tag may be meant. */
  #test({ rule, subject }: Problem): ((at: number) => boolean) | undefined {
    const { text } = this.#draft;
    const tagAt = (at: number) => this.#tags[this.#byStart.get(at) ?? -1];
    const attributesAt = (at: number) => {
      const tag = tagAt(at);
      return tag ? attributesOf(text.slice(tag.start, tag.end)) : {};
    };
    const linkAt = (at: number) =>
      /^!?\[/.test(text.slice(at, at + 2)) ? readLink(text, this.#masked, at) : undefined;
    switch (rule) {
      case "forbidden-element":
        return (at) => tagAt(at)?.name === subject;
      case "forbidden-attribute":
        return (at) => subject! in attributesAt(at);
      case "callout-kind":
        return (at) => text.startsWith("{%", at) || hasCalloutFault(classesOf(attributesAt(at)));
      case "forbidden-address":
        return (at) =>
          unsafeAddresses(attributesAt(at)).length > 0 || !hasSafeScheme(linkAt(at)?.address ?? "");
    }
    if (subject === undefined || !ABOUT_ADDRESS.test(rule)) return undefined;
    return (at) => {
      const { href, src, poster } = attributesAt(at);
      if (href === subject || src === subject || poster === subject) return true;
      const link = linkAt(at);
      const isOther =
        link && rule !== "target-outside" && link.isPicture !== /^(?:picture|media)-/.test(rule);
      return link !== undefined && !isOther && (link.address ?? subject) === subject;
    };
  }

  #mendTag(tag: Tag, error: Problem): void {
    const written = this.#draft.text.slice(tag.start, tag.end);
    const attributes = attributesOf(written);
    const partner = tag.partner === undefined ? undefined : this.#tags[tag.partner]!;
    const acts = Object.keys(attributes).filter((name) => /^on/i.test(name));
    const unsafe = unsafeAddresses(attributes);
    const classes = classesOf(attributes);

    if (acts.length && !WHOLE.has(tag.name)) {
      const kept = withoutAttributes(written, acts);
      this.#change(tag.start, tag.end, kept, "an attribute that runs a script was taken out", written);
      return;
    }
    if (tag.name === "video" && error.rule.startsWith("picture-")) {
      const kept = withoutAttributes(written, ["poster"]);
      this.#replace(
        tag.start,
        tag.end,
        kept,
        deadPicture(this.#written(attributes.poster ?? "", tag.start), "", error),
      );
      return;
    }
    if (tag.name === "img") {
      this.#mendPicture(tag, attributes, error);
      return;
    }
    if (tag.name === "a" && (unsafe.length || attributes.href !== undefined)) {
      this.#mendHtmlLink(tag, partner, attributes.href ?? "", unsafe.length > 0, error);
      return;
    }
    if (WHOLE.has(tag.name)) {
      this.#takeOut(tag, partner, attributes, error);
      return;
    }
    if (unsafe.length) {
      const kept = withoutAttributes(written, unsafe);
      this.#change(tag.start, tag.end, kept, "an address that is not allowed was taken out", written);
      return;
    }
    if (hasCalloutFault(classes) && error.rule.startsWith("callout-")) {
      this.#mendCallout(tag, written, classes, error);
      return;
    }
    if (tag.kind === "open" && !partner && /\smarkdown\s*=/i.test(written) && !this.#isOpenEnded) {
      this.#isOpenEnded = true;
      const end = this.#draft.text.length;
      this.edits.push({ start: end, end, text: `\n</${tag.name}>\n` });
      this.#note("person", tag.start, `${error.message}; it now ends at the end of the page`);
      return;
    }
    this.edits.push({ start: tag.start, end: tag.end, text: "" });
    if (partner) this.edits.push({ start: partner.start, end: partner.end, text: "" });
    this.#note("person", tag.start, `${error.message}; the tag was taken out, its contents stay`, written);
  }

  /** A film or a page that cannot be shown in place is linked to; all else goes, with its text in the report. */
  #takeOut(tag: Tag, partner: Tag | undefined, attributes: Record<string, string>, error: Problem): void {
    const end = partner?.end ?? tag.end;
    const { text } = this.#draft;
    const written = text.slice(tag.start, end);
    const inner = /<source\b[^>]*>/i.exec(written)?.[0];
    const address = attributes.src || attributes.data || (inner && attributesOf(inner).src) || "";
    const isLocal = !/^[a-z][a-z0-9+.-]*:|^\/\//i.test(address);
    const canBeLinked = /^(?:audio|video|embed|object|iframe)$/.test(tag.name) && isForReaders(address);
    if (canBeLinked && hasSafeScheme(address) && (isLocal || /^https?:/i.test(address))) {
      const words = attributes.title || decoded(nameOf(address));
      const link = `<a href="${escapeHtml(address)}">${escapeHtml(words)}</a>`;
      this.#change(tag.start, end, link, `the <${tag.name}> is now a link`, written);
      return;
    }
    this.#change(tag.start, end, "", reasonOf(error, `the <${tag.name}> was taken out`), written);
  }

  #mendHtmlLink(tag: Tag, partner: Tag | undefined, href: string, isUnsafe: boolean, error: Problem): void {
    const fragment = href.indexOf("#");
    if (fragment > 0 && isAboutHeading(error)) {
      const start = this.#draft.text.indexOf(href, tag.start);
      if (start >= 0 && start < tag.end) {
        const message = `the link \`${href}\` leads to a heading that is not there; it now leads to the top of the page`;
        this.#replace(start + fragment, start + href.length, "", message);
        return;
      }
    }
    this.edits.push({ start: tag.start, end: tag.end, text: "" });
    if (partner) this.edits.push({ start: partner.start, end: partner.end, text: "" });
    this.#note("person", tag.start, this.#deadLink(this.#written(href, tag.start), isUnsafe, error));
  }

  #mendPicture(tag: Tag, attributes: Record<string, string>, error: Problem): void {
    const alt = escapeHtml(attributes.alt?.trim() ?? "");
    this.#replace(
      tag.start,
      tag.end,
      alt,
      deadPicture(this.#written(attributes.src ?? "", tag.start), alt, error),
    );
  }

  /** A callout keeps exactly one kind: the one that was meant, or else it is no callout. */
  #mendCallout(tag: Tag, written: string, classes: string[], error: Problem): void {
    const kinds = classes.filter(isCalloutKind);
    const unknown = classes.find((name) => name !== "callout" && !COLOR_CLASS.test(name));
    const meant = kinds.length ? undefined : unknown && nearest(unknown, CALLOUT_KINDS);
    const kept = kinds.length
      ? classes.filter((name) => !isCalloutKind(name) || name === kinds[0])
      : meant
        ? classes.map((name) => (name === unknown ? meant : name))
        : classes.filter((name) => name !== "callout");
    const value = kept.join(" ");
    const text = written.replace(/(\sclass\s*=\s*)(?:"[^"]*"|'[^']*'|[^\s>]+)/i, `$1"${value}"`);
    const now = meant
      ? `it is now "${meant}"`
      : kinds.length
        ? `it is now "${kinds[0]}"`
        : "it is no callout now";
    this.#replace(tag.start, tag.end, text, `${error.message}; ${now}`, meant ? "change" : "person");
  }

  #mendLiquid(at: number, error: Problem): void {
    const { text } = this.#draft;
    const callout = /^\{%-?\s*(end)?callout\b([^{}\n]*?)-?%\}/.exec(text.slice(at, at + 300));
    if (!callout) {
      this.#replace(at, at + 1, asText("{"), "the Liquid is never closed; it is shown as text");
      return;
    }
    const words = callout[2]!
      .replace(/["'“”‘’]/g, " ")
      .split(/[\s,]+/)
      .filter(Boolean);
    const unknown = words.find((word) => !isCalloutKind(word) && !COLOR_CLASS.test(word));
    const meant = unknown && nearest(unknown, CALLOUT_KINDS);
    const end = at + callout[0].length;
    if (!callout[1] && meant && error.rule === "callout-kind") {
      const fixed = callout[0].replace(unknown, meant);
      this.#replace(at, end, fixed, `${error.message}; it is now "${meant}"`, "change");
      return;
    }
    if (error.rule === "open-callout") {
      const fence = openFence(text);
      // In code, the end of a callout would end none.
      if (fence !== undefined) {
        this.#mendFence(fence, error);
        return;
      }
      this.edits.push({ start: text.length, end: text.length, text: "\n{% endcallout %}\n" });
      this.#note("person", at, `${error.message}; it now ends at the end of the page`);
      return;
    }
    this.edits.push({ start: at, end, text: "" });
    this.#note("person", at, `${error.message}; the tag was taken out, its contents stay`, callout[0]);
  }

  /** To kramdown a fence that nothing closes is text, and what follows it is Markdown. */
  #mendFence(at: number, error: Problem): void {
    const marks = /^(?:`+|~+)/.exec(this.#draft.text.slice(at))![0];
    const text = [...marks].map(asText).join("");
    this.#replace(at, at + marks.length, text, `${error.message}; its marks are shown as text`);
  }

  #mendLink(at: number, error: Problem): void {
    const { text } = this.#draft;
    const isLink = this.#masked[at] === "[" || this.#masked.startsWith("![", at);
    const link = isLink ? readLink(text, this.#masked, at) : undefined;
    if (!link) {
      const sign = text[at];
      if (sign && "[<{!".includes(sign)) {
        this.#replace(at, at + 1, asText(sign), `${error.message}; it is shown as text`);
      }
      return;
    }
    const { words, address, end, isPicture } = link;
    if (isPicture) {
      this.#replace(at, end, words, deadPicture(this.#written(address ?? "", at), words, error));
      return;
    }
    const fragment = address?.indexOf("#") ?? -1;
    if (address !== undefined && fragment > 0 && isAboutHeading(error)) {
      const from = text.indexOf(address, at);
      const message = `the link \`${address}\` leads to a heading that is not there; it now leads to the top of the page`;
      this.#replace(from + fragment, from + address.length, "", message);
      return;
    }
    const isUnsafe = address !== undefined && !hasSafeScheme(address);
    this.edits.push({ start: at, end: at + 1, text: "" }, { start: at + 1 + words.length, end, text: "" });
    this.#note("person", at, this.#deadLink(this.#written(address ?? words, at), isUnsafe, error));
  }

  /** An address as its author wrote it, with the Liquid that stood before it. */
  #written(address: string, at: number): string {
    const line = this.#draft.lineAt(at);
    return asWritten(line, authorsLine(this.page, line.source), address);
  }

  #deadLink(address: string, isUnsafe: boolean, error: Problem): string {
    const why = isUnsafe
      ? "has an address that is not allowed"
      : isAboutHeading(error)
        ? "leads to a heading that is not there"
        : error.rule === "target-outside"
          ? "leads out of the course"
          : "leads to nothing that the site has";
    return `the link \`${address}\` ${why}; its words stay, without the link`;
  }

  #replace(start: number, end: number, text: string, message: string, kind: "change" | "person" = "person") {
    this.edits.push({ start, end, text });
    this.#goneUntil = Math.max(this.#goneUntil, end);
    this.#note(kind, start, message);
  }

  #change(start: number, end: number, text: string, message: string, removed: string): void {
    this.edits.push({ start, end, text });
    this.#goneUntil = Math.max(this.#goneUntil, end);
    this.#note("change", start, message, removed);
  }

  #note(kind: "change" | "person", at: number, message: string, removed?: string): void {
    const line = this.#draft.lineAt(at);
    this.page.notes.push({ kind, at: line, message, ...(removed !== undefined && { removed }) });
  }
}

/** Where a code block begins that nothing closes. */
function openFence(text: string): number | undefined {
  if (maskCode(`${text}\n.`).endsWith(".")) return undefined;
  const masked = maskCode(text);
  const fences = [...text.matchAll(/^[\s>]*(?:(?:[-*+]|\d+[.)])[ \t]+)*(`{3}|~{3})/gm)];
  const open = fences.find((fence) => !masked.slice(fence.index).trim());
  return open && open.index + open[0].length - 3;
}

const FENCE = /^(?:`{3}|~{3})/;
const FENCE_IN_LINE = /`{3}|~{3}/;

/** Errors whose subject is the address of a link, a picture or a film. */
const ABOUT_ADDRESS = /^(?:link-|picture-|media-|file-content$|target-outside$)/;

/** A sign that begins markup, as one to be read; a backslash before it might meet another one there. */
const asText = (sign: string) => `&#${sign.codePointAt(0)};`;

const classesOf = (attributes: Record<string, string>) =>
  (attributes.class ?? "").split(/\s+/).filter(Boolean);

const hasCalloutFault = (classes: string[]) =>
  classes.some((name) => name === "callout" || isCalloutKind(name)) && calloutFault(classes) !== undefined;

const unsafeAddresses = (attributes: Record<string, string>) =>
  ["href", "src", "cite", "poster"].filter((name) => !hasSafeScheme(attributes[name] ?? ""));

const isAboutHeading = ({ rule }: Problem) => rule === "link-heading" || rule === "link-into-note";

/** Frames are the one element that is taken out for its address and not for what it is. */
const reasonOf = (error: Problem, otherwise: string) =>
  error.rule === "frame-address" ? `${error.message}; it was taken out` : otherwise;

function deadPicture(address: string, alt: string, error: Problem): string {
  const why =
    error.rule === "picture-address"
      ? "the picture has no address"
      : `the picture \`${address}\` is not in the course`;
  return `${why}; ${alt ? "its description stands in its place" : "it was taken out"}`;
}
