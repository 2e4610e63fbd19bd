/**
 * Plans that a trainer wrote into site.yaml.
 *
 *   plans:
 *     Two afternoons:
 *       module: connected-learning
 *       sessions:
 *         Tuesday: { from: "13:00", until: "16:30", sections: [about, break 15, keeping-safe 20] }
 */
import { count, nearest, type Place, type Problems } from "../problems/problems.ts";
import { folderOf } from "../text/addresses.ts";
import type { Course, Page } from "./course.ts";
import type { LedModule } from "./facilitation.ts";
import {
  type Nameable,
  nameOfSection,
  pagesSetAside,
  placeOfSetting,
  sectionsNamed,
} from "./section-names.ts";
import type { Lesson, Session, Slot } from "./session-plan.ts";

type Written = NonNullable<Course["settings"]["plans"]>[string];

/** Gives each module its plans. */
export function ownPlansOf(course: Course, led: readonly LedModule[], problems: Problems): void {
  const { plans } = course.settings;
  const main = led.filter(({ edition }) => edition.isMain);
  for (const [name, written] of Object.entries(plans ?? {})) {
    const placeAt = (...path: string[]): Place => placeOfSetting(["plans", name, ...path], course.settings);
    const folders = main.map(({ module }) => module.folder);
    const one =
      written.module === undefined && main.length === 1
        ? main[0]
        : main.find(({ module }) => module.folder === written.module || module.slug === written.module);
    if (!one) {
      problems.error(
        "plan-module",
        placeAt("module"),
        written.module === undefined
          ? `the plan "${name}" does not say for which module it is`
          : `the plan "${name}" is for a module "${written.module}", which has no pages for facilitators`,
        folders.length
          ? `write module: and one of ${folders.join(", ")}`
          : "write a facilitator's note in a section of the module first",
      );
      continue;
    }
    const leftOut = pagesSetAside(course).filter(({ source }) => folderOf(source.path) === one.module.folder);
    const sessions = Object.entries(written.sessions).map(([title, session]) =>
      sessionOf(
        name,
        title,
        session,
        one,
        leftOut,
        (...keys) => placeAt("sessions", title, ...keys),
        problems,
      ),
    );
    const met = new Set(
      sessions.flatMap(({ slots }) => slots.map((slot) => slot.kind === "section" && slot.lesson.section)),
    );
    one.plans.push({
      kind: "own",
      name,
      sessions,
      atHome: [...one.lessons.values()].filter(({ section }) => !met.has(section)),
      isShort: sessions.some(({ slots }) => slots.some((slot) => slot.kind === "section" && slot.isShort)),
    });
  }
}

function sessionOf(
  plan: string,
  name: string,
  { from, until, sections }: Written["sessions"][string],
  led: LedModule,
  leftOut: readonly Nameable[],
  placeAt: (...keys: string[]) => Place,
  problems: Problems,
): Session {
  const what = `the session "${name}" of the plan "${plan}"`;
  const [start, end] = [minutesOf(from), minutesOf(until)];
  const slots: Slot[] = [];
  let at = start;
  for (const [index, written] of sections.entries()) {
    const slot = slotOf(written, at, led);
    if (slot) {
      slots.push(slot);
      at += slot.minutes;
      continue;
    }
    if (sectionsNamed(written.replace(MINUTES, ""), leftOut).length) {
      problems.error(
        "plan-section",
        placeAt("sections", `${index}`),
        `${what} names a section "${written}", which sections.leaveOut leaves out`,
        "take it out of the plan, or out of leaveOut",
        written,
      );
      continue;
    }
    const names = [...led.lessons.keys()].map(nameOfSection);
    const meant = nearest(written.replace(MINUTES, ""), names);
    problems.error(
      "plan-section",
      placeAt("sections", `${index}`),
      `${what} names a section "${written}", which the module does not have`,
      meant ? `did you mean "${meant}"?` : `write the name of a section's file, as in ${names[0]}`,
      written,
    );
  }
  if (end <= start) {
    problems.error(
      "plan-hours",
      placeAt("until"),
      `${what} ends at ${until}, and begins at ${from}`,
      'write a later time, as in until: "16:30"',
    );
  } else if (at > end) {
    problems.error(
      "plan-hours",
      placeAt("sections"),
      `${what} needs ${count(at - start, "minute")} and has ${end - start}`,
      `take a section out, or give it fewer minutes, as in ${nameOfSection([...led.lessons.keys()][0]!)} 10`,
    );
  }
  return { name, start, end: Math.max(at, start), slots };
}

const PAUSE = /^(break|lunch) (\d{1,3})$/i;
const MINUTES = / (\d{1,3})$/;

/** Undefined of a section that the module does not have. */
function slotOf(written: string, start: number, { lessons }: LedModule): Slot | undefined {
  const pause = PAUSE.exec(written);
  if (pause) {
    return { kind: pause[1]!.toLowerCase() as "break" | "lunch", start, minutes: Number(pause[2]) };
  }
  const given = MINUTES.exec(written)?.[1];
  const lesson = lessonNamed(written, lessons) ?? lessonNamed(written.replace(MINUTES, ""), lessons);
  if (!lesson) return undefined;
  const minutes = given === undefined ? lesson.minutes : Number(given);
  return { kind: "section", lesson, start, minutes, isShort: minutes < lesson.minutes };
}

function lessonNamed(written: string, lessons: ReadonlyMap<Page, Lesson>): Lesson | undefined {
  const [section] = sectionsNamed(written, lessons.keys());
  return section && lessons.get(section);
}

function minutesOf(clock: string): number {
  const [hours, minutes] = clock.split(":").map(Number);
  return hours! * 60 + minutes!;
}
