/** What `npm run bench` is asked to do. */
import { parseArgs } from "node:util";
import type { CourseSize } from "./make-course.ts";

export const USAGE =
  "usage: npm run bench -- [--sizes 100,1000,10000,one:1000] [--runs N] [--reader | --saves]";

export interface BenchOptions {
  sizes: CourseSize[];
  /** Runs of a course, or of the shipped module; saves, where these are measured. */
  runs(size?: CourseSize): number;
  /** Whether what a reader pays is measured, in place of what a build costs. */
  isReader: boolean;
  /** Whether it is what a save costs while `npm start` runs. */
  isSaves: boolean;
}

const SIZES = "100,1000,10000,one:1000";
const SIZES_TO_SAVE = "100,1000";
const RUNS = 3;
const SAVES = 10;
/** From so many sections on one run says enough, and takes long enough. */
const LARGE = 5000;

/** Throws on anything else than the usage allows. */
export function readBenchOptions(args: string[]): BenchOptions {
  const { values } = parseArgs({
    args,
    options: {
      sizes: { type: "string" },
      runs: { type: "string" },
      reader: { type: "boolean", default: false },
      saves: { type: "boolean", default: false },
    },
  });
  const runs = values.runs === undefined ? undefined : Number(values.runs);
  if (runs !== undefined && !(Number.isInteger(runs) && runs > 0)) {
    throw new Error("--runs is no number from 1 on");
  }
  const { reader: isReader, saves: isSaves } = values;
  if (isReader && isSaves) throw new Error("--reader and --saves are two benches");
  // A reader pays for the shipped module; of other courses only where they are asked for.
  const sizes = values.sizes ?? (isReader ? "" : isSaves ? SIZES_TO_SAVE : SIZES);
  return {
    sizes: sizes.split(",").filter(Boolean).map(readSize),
    runs: (size) => runs ?? (isSaves ? SAVES : size && size.sections >= LARGE ? 1 : RUNS),
    isReader,
    isSaves,
  };
}

/** `1000`, or `one:1000` for as many in one module. */
function readSize(text: string): CourseSize {
  const match = /^(one:)?([1-9]\d*)$/.exec(text.trim());
  if (!match) throw new Error(`“${text}” is no size; write a number of sections, or one:1000 for one module`);
  return { sections: Number(match[2]), isOneModule: match[1] !== undefined };
}
