/**
 * Cheerio's `load`, which reads HTML as the HTML standard does. Its front door also loads what fetches pages from the
 * network (undici), and that takes longer than the parser: every command and every thread would wait for it.
 */
import type * as Cheerio from "cheerio";

const withoutNetwork = new URL("./load-parse.js", import.meta.resolve("cheerio")).href;
export const { load } = (await import(withoutNetwork)) as Pick<typeof Cheerio, "load">;
