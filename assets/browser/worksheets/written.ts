/** What was written, to be read: the answers of a worksheet under their questions. Texts only; nothing of it is HTML. */
import {
  type Cell,
  type Field,
  nameOf,
  nameOfCell,
  piecesOf,
  rowsOf,
  type TableField,
  textOf,
  type WorksheetForm,
} from "../../../scripts/site/worksheet/form.ts";
import { fill } from "../templates.ts";
import type { Answer, AnswerStore } from "./answers.ts";

export function showAnswers(
  form: WorksheetForm,
  store: AnswerStore,
  privateMark: () => Node,
): DocumentFragment {
  const shown = document.createDocumentFragment();
  for (const { title, blocks } of form.parts) {
    let heading = title;
    for (const block of blocks) {
      if (block.kind === "heading") heading = block.text;
      if (block.kind !== "field") continue;
      const { field } = block;
      const answer = answerTo(form.id, field, store);
      if (!answer) continue;
      const box = make("div", "workbook-answer");
      const question = make("p", "workbook-question");
      question.append(
        [heading, field.label].filter((text, at, all) => text && all.indexOf(text) === at).join(" – "),
      );
      if (field.isPrivate) {
        box.dataset.private = "";
        question.append(" ", privateMark());
      }
      box.append(question, answer);
      shown.append(box);
    }
  }
  return shown;
}

function answerTo(worksheet: string, field: Field, store: AnswerStore): HTMLElement | undefined {
  if (field.type === "table") {
    const isEmpty = !piecesOf(worksheet, field, store.all.keys(), store.of).length;
    return isEmpty ? undefined : tableOf(worksheet, field, store);
  }
  const text = textOf(field, store.of(nameOf(worksheet, field.id)));
  return text ? make("div", "answer-text", text) : undefined;
}

function tableOf(worksheet: string, table: TableField, store: AnswerStore): HTMLElement {
  const element = document.createElement("table");
  if (table.heads.some(Boolean)) {
    const head = element.createTHead().insertRow();
    for (const text of table.heads) {
      const cell = make(text ? "th" : "td", "", text);
      if (text) cell.setAttribute("scope", "col");
      head.append(cell);
    }
  }
  const body = element.createTBody();
  for (const [row, cells] of rowsOf(worksheet, table, store.all.keys()).entries()) {
    const line = body.insertRow();
    for (const [column, cell] of cells.entries()) line.append(cellOf(cell, row + 1, column + 1));
  }
  const frame = make("div", "table-frame");
  frame.tabIndex = 0;
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", table.label);
  frame.append(element);
  return frame;

  function cellOf(cell: Cell, row: number, column: number): HTMLElement {
    if (typeof cell === "string") return make("td", "", cell);
    const text = store.of(nameOf(worksheet, nameOfCell(table.id, row, column, cell.type)));
    if (cell.type !== "one" && cell.type !== "any") return make("td", "answer-text", text);
    return make("td", "answer-tick", text === `${column}` ? "X" : "");
  }
}

/** Answers to what no worksheet asks any more, by the worksheet that did. */
export function showEarlier(
  answers: readonly (readonly [string, Answer])[],
  entry: HTMLTemplateElement,
): DocumentFragment {
  const shown = document.createDocumentFragment();
  for (const [name, { text, question, worksheet }] of answers) {
    const at = name.replace(/#.*$/s, "");
    shown.append(
      fill(entry, {
        worksheet: `${worksheet || at}:`,
        question: question || name.slice(at.length + 1),
        text,
      }),
    );
  }
  return shown;
}

function make(name: string, className: string, text = ""): HTMLElement {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}
