/** Test files in one process, one after the other: see `run.ts`, which says which. */
import { compiled } from "../../scripts/site/project.ts";

const files = JSON.parse(process.env.TESTS_TOGETHER ?? "[]") as string[];
// All at first: tests of the first ones, which run while the next are read, may work in other folders.
const urls = files.map((file) => compiled(file).href);
for (const url of urls) await import(url);
