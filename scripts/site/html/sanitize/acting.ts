/** What acts in a page, or would load something: nothing but the site's own scripts, where the layouts put them. */
import { createHash } from "node:crypto";
import { type AnyNode, type Element, hasClass, isElement } from "../dom.ts";
import { hasSafeScheme } from "./schemes.ts";

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
/** The class around what an author wrote; see layouts/. */
export const CONTENT = "section-body";

/** What in an element must not be there; `policy` is its page's. */
export function faultOfElement(element: Element, policy: string): string | undefined {
  const { name, attribs } = element;
  for (const attribute in attribs) {
    const value = attribs[attribute]!;
    if (/^on/i.test(attribute)) return `<${name}> has the attribute ${attribute}`;
    if (attribute === "srcdoc") return `<${name}> has the attribute srcdoc`;
    if (ADDRESS_ATTRIBUTES.has(attribute.toLowerCase()) && !hasSafeScheme(value) && !isIconInPage(element))
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
  if (isIn(script, (around) => hasClass(around, CONTENT))) return "a <script> stands in its text";
  const { src } = script.attribs;
  if (src === undefined ? isInPolicy(script, policy) : OWN_SCRIPT.test(src)) return undefined;
  return src === undefined ? "its policy does not know a <script>" : `it would run the script ${src}`;
}

/** Whether the policy allows an inline script or style by its hash. */
function isInPolicy(element: Element, policy: string): boolean {
  const text = element.children.map((child) => ("data" in child ? child.data : "")).join("");
  return policy.includes(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
}

export const isPolicy = ({ name, attribs }: Element) =>
  name === "meta" && attribs["http-equiv"]?.toLowerCase() === "content-security-policy";

/** `<link rel="icon" href="data:,">` asks a browser not to look for one; a picture in the page saves the asking. */
const isIconInPage = ({ name, attribs }: Element) =>
  name === "link" && attribs.rel === "icon" && /^data:(?:image\/svg\+xml)?,/.test(attribs.href ?? "");

export function isIn(node: AnyNode, isMeant: (around: Element) => boolean): boolean {
  for (let at = node.parent; at; at = at.parent) if (isElement(at) && isMeant(at)) return true;
  return false;
}
