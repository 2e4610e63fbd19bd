/**
 * `npm run check -- [--content DIR] [--strict] [--format text|json|github] [--external [--private]]`: everything that
 * a build would refuse and everything that could be better. Writes nothing but, with --external, what it remembers of
 * links. `-- --rules` lists the names of all that can be wrong.
 */

import path from "node:path";
import { checkLinks, type LinkResult, WHOLE_LIMIT } from "./site/check/external-links.ts";
import { FORMATS, type Format, formatReport, listRules } from "./site/check/formats.ts";
import { handleFaults, readOptions, refuseCall, say } from "./site/command/command.ts";
import { count, type Problem } from "./site/problems/problems.ts";
import type { Site } from "./site/site.ts";
import { readWordFiles } from "./site/words/words.ts";

handleFaults();
// Loaded where faults are caught: with few open files allowed, even loading fails.
const { readContent } = await import("./site/content/read.ts");
const { buildDate, checkSite } = await import("./site/site.ts");

const USAGE = `usage: npm run check -- [--content DIR] [--strict] [--format ${FORMATS.join("|")}] [--external [--private]] [--rules]`;
const CACHE = ".cache/external-links.json";

const {
  content,
  strict,
  format,
  external,
  private: isPrivateAsked,
  rules,
} = readOptions(USAGE, ["content", "strict", "format", "external", "private", "rules"]);
if (rules) {
  for (const line of listRules()) say(line);
  process.exit();
}
if (!(FORMATS as readonly string[]).includes(format)) {
  refuseCall(new Error(`the format ${format} is not known`), USAGE);
}

const stop = new AbortController();
const [found, words] = await Promise.all([readContent(content), readWordFiles()]);
const site = await checkSite(found, { words, date: buildDate() });
if (external) await adviseOnExternalLinks(site);

const sources = [...found.pages, ...(found.settings ? [found.settings] : [])];
const lines = new Map(sources.map(({ file, text }) => [file, text.split("\n")]));
const lineOf = ({ file, line }: Problem) => lines.get(file)?.[line - 1];
const report = formatReport(site.problems, format as Format, lineOf);
if (report) console.log(report);
const { errors, warnings } = site.problems;
process.exitCode = stop.signal.aborted ? 130 : errors.length || (strict && warnings.length) ? 1 : 0;

async function adviseOnExternalLinks({ rendering, problems }: Site): Promise<void> {
  const links = rendering.all.flatMap((page) => page.externalLinks);
  // What is known by then is kept and told; a second Ctrl-C ends the program as always.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  const results = await checkLinks(
    links.map((link) => link.url),
    {
      cache: path.resolve(CACHE),
      signal: stop.signal,
      onFault: (code) =>
        console.error(
          `warning: ${CACHE}:1:1: the file could not be written (${code}); make room for it, or every link is asked again the next time`,
        ),
      ...(isPrivateAsked && { isRefused: () => false }),
    },
  );
  for (const [index, result] of results.entries()) {
    const advice = adviceOn(result);
    if (advice) problems.warning("external-link", links[index]!.place, ...advice);
  }
  const unasked = results.filter(({ outcome }) => outcome === "unasked").length;
  if (!unasked) return;
  const first = results.findIndex(({ outcome }) => outcome === "unasked");
  problems.warning(
    "external-link",
    links[first]!.place,
    `${count(unasked, "link")}, this one the first, ${unasked === 1 ? "was" : "were"} not asked: the check ${
      stop.signal.aborted ? "was stopped" : `ended after ${WHOLE_LIMIT / 60_000} minutes`
    }`,
    "run it again: for a day it remembers the links that were good",
  );
}

function adviceOn({ url, outcome, detail }: LinkResult): [message: string, cure: string] | undefined {
  switch (outcome) {
    case "redirected":
      return [`the link ${url} is redirected`, `write its new address: ${detail}`];
    case "gone":
      return [`the page at ${url} is gone (${detail})`, "link to where it is now, or take the link out"];
    case "forbidden":
      return [
        `the page at ${url} is not open to a program (${detail})`,
        "open it in a browser to see whether readers can",
      ];
    case "unreachable":
      return [
        `the page at ${url} could not be reached (${detail})`,
        "try again later; then look for where it is now",
      ];
    case "private":
      return [
        `the link ${url} leads to a private address, which was not asked (${detail})`,
        "link to a page that readers can reach; --private asks such addresses too",
      ];
    case "invalid":
      return [`the link ${url} is no address`, "write it whole: https://example.org/page"];
    default:
      return undefined;
  }
}
