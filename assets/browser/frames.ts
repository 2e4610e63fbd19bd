import { fill, templateOf } from "./templates.ts";

/**
 * Video cards: on a web server the link becomes a button that plays the video in its place. On `file://`, where
 * video hosts refuse to be framed, the link stays.
 */
export function playCards(): void {
  const template = templateOf("site--video");
  if (!template || location.protocol === "file:") return;
  for (const card of document.querySelectorAll<HTMLElement>("[data-embed]")) {
    const { embed, title, host } = card.dataset as Record<"embed" | "title" | "host", string>;
    const link = card.querySelector("a")!;
    const player = fill(template, { title, host });
    const button = player.querySelector("button")!;
    const elsewhere = player.querySelector("a")!;
    elsewhere.href = link.href;
    elsewhere.target = link.target;
    elsewhere.rel = link.rel;
    button.addEventListener("click", () => {
      const frame = document.createElement("iframe");
      const source = new URL(embed);
      source.searchParams.set("autoplay", "1");
      frame.src = source.href;
      frame.title = title;
      frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
      // YouTube does not play without a referrer.
      frame.referrerPolicy = "strict-origin-when-cross-origin";
      button.replaceWith(frame);
      frame.focus();
    });
    link.replaceWith(button);
    card.append(player);
  }
}
