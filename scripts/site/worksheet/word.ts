/**
 * Worksheets as a Word document: each prompt under its heading, each answer in a box of its own or in its table. The
 * build makes blank ones; in a browser, where this file runs too, they hold what is written there.
 */
import {
  BorderStyle,
  CheckBox,
  Document,
  HeadingLevel,
  type ISectionOptions,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
} from "docx";
import {
  type Block,
  type Cell,
  chosenIn,
  type Field,
  fieldsOf,
  HEAD,
  nameOf,
  nameOfCell,
  type Recall,
  rowsOf,
  textOf,
  type WorksheetForm,
} from "./form.ts";

export interface WordOptions {
  /** Of the document. */
  title: string;
  /** As in `en` or `pt-BR`. */
  language: string;
  /** The site's words for a reader's own line. */
  words: Record<keyof typeof HEAD, string>;
  /** What a reader wrote, and all names of it; a blank worksheet has none. */
  recall?: Recall;
  names?: Iterable<string>;
  /** Without the answers that are the reader's own, for somebody else. */
  isHandedOver?: boolean;
}

type Child = Paragraph | Table;

const nothing: Recall = () => "";

export function wordDocument(forms: readonly WorksheetForm[], options: WordOptions): Document {
  return new Document({
    title: options.title,
    creator: options.recall?.(nameOf("", HEAD.name)) || options.title,
    description: "",
    features: { updateFields: false },
    styles: {
      default: {
        document: {
          run: { font: "Calibri", size: 22, language: { value: wordLanguage(options.language) } },
          paragraph: { spacing: { after: 120 } },
        },
      },
      paragraphStyles: [
        {
          id: ANSWER,
          name: "Answer",
          basedOn: "Normal",
          quickFormat: true,
          paragraph: { border: boxed(), spacing: { after: 0, line: 300 }, indent: { left: 80, right: 80 } },
        },
      ],
    },
    sections: forms.map((form) => sectionOf(form, options)),
  });
}

const ANSWER = "Answer";

const LINE = { style: BorderStyle.SINGLE, size: 4, color: "7A7A7A", space: 4 };
const boxed = () => ({ top: LINE, bottom: LINE, left: LINE, right: LINE });

/** Word wants a country with a language; of English the one with these libraries. */
const wordLanguage = (language: string): string => (language === "en" ? "en-US" : language);

/** Twentieths of a point: Letter where it is used, A4 elsewhere. */
const paperOf = (language: string) =>
  /^en(?:-US|-CA)?$/.test(language) ? { width: 12_240, height: 15_840 } : { width: 11_906, height: 16_838 };

function sectionOf(form: WorksheetForm, options: WordOptions): ISectionOptions {
  const isWide = fieldsOf(form).some((field) => field.type === "table" && field.isWide);
  const orientation = isWide ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT;
  const { recall = nothing, words } = options;
  const head = (Object.keys(HEAD) as (keyof typeof HEAD)[]).map((key) => {
    const text = recall(nameOf(key === "date" ? form.id : "", HEAD[key]));
    return `${words[key]}: ${text || "____________________"}`;
  });
  const children: Child[] = [
    heading(1, form.title),
    new Paragraph({ children: runs(head.join("   ")), spacing: { after: 240 } }),
  ];
  for (const part of form.parts) {
    if (part.title) children.push(heading(2, part.title));
    for (const block of part.blocks) children.push(...childrenOf(block, form, options));
  }
  return {
    properties: { page: { size: { ...paperOf(options.language), orientation }, margin: MARGIN } },
    children,
  };
}

const MARGIN = { top: 1_000, bottom: 1_000, left: 1_000, right: 1_000 };

const LEVELS = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
  HeadingLevel.HEADING_6,
];

const heading = (level: number, text: string): Paragraph =>
  new Paragraph({ heading: LEVELS[level - 1]!, children: runs(text), keepNext: true });

function childrenOf(block: Block, form: WorksheetForm, options: WordOptions): Child[] {
  if (block.kind === "heading") return [heading(block.level, block.text)];
  if (block.kind === "text") return paragraphs(block.text, {});
  const { field } = block;
  if (options.isHandedOver && field.isPrivate) return [];
  return [
    ...labelOf(field, form),
    ...answerOf(field, form, options),
    new Paragraph({ spacing: { after: 60 } }),
  ];
}

