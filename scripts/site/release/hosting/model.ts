/** What a server is to know of a site, whatever its name: the one source of all configurations in `server/`. */
import { load } from "../../html/load.ts";
import { TYPES } from "../../output/static-server.ts";
import { rootOf } from "../../text/addresses.ts";

export interface Hosting {
  /** The site's path on its host, with `/` at both ends. */
  base: string;
  /** Sent with every answer, in this order. */
  headers: readonly (readonly [name: string, value: string])[];
  /** Addresses of hashed files, from the front page on. */
  hashed: readonly string[];
}

/**
 * Files named by what is in them: under one name they never change. In the syntax that JavaScript, PCRE and RE2 share,
 * from the front page on.
 */
export const HASHED =
  "(?:assets/[a-z-]+-[0-9a-f]{8}\\.(?:css|js)|assets/offline/[0-9a-f]{16}\\.txt|pagefind/(?:index|fragment)/[^/]+_[0-9a-f]{7,64}\\.js)";

const HASHED_FILE = new RegExp(`^${HASHED}$`);

export const isHashed = (address: string): boolean => HASHED_FILE.test(address);

/** A year, in seconds; nobody asks again meanwhile. */
export const FOREVER = "public, max-age=31536000, immutable";
/** Kept, and asked about each time: an answer of no bytes where nothing has changed. */
export const ASK_EACH_TIME = "no-cache";

/** Types by the ending of a name, without the point; what of them is text is in UTF-8. */
export const TYPES_BY_ENDING: readonly (readonly [ending: string, type: string])[] = Object.entries(
  TYPES,
).map(([ending, type]) => [ending.slice(1), type.replace(/;.*/, "")]);

/** Those that get smaller when they are packed. */
export const PACKABLE: readonly string[] = [...new Set(TYPES_BY_ENDING.map(([, type]) => type))].filter(
  (type) => /^text\/|json$|xml$/.test(type),
);

export interface HostingFacts {
  /** Where the site will stand, as site.yaml says. */
  url: string | undefined;
  /** The Content-Security-Policy of its pages. */
  policy: string;
  /** The page for wrong addresses, whose policy allows a style that it holds itself. */
  notFound: string;
  /** Who may show the site in a frame, beside itself: origins, as in `https://lms.example.org`. */
  frames: readonly string[];
  /** The addresses of all files. */
  files: readonly string[];
}

export function hostingOf({ url, policy, notFound, frames, files }: HostingFacts): Hosting {
  const ownPolicy = load(notFound)('meta[http-equiv="Content-Security-Policy"]').attr("content");
  const ownStyle = /style-src ('sha256-[^']+')/.exec(ownPolicy ?? "")?.[1];
  const withOwnStyle = policy.replace("style-src 'self'", (styles) =>
    [styles, ownStyle].filter(Boolean).join(" "),
  );
  return {
    base: url === undefined ? "/" : new URL(rootOf(url)).pathname,
    headers: [
      // Each page has the policy but for this, which a page cannot say of itself.
      ["Content-Security-Policy", `${withOwnStyle}; frame-ancestors ${["'self'", ...frames].join(" ")}`],
      ["X-Content-Type-Options", "nosniff"],
      // Films want to know on which site they are shown; nobody needs the page.
      ["Referrer-Policy", "strict-origin-when-cross-origin"],
    ],
    hashed: files.filter(isHashed).sort(),
  };
}
