/** Copies of the `<template>`s in layouts/, which hold the markup that scripts add to a page. */

export function templateOf(id: string): HTMLTemplateElement | undefined {
  return (document.getElementById(id) as HTMLTemplateElement | null) ?? undefined;
}

/**
 * A copy of what is in a template. An element with `data-text="title"` takes the text of that name; one with
 * `data-if="title"` is left out where there is none.
 */
export function fill(
  template: HTMLTemplateElement,
  texts: Record<string, string | undefined> = {},
): DocumentFragment {
  const copy = document.importNode(template.content, true);
  for (const element of copy.querySelectorAll<HTMLElement>("[data-if]")) {
    if (!texts[element.dataset.if!]) element.remove();
  }
  for (const element of copy.querySelectorAll<HTMLElement>("[data-text]")) {
    element.textContent = texts[element.dataset.text!] ?? "";
  }
  return copy;
}

/** The template of one of the things that a script may say, among those in another template. */
export const wordsIn = (template: HTMLTemplateElement, what: string): HTMLTemplateElement | null =>
  template.content.querySelector(`[data-say="${what}"]`);
