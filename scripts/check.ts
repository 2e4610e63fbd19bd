/**
 * `npm run check -- [--content DIR] [--strict] [--format text|json|github] [--external]`: everything that a build
 * would refuse and everything that could be better. Writes nothing but, with --external, what it remembers of links.
 */
import path from "node:path";
import { checkLinks, type LinkResult } from "./site/check/external-links.ts";
import { FORMATS, type Format, formatReport } from "./site/check/formats.ts";
import { handleFaults, readOptions, refuseCall } from "./site/command.ts";
import { formatProblem, type Problem } from "./site/problems.ts";
import { loadSite, type Site } from "./site/site.ts";

handleFaults();

const USAGE = `usage: npm run check -- [--content DIR] [--strict] [--format ${FORMATS.join("|")}] [--external]`;
const CACHE = ".cache/external-links.json";

const { content, strict, format, external } = readOptions(USAGE, ["content", "strict", "format", "external"]);
if (!(FORMATS as readonly string[]).includes(format)) {
  refuseCall(new Error(`the format ${format} is not known`), USAGE);
}

const site = await loadSite({ content, drafts: true });
// Drafts are checked too; what only fails without them, such as a link to one, a build would refuse.
if (site.course.pages.some((page) => page.isDraft)) {
  const known = new Set(site.problems.list.map(formatProblem));
  const published = await loadSite({ content, drafts: false });
  site.problems.list.push(...published.problems.errors.filter((error) => !known.has(formatProblem(error))));
}
if (external) await adviseOnExternalLinks(site);

const sources = [
  ...site.course.folder.pages,
  ...(site.course.folder.settings ? [site.course.folder.settings] : []),
];
const lines = new Map(sources.map(({ file, text }) => [file, text.split("\n")]));
const lineOf = ({ file, line }: Problem) => lines.get(file)?.[line - 1];
const report = formatReport(site.problems, format as Format, lineOf);
if (report) console.log(report);
const { errors, warnings } = site.problems;
process.exitCode = errors.length || (strict && warnings.length) ? 1 : 0;

async function adviseOnExternalLinks({ course, problems }: Site): Promise<void> {
  const links = course.pages.flatMap((page) => page.externalLinks);
  const results = await checkLinks(
    links.map((link) => link.url),
    { cache: path.resolve(CACHE) },
  );
  for (const [index, result] of results.entries()) {
    const advice = adviceOn(result);
    if (advice) problems.warning("external-link", links[index]!.place, ...advice);
  }
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
    default:
      return undefined;
  }
}