/** A question in words of its own; what only stands under a heading has the heading for its label. */
function labelOf(field: Field, form: WorksheetForm): Child[] {
  const isSaid = form.parts.some(
    ({ title, blocks }) =>
      title === field.label || blocks.some((block) => block.kind !== "field" && block.text === field.label),
  );
  if (isSaid) return [];
  return [new Paragraph({ children: runs(field.label), keepNext: true })];
}

function answerOf(field: Field, form: WorksheetForm, { recall = nothing, names = [] }: WordOptions): Child[] {
  const kept = recall(nameOf(form.id, field.id));
  switch (field.type) {
    case "table":
      return [tableOf(field, rowsOf(form.id, field, names), form.id, recall)];
    case "one":
    case "any": {
      const chosen = new Set(chosenIn(field, kept));
      return field.choices.map((choice) => checkLine(choice.label, chosen.has(choice)));
    }
    case "scale": {
      const steps = Array.from({ length: field.steps }, (_, index) => `${index + 1}`);
      return steps.map((step, index) => {
        const end = index === 0 ? field.low : index === steps.length - 1 ? field.high : "";
        return checkLine(end ? `${step} – ${end}` : step, kept === step);
      });
    }
    default: {
      const text = textOf(field, kept);
      const lines = text ? [] : Array.from({ length: field.rows }, () => "");
      return paragraphs(text || lines.join("\n"), { style: ANSWER });
    }
  }
}

const checkLine = (label: string, isChecked: boolean): Paragraph =>
  new Paragraph({
    children: [new CheckBox({ checked: isChecked, alias: label.slice(0, 60) }), ...runs(` ${label}`)],
    spacing: { after: 40 },
  });

function tableOf(
  table: Field & { type: "table" },
  rows: readonly Cell[][],
  worksheet: string,
  recall: Recall,
): Table {
  const width = Math.max(table.heads.length, ...rows.map((row) => row.length), 1);
  const cell = (children: Paragraph[]) =>
    new TableCell({ children, margins: { top: 60, bottom: 60, left: 100, right: 100 } });
  const head = Array.from({ length: width }, (_, column) => table.heads[column] ?? "");
  const headRow = new TableRow({
    tableHeader: true,
    children: head.map((text) => cell([new Paragraph({ children: runs(text, true) })])),
  });
  const body = rows.map(
    (cells, row) =>
      new TableRow({
        cantSplit: true,
        height: { value: 560, rule: "atLeast" },
        children: Array.from({ length: width }, (_, column) => {
          const what = cells[column] ?? "";
          if (typeof what === "string") return cell(paragraphs(what, {}));
          const kept = recall(nameOf(worksheet, nameOfCell(table.id, row + 1, column + 1, what.type)));
          if (what.type !== "one" && what.type !== "any") return cell(paragraphs(kept, {}));
          const alias = [table.heads[column]].join("").slice(0, 60);
          return cell([
            new Paragraph({ children: [new CheckBox({ checked: kept === `${column + 1}`, alias })] }),
          ]);
        }),
      }),
  );
  return new Table({
    width: { size: 100, type: WidthType.PERCENTAGE },
    rows: table.heads.some(Boolean) ? [headRow, ...body] : body,
  });
}

/** Each line a paragraph; one written from right to left is set so. */
const paragraphs = (text: string, options: { style?: string }): Paragraph[] =>
  text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => new Paragraph({ ...options, ...(isRightToLeft(line) && RTL), children: runs(line) }));

const RTL = { bidirectional: true };

/** None for an empty line: what says nothing need not be written, and a document has many lines to write on. */
function runs(text: string, bold?: true): TextRun[] {
  if (!text) return [];
  return [
    new TextRun({
      text: clean(text),
      ...(isRightToLeft(text) && { rightToLeft: true }),
      ...(bold && { bold }),
    }),
  ];
}

const isRightToLeft = (text: string): boolean =>
  /^[^\p{L}]*[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u.test(text);

/** What XML cannot hold, Word could not open. */
const clean = (text: string): string =>
  text.replace(/[^\t\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
