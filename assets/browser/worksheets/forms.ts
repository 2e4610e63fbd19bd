/** The forms of worksheets, each in a script of its own: of a large course one page needs a few. */
import { formAddress, isWorksheetId, type WorksheetForm } from "../../../scripts/site/worksheet/form.ts";
import { loadScript } from "../load-script.ts";
import { site } from "../site-storage.ts";

declare global {
  interface Window {
    siteForms?: Record<string, WorksheetForm>;
  }
}

/** Undefined where the site has no such worksheet any more. */
export async function loadForm(worksheet: string): Promise<WorksheetForm | undefined> {
  const known = () =>
    Object.hasOwn(window.siteForms ?? {}, worksheet) ? window.siteForms![worksheet] : undefined;
  // What is kept, or stands in a file, may be anything; and a script from elsewhere would be run.
  if (known() || !isWorksheetId(worksheet)) return known();
  const address = formAddress(worksheet).split("/").map(encodeURIComponent).join("/");
  await loadScript(new URL(address, site).href).catch(() => {});
  return known();
}
