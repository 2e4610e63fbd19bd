/** What is asked of a page as it is laid out. */
import type { Page } from "playwright-core";

/** What has the focus. */
export interface Stop {
  /** Its name, or what it says. */
  name: string;
  /** The first of these that it stands in, or "page". */
  region: string;
  /** From the top of the page to its middle, in pixels. */
  y: number;
  /** "" where a reader sees it, and the whole ring around it. */
  fault: string;
}

/** What has the focus; undefined when nothing in the page has. `regions` are selectors. */
export const focusIn = (page: Page, regions: readonly string[]): Promise<Stop | undefined> =>
  page.evaluate((places) => {
    const at = document.activeElement as HTMLElement | null;
    if (!at || at === document.body || at === document.documentElement) return undefined;
    const style = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    const faults: string[] = [];
    const ring = Number.parseFloat(style.outlineWidth) + Number.parseFloat(style.outlineOffset);
    if (style.outlineStyle === "none" || Number.parseFloat(style.outlineWidth) < 2)
      faults.push("has no ring");
    if (Number(style.opacity) < 1) faults.push("is not shown");
    if (box.bottom <= 0 || box.top >= innerHeight || !box.width || !box.height)
      faults.push("is out of sight");
    // Its first line: of a link over two lines the middle may be in none.
    const line = at.getClientRects()[0] ?? box;
    const seen = document.elementFromPoint(line.x + line.width / 2, line.y + line.height / 2);
    if (!seen || !(at.contains(seen) || seen.contains(at))) faults.push(`lies under ${seen?.className}`);
    for (let around = at.parentElement; around; around = around.parentElement) {
      if (around === document.documentElement || getComputedStyle(around).position === "fixed") break;
      const { overflowX, overflowY } = getComputedStyle(around);
      const edge = around.getBoundingClientRect();
      const left = edge.left + around.clientLeft;
      const top = edge.top + around.clientTop;
      const isCutAcross = box.left - ring < left - 0.5 || box.right + ring > left + around.clientWidth + 0.5;
      const isCutDown = box.top - ring < top - 0.5 || box.bottom + ring > top + around.clientHeight + 0.5;
      if (overflowX !== "visible" && isCutAcross) faults.push(`has its ring cut by .${around.className}`);
      // What scrolls shows a long thing in parts.
      else if (overflowY !== "visible" && isCutDown && box.height + 2 * ring < around.clientHeight)
        faults.push(`has its ring cut by .${around.className}`);
    }
    if (box.left - ring < 0 || box.right + ring > document.documentElement.clientWidth)
      faults.push("has its ring cut by the edge of the page");
    return {
      name: (at.getAttribute("aria-label") ?? at.textContent!).replace(/\s+/g, " ").trim(),
      region: places.find((place) => at.closest(place)) ?? "page",
      y: scrollY + box.y + box.height / 2,
      fault: faults.join(", "),
    };
  }, regions);

/**
 * Targets of a pointer under 24 by 24 pixels (WCAG 2.5.8), but for links in a line of text, and those around which a circle
 * of 24 pixels touches no other target and no other such circle.
 */
export const smallTargets = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const open = document.querySelector("dialog[open]") ?? document;
    const targets = [
      ...open.querySelectorAll<HTMLElement>(
        "a[href], button, input, select, textarea, summary, [tabindex='0']",
      ),
    ]
      .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      // A label is part of its field.
      .map((one) => ({ one, box: (one.closest("label") ?? one).getBoundingClientRect() }))
      .filter(({ one, box }) => {
        const style = getComputedStyle(one.closest(".visually-hidden") ?? one);
        if (box.width <= 1 || (style.clipPath !== "none" && one !== document.activeElement)) return false;
        // What lies over it, such as a menu, has the pointer.
        const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
        return !seen || seen.contains(one) || (one.closest("label") ?? one).contains(seen);
      });
    const small = targets
      .filter(({ box }) => box.width < 23.9 || box.height < 23.9)
      .filter(({ one }) => {
        const text = [...one.parentElement!.childNodes]
          .map((node) => (node === one ? "" : node.textContent))
          .join("");
        return getComputedStyle(one).display !== "inline" || !text.trim();
      })
      .map((target) => ({
        ...target,
        x: target.box.x + target.box.width / 2,
        y: target.box.y + target.box.height / 2,
      }));
    return small
      .filter(({ one, x, y }) =>
        targets.some((other) => {
          if (other.one === one || other.one.contains(one)) return false;
          const circle = small.find((it) => it.one === other.one);
          if (circle && Math.hypot(x - circle.x, y - circle.y) < 24) return true;
          const { left, right, top, bottom } = other.box;
          return (
            Math.hypot(x - Math.max(left, Math.min(x, right)), y - Math.max(top, Math.min(y, bottom))) < 12
          );
        }),
      )
      .map(
        ({ one, box }) =>
          `${one.tagName.toLowerCase()} "${one.textContent!.trim().slice(0, 30)}" has ${box.width.toFixed(1)} by ${box.height.toFixed(1)} pixels`,
      );
  });

/** Spaces the text as a reader may (WCAG 1.4.12). */
export const spaceText = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(
      "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-block-end: 2em !important }",
    );
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  });

/** Text that is cut off, and what is wider than the screen but for tables and code, which scroll in frames of their own. */
export const cutText = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const faults: string[] = [];
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth > clientWidth) faults.push(`the page is ${scrollWidth} pixels wide on ${clientWidth}`);
    for (const one of document.querySelectorAll<HTMLElement>("body *")) {
      if (!one.checkVisibility() || one.closest("svg, .visually-hidden, .table-frame, pre, select")) continue;
      const { overflowX, overflowY, clipPath } = getComputedStyle(one);
      if (clipPath !== "none" || !one.innerText?.trim() || one instanceof HTMLTextAreaElement) continue;
      const isWide = one.scrollWidth > one.clientWidth + 1 && overflowX !== "visible" && one.clientWidth > 0;
      const isHigh =
        one.scrollHeight > one.clientHeight + 1 && /hidden|clip/.test(overflowY) && one.clientHeight > 0;
      if (isWide || isHigh) faults.push(`${one.tagName.toLowerCase()}.${one.className} cuts off its text`);
    }
    return faults;
  });
