/**
 * What facilitator's notes say of their activities, for the plans of a session.
 *
 *   <div class="trainer callout" minutes="25"      { minutes: 25, least: 10, people: 3,
 *    least="10" people="3"                      →    materials: ["Worksheet #9", "cards"] }
 *    materials="Worksheet #9; cards">
 */
import { POSITION_ATTR, unmark } from "../../markdown/positions.ts";
import { type Activity, MOST_MINUTES, MOST_PEOPLE, PEOPLE_FOR_OTHERS } from "../../model/activity.ts";
import { isTrainerClass } from "../../model/callouts.ts";
import { nearest } from "../../problems/problems.ts";
import { typeset } from "../../text/typesetting.ts";
import { classesOf, type Element, elementsOf, isElement, placeOf } from "../dom.ts";
import type { PageContext } from "../page-context.ts";
import { labelOf } from "./facilitators-text.ts";

const NAMES = ["minutes", "least", "people", "materials"] as const;
type Name = (typeof NAMES)[number];

/** What may stand in a note's tag for other reasons. */
const OTHERS = new Set(["class", "id", "title", "lang", "dir", "role", "style", "markdown", POSITION_ATTR]);

/** What to write, by the attribute; and for which numbers. */
const NUMBERS: Record<
  Exclude<Name, "materials">,
  { least: number; most: number; what: string; cure: string }
> = {
  minutes: {
    least: 1,
    most: MOST_MINUTES,
    what: "number of minutes",
    cure: `write whole minutes from 1 to ${MOST_MINUTES}, as in minutes="25"`,
  },
  least: {
    least: 0,
    most: MOST_MINUTES,
    what: "number of minutes",
    cure: 'write the fewest minutes that will do, as in least="10", or 0 where it may be read at home',
  },
  people: {
    least: 1,
    most: MOST_PEOPLE,
    what: "number of people",
    cure: `write how many people it needs, from 1 to ${MOST_PEOPLE}, as in people="3"`,
  },
};

/** Before the sanitizer, which knows no such attributes. */
export function readActivities(context: PageContext): Activity[] {
  return elementsOf(context.$)
    .filter((element) => classesOf(element).some(isTrainerClass))
    .flatMap((note) => activityOf(note, context) ?? []);
}

/** Undefined of a note that says nothing of it. */
function activityOf(note: Element, context: PageContext): Activity | undefined {
  const { file, problems } = context;
  const refuse = (message: string, cure: string) =>
    problems.error("activity", placeOf(note, file), message, cure);
  const has = (name: string) => note.attribs[name] !== undefined;
  const isHolder = /^(?:div|section|aside)$/.test(note.name);
  if (isHolder) {
    for (const name of Object.keys(note.attribs)) {
      const meant = !OTHERS.has(name) && !isName(name) && nearest(name, NAMES);
      if (meant) refuse(`a facilitator's note knows no attribute ${name}`, `did you mean ${meant}?`);
    }
  }
  if (!NAMES.some(has)) return undefined;
  const numberIn = (name: keyof typeof NUMBERS): number | undefined => {
    if (!has(name)) return undefined;
    const written = unmark(note.attribs[name]!).trim();
    const { least, most, what, cure } = NUMBERS[name];
    const number = /^\d{1,4}$/.test(written) ? Number(written) : Number.NaN;
    if (number >= least && number <= most) return number;
    refuse(`${name}="${written}" is no ${what} of a facilitator's note`, cure);
    return undefined;
  };
  const [minutes, least, people] = [numberIn("minutes"), numberIn("least"), numberIn("people")];
  const both = 'write both, the fewer in least, as in minutes="25" least="10"';
  if (has("least") && !has("minutes")) refuse("least stands without minutes", both);
  else if (minutes !== undefined && least !== undefined && least > minutes)
    refuse(`least="${least}" is more than minutes="${minutes}"`, both);
  const materials = unmark(note.attribs.materials ?? "")
    .split(";")
    .map((thing) => typeset(thing.replace(/\s+/g, " ").trim()))
    .filter(Boolean);
  for (const name of NAMES) delete note.attribs[name];
  if (people !== undefined && people >= PEOPLE_FOR_OTHERS) adviseOnTwo(note, people, context);
  return { minutes, least, people, materials };
}

/** Who leads two people must be told what they do instead of what takes three. */
function adviseOnTwo(note: Element, people: number, { ask, file, problems }: PageContext): void {
  const { two } = ask.words.facilitate.variants;
  if (note.children.some((node) => isElement(node) && labelOf(node) === two.toLowerCase())) return;
  problems.warning(
    "activity-people",
    placeOf(note, file),
    `the activity needs ${people} people, and the note does not say what two do instead`,
    `add a paragraph that begins with **${two}.**`,
  );
}

const isName = (name: string): name is Name => (NAMES as readonly string[]).includes(name);
