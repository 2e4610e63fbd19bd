/** What a save costs its author while `npm start` runs: from the moment it is written until the served page has it. */
import { type ChildProcess, spawn } from "node:child_process";
import { promises as fs } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { runOf } from "../project.ts";
import { loadSite } from "../site.ts";
import { type CourseSize, type MadeCourse, makeCourse } from "./make-course.ts";
import { median } from "./median.ts";

/** Where the search for a free port begins. */
const PORT = 18_200;
/** Between two looks at the page. */
const LOOK_EVERY_MS = 5;
/** Between two saves, as long as somebody takes who saves often. */
const REST_MS = 1_000;

export interface SaveCost extends MadeCourse {
  saves: number;
  /** Milliseconds from the start until there is a page. */
  startMs: number;
  /** Medians, of a word more in a section and of another title. */
  textMs: number;
  titleMs: number;
}

interface SaveOptions {
  /** The content whose texts the course is made of. */
  content: string;
  /** Where there is room for the course; it is empty again afterwards. */
  folder: string;
  size: CourseSize;
  saves: number;
  signal: AbortSignal;
}

export async function measureSaves({ content, folder, size, saves, signal }: SaveOptions): Promise<SaveCost> {
  const course = path.join(folder, "course");
  const made = await makeCourse(content, course, size);
  const { sections } = (await loadSite({ content: course, drafts: false })).course;
  const section = sections[Math.floor(sections.length / 2)]!;
  const file = path.join(course, section.source.path);
  const text = section.source.text;
  const server = startPreview(course, signal);
  try {
    const began = performance.now();
    const url = `${await server.url}${section.address}`;
    await untilPageHas("</html>", url, signal);
    const startMs = performance.now() - began;
    const save = async (mark: string, saved: string) => {
      await pause(REST_MS);
      const began = performance.now();
      await fs.writeFile(file, saved);
      await untilPageHas(mark, url, signal);
      return performance.now() - began;
    };
    const texts: number[] = [];
    const titles: number[] = [];
    for (let turn = 1; turn <= saves; turn++) {
      const mark = `mark-${turn}`;
      texts.push(await save(mark, `${text}\n\n${mark}\n`));
      titles.push(await save(`title-${mark}`, text.replace(/^title:.*$/m, `title: title-${mark}`)));
    }
    return { ...made, saves, startMs, textMs: median(texts), titleMs: median(titles) };
  } finally {
    await server.end();
    await fs.rm(course, { recursive: true, force: true });
  }
}

/** `npm start` for a course; `url` is where it serves. */
function startPreview(course: string, signal: AbortSignal): { url: Promise<string>; end(): Promise<void> } {
  signal.throwIfAborted();
  const child: ChildProcess = spawn(
    process.execPath,
    [...runOf("scripts/serve.ts"), "--content", course, "--port", String(PORT)],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const kill = () => child.kill("SIGTERM");
  signal.addEventListener("abort", kill);
  const url = new Promise<string>((resolve, reject) => {
    let said = "";
    child.stdout!.setEncoding("utf8").on("data", (chunk: string) => {
      said += chunk;
      const address = / at (http:\S+)/.exec(said)?.[1];
      if (address) resolve(address);
    });
    child.on("error", reject);
    void ended.then(() => reject(new Error("npm start ended before it served anything")));
  });
  const end = async () => {
    signal.removeEventListener("abort", kill);
    kill();
    await ended;
  };
  return { url, end };
}

async function untilPageHas(mark: string, url: string, signal: AbortSignal): Promise<void> {
  for (;;) {
    // One of its own for each: `fetch` listens to a signal until memory is cleared, and Node warns of thousands.
    const answer = await fetch(url, { signal: AbortSignal.any([signal]) }).catch(() => undefined);
    signal.throwIfAborted();
    const html = await answer?.text();
    if (answer?.status === 200 && html!.includes(mark)) return;
    await pause(LOOK_EVERY_MS);
  }
}
