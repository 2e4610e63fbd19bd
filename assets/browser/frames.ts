/**
 * Video cards: on a web server the link becomes a button that plays the video in its place. From `file://`, where
 * no host lets itself be shown, the link stays.
 */
export function playCards(): void {
  if (location.protocol === "file:") return;
  for (const card of document.querySelectorAll<HTMLElement>(".frame-card[data-embed]")) {
    const link = card.querySelector<HTMLAnchorElement>(".frame-link")!;
    const title = card.querySelector(".frame-title")!.textContent!;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...[...link.children].map((child) => child.cloneNode(true)));
    button.querySelector(".visually-hidden")?.remove();
    const elsewhere = document.createElement("a");
    elsewhere.className = "frame-elsewhere";
    elsewhere.href = link.href;
    elsewhere.target = "_blank";
    elsewhere.rel = "noopener";
    elsewhere.textContent = `Open it on its own page instead`;
    const note = document.createElement("span");
    note.className = "new-tab";
    const words = document.createElement("span");
    words.className = "visually-hidden";
    words.textContent = `: ${title} (opens in a new tab)`;
    note.append(words);
    elsewhere.append(note);
    button.addEventListener("click", () => {
      const frame = document.createElement("iframe");
      const source = new URL(card.dataset.embed!);
      source.searchParams.set("autoplay", "1");
      frame.src = source.href;
      frame.title = title;
      frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
      // YouTube refuses to play for a page that hides where it is.
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      button.replaceWith(frame);
      frame.focus();
    });
    link.replaceWith(button);
    card.append(elsewhere);
  }
}
