/** All answers in one file: saved from this browser, and brought into it, field by field. */
import {
  type AnswersFile,
  FORMAT,
  LONGEST_FILE,
  readAnswersFile,
  VERSION,
} from "../../../scripts/site/worksheet/answers-file.ts";
import { readable, type WorksheetForm } from "../../../scripts/site/worksheet/form.ts";
import { countIn, fill, pluralOf } from "../templates.ts";
import type { Answer, AnswerStore, Answers } from "./answers.ts";
import { saveFile } from "./hand-over.ts";

/** The name of the file. */
export function saveAnswers(answers: Answers, siteName: string): string {
  const file: AnswersFile = {
    format: FORMAT,
    version: VERSION,
    site: siteName,
    answers: [...answers].map(([name, answer]) => ({ name, ...answer })),
  };
  const now = new Date();
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
    .map((part) => `${part}`.padStart(2, "0"))
    .join("-");
  const name = `my-worksheets-${day}.json`;
  saveFile(new Blob([JSON.stringify(file, null, 1)], { type: "application/json" }), name);
  return name;
}

interface Taking {
  /** For what a reader has to decide. */
  place: HTMLElement;
  words(what: string): HTMLTemplateElement;
  tell(what: string, texts?: Record<string, string>): void;
  /** The name of this site. */
  site: string;
  /** The form of a worksheet of this site. */
  formOf(worksheet: string): Promise<WorksheetForm | undefined>;
}

/**
 * Brings in a file: what is not here yet, and of what differs what the reader chooses; all of it, or nothing. Answers
 * when that is done, or given up.
 */
export async function takeFile(file: File, store: AnswerStore, taking: Taking): Promise<void> {
  const { place, words, tell } = taking;
  place.replaceChildren();
  const read = file.size > LONGEST_FILE * 4 ? "too-long" : readAnswersFile(await file.text());
  if (typeof read === "string") return tell(read);
  const worksheets = [...new Set(read.answers.map(({ name }) => name.replace(/#.*$/s, "")))].filter(Boolean);
  const forms = new Map(
    await Promise.all(worksheets.map(async (id) => [id, await taking.formOf(id)] as const)),
  );
  const isOfHere = read.site === taking.site || [...forms.values()].some(Boolean);
  if (worksheets.length && !isOfHere) return tell("other-site", { site: read.site });

  /** For which text of this browser's a reader chose the file's, or did not. */
  const decided = new Map<string, { here: string; isTaken: boolean }>();
  for (;;) {
    const conflicts = differing(read.answers, store).filter(
      ({ name, here }) => here && decided.get(name)?.here !== here,
    );
    if (!conflicts.length) break;
    const chosen = await ask(conflicts, forms, place, words);
    if (!chosen) return tell("cancelled");
    for (const conflict of conflicts) {
      decided.set(conflict.name, { here: conflict.here, isTaken: chosen.includes(conflict) });
    }
    // Another tab may have written meanwhile: what is new to the reader is asked again.
  }
  const changes = new Map(
    differing(read.answers, store)
      .filter(({ name, here }) => !here || decided.get(name)!.isTaken)
      .map(({ name, answer }) => [name, answer]),
  );
  if (!changes.size) return tell("none-taken");
  const isKept = await store.keep(changes);
  if (!isKept) return tell("not-kept");
  const form = pluralOf(changes.size, (form) => !!words(`taken-${form}`));
  tell(`taken-${form}`, { count: countIn(changes.size) });
}

interface Difference {
  name: string;
  /** The file's. */
  answer: Answer;
  /** This browser's; "" where it has none. */
  here: string;
}

function differing(answers: AnswersFile["answers"], store: AnswerStore): Difference[] {
  return answers
    .map(({ name, text, question, worksheet }) => ({
      name,
      answer: { text, question, worksheet },
      here: store.of(name),
    }))
    .filter(({ answer, here }) => answer.text !== here);
}

/** Those that are to be taken from the file; undefined where the reader gave up. */
function ask(
  conflicts: readonly Difference[],
  forms: ReadonlyMap<string, WorksheetForm | undefined>,
  place: HTMLElement,
  words: Taking["words"],
): Promise<Difference[] | undefined> {
  const section = fill(words("merge")).querySelector("section")!;
  const list = section.querySelector("[data-conflicts]")!;
  for (const [index, { name, answer, here }] of conflicts.entries()) {
    const { worksheet, question, text } = answer;
    const form = forms.get(name.replace(/#.*$/s, ""));
    const both = fill(words("conflict"), {
      worksheet: worksheet || form?.title || "",
      question: question || name.replace(/^.*#/s, ""),
      here: readable(form, name, here),
      file: readable(form, name, text),
    });
    for (const input of both.querySelectorAll("input")) input.name = `conflict-${index}`;
    list.append(both);
  }
  place.replaceChildren(section);
  section.focus();
  return new Promise((resolve) => {
    const end = (chosen: Difference[] | undefined) => {
      place.replaceChildren();
      resolve(chosen);
    };
    section.querySelector("[data-cancel]")!.addEventListener("click", () => end(undefined));
    section.querySelector("[data-bring-in]")!.addEventListener("click", () => {
      const fieldsets = [...list.querySelectorAll("fieldset")];
      end(
        conflicts.filter(
          (_, index) => fieldsets[index]!.querySelector<HTMLInputElement>("[value=file]")!.checked,
        ),
      );
    });
  });
}
