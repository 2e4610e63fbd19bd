/**
 * HTML as the HTML standard reads it, with what Cheerio can do.
 *
 * Cheerio's front door also loads what fetches pages from the network (undici), and that takes longer than the parser:
 * every command and every thread would wait for it.
 */
import type * as Cheerio from "cheerio";
import type { Document, Element } from "domhandler";
import { parse, serialize } from "parse5";
import { adapter } from "parse5-htmlparser2-tree-adapter";

const withoutNetwork = new URL("./load-parse.js", import.meta.resolve("cheerio")).href;
export const { load } = (await import(withoutNetwork)) as Pick<typeof Cheerio, "load">;

const cheerio = load("");

/** A page. */
export const parseDocument = (html: string): Document =>
  parse(html, { treeAdapter: adapter, scriptingEnabled: true });

export const innerHtml = (element: Element): string => serialize(element, { treeAdapter: adapter });

/**
 * The same as `load` answers. That makes a class for each document, and V8 holds on to a class, and so to the whole
 * document, until it clears all of its memory: reading took four times as long for it.
 */
export function ofDocument(document: Document): Cheerio.CheerioAPI {
  const $ = (...[selector, context, root = document, options]: Parameters<Cheerio.CheerioAPI>) =>
    cheerio(selector, context, root, options);
  return Object.assign($, cheerio, { root: () => cheerio(document), _root: document }) as Cheerio.CheerioAPI;
}
