/** Answers that can be taken from another worksheet: named below the field, and taken by a button. */
import {
  fieldsOf,
  isInWords,
  nameOf,
  nameOfCell,
  type Piece,
  piecesOf,
  type TableField,
  type WorksheetForm,
} from "../../../scripts/site/worksheet/form.ts";
import { fill, templateOf, wordsIn } from "../templates.ts";
import { loadForm } from "./forms.ts";
import type { Keeping } from "./keeping.ts";

/** What is taken stands after what is written already; a number or a date in its place. */
function joined(written: string, taken: string, type: string): string {
  if (type === "long") return [written, taken].filter(Boolean).join("\n");
  if (type !== "short") return taken;
  return [written, taken.replace(/\s*\n\s*/g, " ")].filter(Boolean).join(" ");
}

export function offerSources(root: ParentNode, worksheet: string, keeping: Keeping): void {
  for (const room of root.querySelectorAll<HTMLElement>("[data-from]")) offer(room, worksheet, keeping);
}

function offer(room: HTMLElement, worksheet: string, keeping: Keeping): void {
  const template = templateOf("site--worksheet")!;
  const [from, fieldId] = room.dataset.from!.split("#") as [string, string];
  const source = from || worksheet;
  const copy = fill(wordsIn(template, "source")!, { title: room.dataset.fromTitle });
  const box = copy.querySelector("details")!;
  const place = box.querySelector<HTMLElement>("[data-pieces]")!;
  const field = room.closest(".table-frame") ?? room;
  const reminder = field.nextElementSibling;
  (reminder?.classList.contains("answer-reminder") ? reminder : field).after(box);
  box.addEventListener("toggle", () => {
    if (box.open) void show();
  });

  async function show(): Promise<void> {
    const form = await loadForm(source);
    const field = form && fieldsOf(form).find(({ id }) => id === fieldId);
    const { all, of } = keeping.store;
    const pieces = field ? piecesOf(source, field, all.keys(), of) : [];
    if (!pieces.length) return place.replaceChildren(fill(wordsIn(template, "source-empty")!));
    const own = await loadForm(worksheet);
    const target = own && fieldsOf(own).find(({ id }) => id === room.dataset.field);
    place.replaceChildren(
      ...(target?.type === "table" ? [ofTable(own!, target, pieces)] : pieces.map(ofText)),
    );
  }

  /** Each piece with a button of its own. */
  function ofText({ label, text }: Piece): DocumentFragment {
    const piece = fill(wordsIn(template, "source-piece")!, { label, text });
    const name = nameOf(worksheet, room.dataset.field!);
    piece.querySelector("button")!.addEventListener("click", () => {
      const control = room.querySelector<HTMLInputElement | HTMLTextAreaElement>("textarea, input")!;
      keeping.change(name, joined(control.value, text, room.dataset.type!));
      control.focus();
    });
    return piece;
  }

  /** All pieces, and one button: each column takes those of the column that stands where it does, from the top. */
  function ofTable(form: WorksheetForm, table: TableField, pieces: readonly Piece[]): DocumentFragment {
    const list = fill(wordsIn(template, "source-table")!);
    const items = pieces.map(({ label, text }) => fill(wordsIn(template, "source-line")!, { label, text }));
    list.querySelector("ul")!.append(...items);
    list.querySelector("button")!.addEventListener("click", () => {
      take(form.id, table, pieces);
      room.querySelector<HTMLElement>("textarea, input")?.focus();
    });
    return list;
  }

  function take(id: string, table: TableField, pieces: readonly Piece[]): void {
    const from = [...new Set(pieces.map(({ column }) => column))].sort((a, b) => (a ?? 0) - (b ?? 0));
    const row = table.rows.at(-1) ?? [];
    const columns = row.flatMap((cell, at) => (isInWords(cell) ? [at] : []));
    for (const [index, column] of columns.entries()) {
      const texts = pieces.filter((piece) => piece.column === from[index]).map(({ text }) => text);
      const names = Array.from({ length: table.most ?? table.rows.length }, (_, at) =>
        nameOf(id, nameOfCell(table.id, at + 1, column + 1, "long")),
      );
      const known = new Set(names.map((name) => keeping.store.of(name)));
      const empty = names.filter((name) => !keeping.store.of(name));
      for (const text of texts) {
        if (known.has(text)) continue;
        const name = empty.shift();
        if (name) keeping.change(name, text);
        // What finds no row of its own stands with the last.
        else keeping.change(names.at(-1)!, `${keeping.store.of(names.at(-1)!)}\n${text}`);
      }
    }
  }
}
