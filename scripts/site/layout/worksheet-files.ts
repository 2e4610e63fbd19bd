/** What belongs to each worksheet beside its page: its form, for scripts, and a blank Word document. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { strToU8, unzipSync, zipSync } from "fflate";
import type { Page } from "../model/course.ts";
import { isOn } from "../model/worksheets.ts";
import { formAddress, type WorksheetForm, wordAddress } from "../worksheet/form.ts";
import type { Task } from "./bridge.ts";
import type { EleventyConfig } from "./eleventy.ts";
import type { Site } from "./site.ts";

export function worksheetFiles(eleventy: EleventyConfig, { site, isWithFiles }: Task): void {
  if (!isWithFiles) return;
  eleventy.on("eleventy.after", async ({ directories }) => {
    for (const [address, make] of filesOfWorksheets(site)) {
      const target = path.join(directories.output, address);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, await make());
    }
  });
}

/** By their addresses; each is made when it is asked for. */
export function filesOfWorksheets(site: Site): Map<string, () => string | Promise<Uint8Array>> {
  const files = new Map<string, () => string | Promise<Uint8Array>>();
  for (const { form, page } of formsOf(site)) {
    if (isOn(site.course, "write")) files.set(formAddress(form.id), () => formScript(form));
    if (isOn(site.course, "word") && page) files.set(wordAddress(form.id), () => blankWord(form, site));
  }
  return files;
}

/** A form of the site, with the page that it is filled in on. */
export interface FormOfSite {
  form: WorksheetForm;
  /** Undefined of a worksheet that is a link only. */
  page: Page | undefined;
}

/** All forms: of worksheets, in their order, and of other pages that have something to fill in. */
export function formsOf({ course, rendering, worksheets }: Site): FormOfSite[] {
  const ofWorksheets = worksheets.flatMap(({ form, local }) => (form ? [{ form, page: local }] : []));
  const others = course.pages.flatMap((page) => {
    const { form } = rendering.of(page);
    if (!form || page.kind === "worksheet") return [];
    return [{ form: page.module?.isNamed ? { ...form, module: page.module.title } : form, page }];
  });
  return [...ofWorksheets, ...others];
}

/** A classic script, for `fetch` and modules do not work from a disk; see assets/browser/worksheets/forms.ts. */
const formScript = (form: WorksheetForm): string =>
  `(self.siteForms=self.siteForms||{})[${JSON.stringify(form.id)}]=${JSON.stringify(form)};\n`;

/** The words of a worksheet's head. */
export const HEAD_WORDS = { name: "Name", library: "Library", date: "Date" };

/** The same for the same site: a ZIP has the time in it, and so has what Word calls its core properties. */
async function blankWord(form: WorksheetForm, { course, date }: Site): Promise<Uint8Array> {
  // Here, because who checks content, or builds a course without worksheets, need not wait for them.
  const [{ Packer }, { wordDocument }] = await Promise.all([import("docx"), import("../worksheet/word.ts")]);
  const { language } = course.settings;
  const bytes = await Packer.toBuffer(
    wordDocument([form], { title: form.title, language, words: HEAD_WORDS }),
  );
  const parts = unzipSync(bytes);
  const core = new TextDecoder().decode(parts[CORE]).replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, stamp(date));
  parts[CORE] = strToU8(core);
  return zipSync(parts, { mtime: zipTime(date) });
}

const CORE = "docProps/core.xml";

const stamp = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/** A ZIP's time has no zone and begins in 1980; written as UTC, it is the same wherever a site is built. */
function zipTime(date: Date): Date {
  const local = new Date(date.getTime() + date.getTimezoneOffset() * 60_000);
  return local.getFullYear() < 1980 ? new Date(1980, 0, 1) : local;
}
