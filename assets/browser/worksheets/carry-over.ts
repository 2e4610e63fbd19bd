/** Answers of another worksheet, each taken by a button; loaded when a reader opens what sources.ts offers. */
import {
  fieldsOf,
  isInWords,
  nameOf,
  nameOfCell,
  type Piece,
  piecesOf,
  type TableField,
} from "../../../scripts/site/worksheet/form.ts";
import { fill, templateOf, wordsIn } from "../templates.ts";
import { loadForm } from "./forms.ts";
import type { Offer } from "./sources.ts";

/** What is taken stands after what is written already; a number or a date in its place. */
function joined(written: string, taken: string, type: string): string {
  if (type === "long") return [written, taken].filter(Boolean).join("\n");
  if (type !== "short") return taken;
  return [written, taken.replace(/\s*\n\s*/g, " ")].filter(Boolean).join(" ");
}

/** Shows them in their place below the field. */
export async function showPieces({ room, source, worksheet, place, keeping }: Offer): Promise<void> {
  const template = templateOf("site--worksheet")!;
  const [form, own] = await Promise.all([loadForm(source.worksheet), loadForm(worksheet)]);
  if (!form || !own) throw new Error(`${source.worksheet} or ${worksheet} did not load`);
  const field = fieldsOf(form).find(({ id }) => id === source.field);
  const { all, of } = keeping.store;
  const pieces = field ? piecesOf(source.worksheet, field, all.keys(), of) : [];
  if (!pieces.length) return place.replaceChildren(fill(wordsIn(template, "source-empty")!));
  const target = fieldsOf(own).find(({ id }) => id === room.dataset.field);
  place.replaceChildren(...(target?.type === "table" ? [ofTable(target)] : pieces.map(ofText)));

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
  function ofTable(table: TableField): DocumentFragment {
    const list = fill(wordsIn(template, "source-table")!);
    const items = pieces.map(({ label, text }) => fill(wordsIn(template, "source-line")!, { label, text }));
    list.querySelector("ul")!.append(...items);
    list.querySelector("button")!.addEventListener("click", () => {
      take(table);
      room.querySelector<HTMLElement>("textarea, input")?.focus();
    });
    return list;
  }

  function take(table: TableField): void {
    const from = [...new Set(pieces.map(({ column }) => column))].sort((a, b) => (a ?? 0) - (b ?? 0));
    const row = table.rows.at(-1) ?? [];
    const columns = row.flatMap((cell, at) => (isInWords(cell) ? [at] : []));
    for (const [index, column] of columns.entries()) {
      const texts = pieces.filter((piece) => piece.column === from[index]).map(({ text }) => text);
      const names = Array.from({ length: table.most ?? table.rows.length }, (_, at) =>
        nameOf(worksheet, nameOfCell(table.id, at + 1, column + 1, "long")),
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

window.siteCarryOver = showPieces;
