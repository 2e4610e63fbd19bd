/** Where the reader is: the heading in hand among the contents beside the text, and the section in the sidebar. */

/** Which part of the screen, from its top, a heading has come into when its text is read. */
const READING = 0.3;

export function followHeadings(): void {
  const contents = document.querySelector("[data-contents]");
  if (!contents) return;
  const links = [...contents.querySelectorAll<HTMLAnchorElement>("a")];
  const headings = links.map(({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1)))!);
  const mark = () => {
    const line = innerHeight * READING;
    const at = headings.filter((heading) => heading.getBoundingClientRect().top < line).length - 1;
    for (const [index, link] of links.entries()) {
      if (index === at) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const observer = new IntersectionObserver(mark, { rootMargin: `0px 0px ${(READING - 1) * 100}% 0px` });
  for (const heading of headings) observer.observe(heading);
}

/** In a long module the current section may be below the visible part of the sidebar. */
export function showCurrentSection(): void {
  const list = document.querySelector<HTMLElement>("[data-sidebar] > ul");
  const current = list?.querySelector<HTMLElement>("[aria-current]");
  if (list && current) list.scrollTop = current.offsetTop - list.offsetTop - list.clientHeight / 2;
}
