/** What a result shows of the text: the words around those that were looked for, which are marked. */

/**
 * Of an excerpt of Pagefind's, without the heading that stands above it: with `Steps` over it, `Steps. Fill in the
 * <mark>map</mark>` is "Fill in the map". An excerpt may begin within the heading. Where nothing else is in it, nothing
 * is left.
 */
export function excerptBelow(heading: string, excerpt: string): (string | HTMLElement)[] {
  const words = excerpt.split(" ");
  const texts = textOf(excerpt.replace(/<\/?mark>/g, "")).split(" ");
  const above = heading.split(/\s+/);
  for (let from = 0; from < above.length; from++) {
    const part = above.slice(from);
    // Pagefind ends a heading with a full stop, where it has no stop of its own.
    const last = texts[part.length - 1];
    const isEnd = last === `${part.at(-1)}.` || (last === part.at(-1) && /[.!?:;…]$/.test(last!));
    if (isEnd && part.every((word, index) => index === part.length - 1 || word === texts[index])) {
      return marked(cut(words.slice(part.length).join(" ")));
    }
  }
  return marked(cut(excerpt));
}

/** Shows where a sentence was cut off. */
const cut = (text: string): string =>
  text && !/[.!?:…]["”’»)]*(?:<\/mark>)?$/.test(text) ? `${text} …` : text;

/** Pagefind gives text with `<mark>`s and escaped entities; only the marks are taken as markup. */
function marked(html: string): (string | HTMLElement)[] {
  const parts = html.split(/<\/?mark>/).map((part, index) => {
    if (index % 2 === 0) return textOf(part);
    const mark = document.createElement("mark");
    mark.textContent = textOf(part);
    return mark;
  });
  return parts.filter((part) => part !== "");
}

const textOf = (html: string): string =>
  new DOMParser().parseFromString(`<body>${html}`, "text/html").body.textContent ?? "";
