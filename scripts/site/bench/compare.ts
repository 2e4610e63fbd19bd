/** This build and the floor on a course of one size, in alternation: medians of both. */
import { promises as fs } from "node:fs";
import path from "node:path";
import manifest from "../../../package.json" with { type: "json" };
import { PROJECT } from "../project.ts";
import { makeFloor } from "./floor.ts";
import { type CourseSize, type MadeCourse, makeCourse } from "./make-course.ts";
import { type Command, type Cost, measureAll } from "./measure.ts";
import { median } from "./median.ts";
import { type Weight, weigh } from "./weigh.ts";

/** What `npm run build` runs, after `node`. */
const BUILD = manifest.scripts.build
  .split(" ")
  .slice(1)
  .map((part) => (part.endsWith(".mjs") ? path.join(PROJECT, part) : part));

export interface Comparison extends MadeCourse {
  isOneModule: boolean;
  runs: number;
  build: Cost;
  floor: Cost;
  /** Milliseconds of each stage of this build, in order. */
  stages: Record<string, number>;
  weight: Weight;
}

interface CompareOptions {
  /** The content whose texts the course is made of. */
  content: string;
  /**
   * A new folder, for the course and all sites. Nothing in it is deleted: for a minute after thousands of files are,
   * some file systems take longer to make new ones.
   */
  folder: string;
  size: CourseSize;
  runs: number;
  signal: AbortSignal;
  say(line: string): void;
}

export async function compare(options: CompareOptions): Promise<Comparison> {
  const { content, folder, size, runs, signal, say } = options;
  const course = path.join(folder, "course");
  const floor = path.join(folder, "floor");
  const outOf = (run: number) => path.join(folder, `site-${run}`);
  const timings = path.join(folder, "timings.json");
  const made = await makeCourse(content, course, size);
  const { commands: floorCommands, site: floorSite } = await makeFloor(course, floor);
  const buildTo = (out: string): Command => ({
    command: [
      ...[process.execPath, ...BUILD],
      ...["--content", course, "--out", out, "--quiet", "--timings", timings],
    ],
  });
  const [builds, floors]: [Cost[], Cost[]] = [[], []];
  const stages: Record<string, number>[] = [];
  for (let run = 1; run <= runs; run++) {
    builds.push(await measureAll([buildTo(outOf(run))], signal));
    stages.push(JSON.parse(await fs.readFile(timings, "utf8")));
    floors.push(await measureAll(floorCommands, signal));
    await fs.rename(floorSite, path.join(folder, `floor-site-${run}`));
    const [ours, bare] = [builds, floors].map((costs) => (costs.at(-1)!.wallMs / 1000).toFixed(1));
    say(`${made.sections} sections, run ${run} of ${runs}: ${ours} s, the floor ${bare} s`);
  }
  return {
    ...made,
    isOneModule: size.isOneModule ?? false,
    runs,
    build: medianCost(builds),
    floor: medianCost(floors),
    stages: medianStages(stages),
    weight: await weigh(outOf(runs)),
  };
}

function medianCost(costs: Cost[]): Cost {
  const of = (what: keyof Cost) => {
    const known = costs.flatMap((cost) => cost[what] ?? []);
    return known.length ? median(known) : undefined;
  };
  return { wallMs: of("wallMs")!, cpuMs: of("cpuMs"), peakBytes: of("peakBytes") };
}

function medianStages(runs: Record<string, number>[]): Record<string, number> {
  const names = new Set(runs.flatMap((stages) => Object.keys(stages)));
  return Object.fromEntries(
    [...names].map((name) => [name, median(runs.map((stages) => stages[name] ?? 0))]),
  );
}
