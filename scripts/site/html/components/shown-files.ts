/** Files of the content folder that a page shows or plays itself: found by their addresses, or what is wrong with those. */

import { type ContentFile, type FileKind, fileKind } from "../../content/files.ts";
import type { Place } from "../../problems/problems.ts";
import type { ErrorRule, WarningRule } from "../../problems/rules.ts";
import { relativeUrl } from "../../text/addresses.ts";
import type { PageContext } from "../page-context.ts";

export type Media = "film" | "sound";
export type Shown = "picture" | "caption file" | Media;

export interface ShownFile {
  /** By its name on the disk. */
  path: string;
  /** From the site's root. */
  address: string;
  /** From the page. */
  url: string;
  found: ContentFile;
}

interface Manner {
  kinds: readonly FileKind[];
  rules: {
    address: ErrorRule;
    page: ErrorRule;
    kind: ErrorRule;
    content: ErrorRule;
    target: ErrorRule;
    remote: WarningRule;
  };
  /** What to write where there is no address. */
  form: string;
  /** "of a kind ${unfit}", and what to do about that. */
  unfit: string;
  otherwise: string;
  /** What is done about one on another host. */
  meanwhile: string;
}

const LINKED = "save it beside the page; until then the page shows a link to it";

const ofMedia = (unfit: string, otherwise: string, form: string): Manner => ({
  kinds: ["film", "sound"],
  rules: {
    address: "media-address",
    page: "media-kind",
    kind: "media-kind",
    content: "media-content",
    target: "media-target",
    remote: "remote-media",
  },
  form,
  unfit,
  otherwise,
  meanwhile: LINKED,
});

/** How each is asked for, and what is said where it is not as it should be. */
export const MANNERS: Record<Shown, Manner> = {
  picture: {
    kinds: ["picture"],
    rules: {
      address: "picture-address",
      page: "picture-page",
      kind: "picture-kind",
      content: "picture-content",
      target: "picture-target",
      remote: "remote-picture",
    },
    form: "![description](file)",
    unfit: "that browsers do not show",
    otherwise: "save it as PNG or JPEG, or link to it, without the ! in front: [its title](file)",
    meanwhile: LINKED,
  },
  film: ofMedia("that browsers do not play", "save it as MP4 (H.264)", "![title](film.mp4)"),
  sound: ofMedia("that browsers do not play", "save it as MP3", "![title](sound.mp3)"),
  "caption file": {
    ...ofMedia(
      "that browsers do not show",
      "save it as WebVTT (.vtt)",
      '<track src="film.vtt" srclang="en">',
    ),
    kinds: ["captions"],
    meanwhile: "save it beside the page; until then the page goes without",
  },
};

/** The file that an address means; the address itself where it leads to another host. What is wrong has been told. */
export function shownFile(
  context: PageContext,
  what: Shown,
  written: string,
  place: Place,
): ShownFile | { elsewhere: string } | undefined {
  const { page, ask, problems, deadLinks } = context;
  const { kinds, rules, form, unfit, otherwise, meanwhile } = MANNERS[what];
  if (!written.trim()) {
    problems.error(rules.address, place, `the ${what} has no address`, `write the path of its file: ${form}`);
    return undefined;
  }
  const target = ask.target(written);
  if (target.kind === "external") {
    problems.warning(
      rules.remote,
      place,
      `the ${what} is on another host (${hostOf(target.url)}), which would learn of every reader`,
      meanwhile,
    );
    return { elsewhere: target.url };
  }
  if (target.kind === "page") {
    problems.error(
      rules.page,
      place,
      `the ${what} "${written}" is a page`,
      "link to it, without the ! in front: [its title](file)",
      written,
    );
    return undefined;
  }
  if (target.kind !== "file") {
    deadLinks.push({ what, place, written, path: "path" in target ? target.path : undefined });
    return undefined;
  }
  // A phone's HEIC is no picture to a browser.
  const kind = fileKind(target.path);
  if (!kind || !kinds.includes(kind)) {
    problems.error(rules.kind, place, `the ${what} "${written}" is of a kind ${unfit}`, otherwise, written);
    return undefined;
  }
  const found = ask.file(target.path);
  if (found.fault) {
    problems.error(rules.content, place, `the ${what} "${written}" ${found.fault}`, found.cure!, written);
    return undefined;
  }
  return {
    path: target.path,
    address: target.address,
    url: relativeUrl(page.address, target.address),
    found,
  };
}

export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname : url);
