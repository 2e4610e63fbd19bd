/**
 * A worksheet, filled in: fields where there is room to write, kept in this browser while one types. Runs on pages that
 * have such room; without it they are sheets to print and write on (see scripts/site/html/components/answers.ts).
 */
import { fill, templateOf, wordsIn } from "../templates.ts";
import { makeFields } from "./fields.ts";
import { loadForm } from "./forms.ts";
import { saveWord } from "./hand-over.ts";
import { type Keeping, sayIn, startKeeping } from "./keeping.ts";
import { printOnly } from "./print.ts";
import { offerSources } from "./sources.ts";

const template = templateOf("site--worksheet")!;
const worksheet = template.dataset.worksheet!;
const title = document.querySelector("h1")!.textContent!;
const bar = fill(template).querySelector<HTMLElement>("[data-bar]")!;
const say = sayIn(bar.querySelector<HTMLElement>("[data-status]")!, template.id);
const isOwnPage = (name: string) => !name.startsWith("#");

void startKeeping((name) => (isOwnPage(name) ? title : ""), say).then(start);

function start(keeping: Keeping): void {
  const article = document.querySelector<HTMLElement>("article")!;
  makeFields(article, worksheet, keeping);
  offerSources(article, template, keeping);
  article.append(bar);
  bar.querySelector("[data-print]")!.addEventListener("click", () => print());
  bar.querySelector("[data-word]")?.addEventListener("click", () => {
    void giveWord(keeping).catch(() => say("no-word"));
  });
  for (const part of article.querySelectorAll<HTMLElement>(".worksheet-handout")) {
    const copy = fill(wordsIn(template, "print-part")!);
    copy.querySelector("button")!.addEventListener("click", () => printOnly(part));
    part.querySelector("h2")!.after(copy);
  }
  const today = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  for (const place of article.querySelectorAll("[data-today]")) place.textContent = today;
  if (location.hash === "#site--print") print();
}

async function giveWord({ store }: Keeping): Promise<void> {
  const form = await loadForm(worksheet);
  const fileName = `${worksheet.replace(/^.*\/|\.html$/g, "")}.docx`;
  if (form) await saveWord([form], store, { words: bar, title: form.title, fileName, isHandedOver: false });
}
