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

const language = (): string => document.documentElement.lang || "en";

/** The form that the page's language has for a number, such as `one`; `other` where a layout has none for it. */
export function pluralOf(count: number, isThere: (form: string) => boolean): string {
  const form = new Intl.PluralRules(language()).select(count);
  return isThere(form) ? form : "other";
}

/** A number as the page's language writes it. */
export const countIn = (count: number): string => count.toLocaleString(language());

/** The template of one of the things that a script may say, among those in another template. */
export const wordsIn = (template: HTMLTemplateElement, what: string): HTMLTemplateElement | null =>
  template.content.querySelector(`[data-say="${what}"]`);
