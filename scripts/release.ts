/**
 * `npm run release -- [--content DIR] [--out DIR] [--require-pdf|--without-pdf] [--frames ORIGINS] [--quiet]`: all that
 * a trainer hands on, in one folder: the site as a ZIP, how to host it, packages for course systems, PDFs. ORIGINS may
 * show the site in a frame, as in "https://lms.example.org https://other.example.org".
 */
import path from "node:path";
import { handleFaults, readOptions, refuseCall, report, say } from "./site/command/command.ts";
import { prepareForLargeWork } from "./site/command/large-work.ts";
import { Progress } from "./site/command/progress.ts";
import { commitDate } from "./site/release/commit-date.ts";
import { shownPath } from "./site/text/paths.ts";

handleFaults();
prepareForLargeWork();
// Loaded where faults are caught: with few open files allowed, even loading fails.
const { releaseSite } = await import("./site/release/release.ts");

const USAGE =
  "usage: npm run release -- [--content DIR] [--out DIR] [--require-pdf|--without-pdf] [--frames ORIGINS] [--quiet]";
const options = readOptions(USAGE, ["content", "out", "require-pdf", "without-pdf", "frames", "quiet"], {
  out: "release",
});
const { content, out, quiet } = options;
if (options["require-pdf"] && options["without-pdf"]) {
  refuseCall(new Error("PDFs are required and left out at once"), USAGE);
}
const frames = options.frames.split(/\s+/).filter(Boolean);
const isOrigin = (text: string) => /^https?:\/\/(?:\*\.)?[a-z0-9.-]+(?::\d+)?$/i.test(text);
const wrong = frames.find((frame) => !isOrigin(frame));
if (wrong !== undefined) {
  refuseCall(new Error(`${wrong} is no origin, as https://lms.example.org is`), USAGE);
}

const date = process.env.SOURCE_DATE_EPOCH ?? (await commitDate(content));
if (date !== undefined) process.env.SOURCE_DATE_EPOCH = date;
const began = performance.now();
const progress = new Progress({
  isTerminal: process.stderr.isTTY,
  write: (text) => process.stderr.write(text),
  elapsed: () => performance.now() - began,
});
const { problems, written } = await releaseSite({
  content,
  out,
  frames,
  pdf: options["require-pdf"] ? "required" : options["without-pdf"] ? "none" : "where-possible",
  progress: quiet ? undefined : progress,
});
progress.end();
report(problems);
if (!written) process.exit(1);

for (const note of written.notes) say(note);
const width = Math.max(...written.files.map(([, bytes]) => bytes.toLocaleString("en-US").length));
for (const [name, bytes] of written.files) say(`${bytes.toLocaleString("en-US").padStart(width)}  ${name}`);
say(`${shownPath(path.resolve(out))}/ is ready`);
