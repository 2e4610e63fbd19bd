/**
 * The last word on every page before it is written: its whole HTML, read as a browser reads it. Nothing acts in it but
 * the site's own scripts, where the layouts put them; its policy stands before all that it speaks of; and what an
 * author wrote stays in its place and is what the passes have checked. Content that `check` passes never fails here:
 * what this finds is a fault of the program or of a layout, and no site is published with it.
 */
import { createHash } from "node:crypto";
import { load } from "cheerio";
import type { AnyNode, Element } from "domhandler";
import { classesOf, isElement } from "../html/dom.ts";
import { hasSafeScheme } from "../html/sanitize/schemes.ts";
import { addressOf } from "../text/addresses.ts";
import type { Task } from "./bridge.ts";
import type { EleventyConfig } from "./eleventy.ts";

const words = (text: string) => new Set(text.split(" "));

/** Elements that load or run something besides those that are looked at one by one. */
const ACTIVE = words(
  "base object embed applet iframe frame frameset portal math annotation-xml foreignobject fencedframe",
);
/** Elements that have no business outside the head. */
const HEAD_ONLY = words("meta link style title");
const ADDRESS_ATTRIBUTES = words(
  "href src xlink:href action formaction data poster cite background srcset imagesrcset ping manifest longdesc usemap codebase classid archive profile lowsrc dynsrc",
);
/** Where our own scripts stand; of an author's files none ends in .js. */
const OWN_SCRIPT = /^(?:\.\.\/)*(?:assets|pagefind)\/[\w.-]+\.js$/;
const REFRESH = /^0; url=(?![a-z][a-z0-9+.-]*:|\/|\\)[^\s"'<>]*$/i;
/** Around what an author wrote; see layouts/. */
const CONTENT = "section-body";

export function pageGate(eleventy: EleventyConfig, { site: { course, rendering }, onPage }: Task): void {
  eleventy.on("eleventy.after", ({ results }) => {
    for (const { url, content } of results) {
      const address = addressOf(url);
      const page = course.byAddress.get(address);
      const fault = faultOfPage(content, page && rendering.of(page).html);
      if (fault) throw new Error(`the page ${address} is not fit to be published: ${fault}`);
      onPage(address, content);
    }
  });
}

/** What in a page's HTML must not be there; `content` is what its author's part has to be. */
export function faultOfPage(html: string, content?: string): string | undefined {
  const $ = load(html);
  const elements = allElements($.root()[0]!);
  const policy = elements.find(isPolicy);
  // What a designer adds to Eleventy without a layout is a page without a policy; it runs nothing all the same.
  if (!policy && content !== undefined) return "it has no policy";
  const beforePolicy = policy ? elements.slice(0, elements.indexOf(policy)) : [];
  const early = beforePolicy.find(({ name }) => name === "script" || name === "style" || name === "link");
  if (early) return `<${early.name}> stands before the policy`;
  for (const element of elements) {
    const fault = faultOfElement(element, policy?.attribs.content ?? "");
    if (fault) return fault;
  }
  const bodies = elements.filter((element) => classesOf(element).includes(CONTENT));
  if (bodies.length > 1) return "its text stands in two places";
  if (content !== undefined && $(bodies[0]).html()?.trim() !== content.trim()) {
    return "a browser would read its text otherwise than it was checked";
  }
  return undefined;
}

function faultOfElement(element: Element, policy: string): string | undefined {
  const { name, attribs } = element;
  for (const [attribute, value] of Object.entries(attribs)) {
    if (/^on/i.test(attribute)) return `<${name}> has the attribute ${attribute}`;
    if (attribute === "srcdoc") return `<${name}> has the attribute srcdoc`;
    if (ADDRESS_ATTRIBUTES.has(attribute.toLowerCase()) && !hasSafeScheme(value) && !isNoIcon(element))
      return `<${name}> has the address ${value}`;
  }
  if (ACTIVE.has(name.toLowerCase())) return `it holds <${name}>`;
  if (name === "script") return faultOfScript(element, policy);
  if (!HEAD_ONLY.has(name) || isIn(element, ({ name }) => name === "svg")) return undefined;
  if (!isIn(element, ({ name }) => name === "head")) return `<${name}> stands outside the head`;
  if (name === "style" && !isInPolicy(element, policy)) return "its policy does not know a <style>";
  const act = attribs["http-equiv"]?.toLowerCase();
  if (act === undefined || isPolicy(element)) return undefined;
  return act === "refresh" && REFRESH.test(attribs.content ?? "")
    ? undefined
    : `it holds <meta http-equiv="${act}">`;
}

function faultOfScript(script: Element, policy: string): string | undefined {
  if (isIn(script, (around) => classesOf(around).includes(CONTENT))) return "a <script> stands in its text";
  const { src } = script.attribs;
  if (src === undefined ? isInPolicy(script, policy) : OWN_SCRIPT.test(src)) return undefined;
  return src === undefined ? "its policy does not know a <script>" : `it would run the script ${src}`;
}

/** Whether the policy allows an inline script or style by its hash. */
function isInPolicy(element: Element, policy: string): boolean {
  const text = element.children.map((child) => ("data" in child ? child.data : "")).join("");
  return policy.includes(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
}

const isPolicy = ({ name, attribs }: Element) =>
  name === "meta" && attribs["http-equiv"]?.toLowerCase() === "content-security-policy";

/** `<link rel="icon" href="data:,">` asks a browser not to look for one. */
const isNoIcon = ({ name, attribs }: Element) => name === "link" && attribs.href === "data:,";

function isIn(element: Element, isMeant: (around: Element) => boolean): boolean {
  for (let at = element.parent; at; at = at.parent) if (isElement(at) && isMeant(at)) return true;
  return false;
}

/** All elements of a document in the order of the text, those inside templates too. */
function allElements(root: AnyNode): Element[] {
  const found: Element[] = [];
  const waiting: AnyNode[] = [root];
  while (waiting.length) {
    const node = waiting.pop()!;
    if (isElement(node)) found.push(node);
    if (!("children" in node)) continue;
    for (let i = node.children.length - 1; i >= 0; i--) waiting.push(node.children[i]!);
  }
  return found;
}
