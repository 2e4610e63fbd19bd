/** What belongs to each worksheet beside its page: its form, for scripts, and a blank Word document. */
import type { Page } from "../model/course.ts";
import { isOn } from "../model/worksheets.ts";
import { formAddress, type WorksheetForm, wordAddress } from "../worksheet/form.ts";
import { type DocumentMaker, DocumentsHere } from "./document-maker.ts";
import type { Site } from "./site.ts";

/** By their addresses; each is made when it is asked for, or before. */
export function filesOfWorksheets(
  site: Site,
  maker: DocumentMaker = new DocumentsHere(),
): Map<string, () => string | Promise<Uint8Array>> {
  const { course, date } = site;
  const files = new Map<string, () => string | Promise<Uint8Array>>();
  const forms = formsOf(site);
  if (isOn(course, "write")) {
    for (const { form } of forms) files.set(formAddress(form.id), () => formScript(form));
  }
  if (isOn(course, "word")) {
    for (const [language, withPage] of formsByLanguage(forms)) {
      for (let start = 0; start < withPage.length; start += AT_ONCE) {
        const some = withPage.slice(start, start + AT_ONCE);
        const documents = maker.begin(some, { language, date, words: course.wordsIn(language).fields });
        for (const [index, { id }] of some.entries()) {
          files.set(wordAddress(id), async () => (await documents())[index]!);
        }
      }
    }
  }
  return files;
}

/** Worksheets whose documents are made together: enough to share what is the same in all, few enough to hold. */
const AT_ONCE = 20;

/** Of those with a page. */
function formsByLanguage(forms: readonly FormOfSite[]): Map<string, WorksheetForm[]> {
  const byLanguage = new Map<string, WorksheetForm[]>();
  for (const { form, page } of forms) {
    if (!page) continue;
    const some = byLanguage.get(page.language) ?? [];
    byLanguage.set(page.language, some);
    some.push(form);
  }
  return byLanguage;
}

/** A form of the site, with the page that it is filled in on. */
export interface FormOfSite {
  form: WorksheetForm;
  /** Undefined of a worksheet that is a link only. */
  page: Page | undefined;
  /** The page, or the one that links to it. */
  of: Page;
}

/** All forms: of worksheets, in their order, and of other pages that have something to fill in. */
export function formsOf({ course, rendering, worksheets }: Site): FormOfSite[] {
  const ofWorksheets = worksheets.flatMap(({ form, local, callouts }) =>
    form ? [{ form, page: local, of: local ?? callouts[0]!.page }] : [],
  );
  const others = course.pages.flatMap((page) => {
    const { form } = rendering.of(page);
    if (!form || page.kind === "worksheet") return [];
    return [{ form: page.module?.isNamed ? { ...form, module: page.module.title } : form, page, of: page }];
  });
  return [...ofWorksheets, ...others];
}

/** A classic script, for `fetch` and modules do not work from a disk; see assets/browser/worksheets/forms.ts. */
const formScript = (form: WorksheetForm): string =>
  `(self.siteForms=self.siteForms||{})[${JSON.stringify(form.id)}]=${JSON.stringify(form)};\n`;
