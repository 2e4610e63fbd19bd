/**
 * What a page asks, as a value (see worksheet/form.ts), and its stretches as elements of their own: on paper, a
 * worksheet's page is what one writes on, and a handout is a sheet by itself.
 *
 *   ## Purpose                                  <section class="worksheet-guidance"><h2>Purpose</h2> …</section>
 *   ## The page for your manager             →  <section class="worksheet-handout" id="…"><h2 class="handout"> …
 *   {: .handout}
 */
import type { Block, Field, Part, WorksheetForm } from "../../worksheet/form.ts";
import {
  ADDED,
  type AnyNode,
  bodyOf,
  type Element,
  elementsIn,
  hasClass,
  headingLevel,
  isElement,
  newElement,
  setChildren,
  wordsOf,
} from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import type { Fields } from "./answers.ts";

/** Needs the headings' ids. */
export function makeWorksheetForm(context: PageContext, fields: Fields): WorksheetForm | undefined {
  const { $, page } = context;
  if (!fields.size) return undefined;
  const body = bodyOf($);
  const parts: Part[] = [];
  const children: AnyNode[] = [];
  for (const nodes of stretchesOf(body.children)) {
    const part = partOf(nodes, fields);
    const isToFillIn = part.blocks.some(({ kind }) => kind === "field");
    if (isToFillIn) parts.push(part);
    if (page.kind !== "worksheet" || (isToFillIn && !part.isHandout)) {
      children.push(...nodes);
      continue;
    }
    const className = isToFillIn ? "worksheet-handout" : "worksheet-guidance";
    const section = newElement($, "section", { class: className });
    setChildren(section, nodes);
    children.push(section);
  }
  setChildren(body, children);
  return { id: page.address, title: page.title, parts };
}

const isSecondHeading = (node: AnyNode): boolean => isElement(node) && headingLevel(node) === 2;

/** The nodes from one heading of the second level to the next. */
function stretchesOf(nodes: readonly AnyNode[]): AnyNode[][] {
  const stretches: AnyNode[][] = [[]];
  for (const node of nodes) {
    if (isSecondHeading(node)) stretches.push([]);
    stretches.at(-1)!.push(node);
  }
  return stretches.filter((stretch) => stretch.some((node) => isElement(node)));
}

function partOf(nodes: readonly AnyNode[], fields: Fields): Part {
  const first = nodes.find(isElement)!;
  const title = isSecondHeading(first) ? first : undefined;
  const blocks: Block[] = [];
  for (const node of nodes) if (isElement(node) && node !== title) addBlocks(node, fields, blocks);
  return {
    id: title?.attribs.id ?? "",
    title: title ? wordsOf(title) : "",
    ...(title && hasClass(title, "handout") && { isHandout: true }),
    blocks,
  };
}

/** What an element says and asks: itself a field, a heading, a text; or what is in it, where there are fields. */
function addBlocks(element: Element, fields: Fields, blocks: Block[]): void {
  const field = fields.get(element);
  if (field) {
    // The question stands right before it, as its label.
    blocks.push({ kind: "field", field });
    return;
  }
  if (element.name === "details" || hasClass(element, "answer-reminder")) return;
  const level = headingLevel(element);
  const text = wordsOf(element, (inner) => ADDED in inner.attribs);
  if (level) blocks.push({ kind: "heading", level, text });
  else if (elementsIn(element).some((inner) => fields.has(inner))) {
    for (const child of element.children.filter(isElement)) addBlocks(child, fields, blocks);
  } else if (text && !isLabel(element, fields)) blocks.push({ kind: "text", text });
}

/** Whether an element is the question of the field right after it. */
function isLabel(element: Element, fields: Fields): boolean {
  let next: AnyNode | null = element.next;
  while (next && !isElement(next)) next = next.next;
  const field: Field | undefined = next ? (fields.get(next) ?? fieldIn(next, fields)) : undefined;
  return field !== undefined && field.label === wordsOf(element);
}

/** Of a table in the frame that it scrolls in. */
const fieldIn = ({ children }: Element, fields: Fields): Field | undefined =>
  children.length === 1 && isElement(children[0]!) ? fields.get(children[0]) : undefined;
