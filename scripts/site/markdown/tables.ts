/**
 * Pipe tables of all the shapes that kramdown knows.
 *
 *   | Term | Week |        the head, if a line of dashes follows it
 *   |------|-----:|        the first such line: how the columns are aligned
 *   | Plan |  1   |
 *   |------|------|        a further one begins another body
 *   | Do   |  2   |
 *   |======|======|        what follows is the foot
 *   | Sum  |  3   |
 *
 * Any text after an empty line that has a pipe in each of its lines is a table, also without a line of dashes. Beyond
 * kramdown, which leaves the pipes on the page there, a table with a head may stand right under a line of text, right
 * above one, and without rows.
 */
import type { StateBlock } from "markdown-it";
import { afterBoundary, beforeBoundary, lineOf } from "./block-lines.ts";
import { type DialectEnv, envOf } from "./environment.ts";
import type { BlockRule } from "./rule-types.ts";

const SEPARATOR = /^[+|: \t-]*-[+|: \t-]*$/;
const FOOT_SEPARATOR = /^[+|: \t=]*=[+|: \t=]*$/;
const ALIGNMENT = /[ \t]?(:?)-+(:?)[ \t]?/g;

type Kind = "thead" | "tbody" | "tfoot";
interface Row {
  line: number;
  cells: string[];
}
interface Table {
  groups: { kind: Kind; rows: Row[] }[];
  alignment: (string | undefined)[];
  columns: number;
  endLine: number;
}

/** By state, the line that ended a failed attempt: every attempt that begins before it fails too. */
const failedUntil = new WeakMap<StateBlock, number>();

export function pipeTable(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const hasHead = isHead(state, startLine, endLine);
  if (!hasHead && !afterBoundary(state, startLine)) return false;
  if (!/^ {0,3}\S/.test(lineOf(state, startLine)) || !hasPipe(lineOf(state, startLine))) return false;
  if (!hasHead && (failedUntil.get(state) ?? -1) > startLine) return false;
  if (silent) return true;
  const table = readTable(state, startLine, endLine);
  const fails =
    !table.groups.some((group) => group.kind === "tbody" || (hasHead && group.kind === "thead")) ||
    (!hasHead && !beforeBoundary(state, table.endLine, endLine));
  if (fails) {
    failedUntil.set(state, table.endLine);
    return false;
  }
  pushTable(state, table, startLine);
  state.line = table.endLine;
  return true;
}

/** What looks like a fence or a tag is no cell. */
const OTHER_BLOCK = /^ {0,3}(?:`{3}|~{3}|<)/;

/** Takes nothing, but ends a paragraph: a line of text right above it does not hold a table back. */
export const tableInText: BlockRule = (state, startLine, endLine, silent) =>
  silent && isHead(state, startLine, endLine) && !OTHER_BLOCK.test(lineOf(state, startLine));

/** A row of cells and a line of dashes and pipes under it, which nobody writes by chance. */
function isHead(state: StateBlock, line: number, endLine: number): boolean {
  if (line + 1 >= endLine) return false;
  const separator = lineOf(state, line + 1);
  if (!separator.includes("|") || !SEPARATOR.test(separator.trim()) || !/^ {0,3}\S/.test(separator))
    return false;
  const text = lineOf(state, line);
  return /^ {0,3}\S/.test(text) && hasPipe(text) && !SEPARATOR.test(text.trim());
}

/** A pipe that is neither escaped nor in code. */
const hasPipe = (text: string): boolean => text.includes("|") && splitCells(text).length > 1;

function readTable(state: StateBlock, startLine: number, endLine: number): Table {
  const table: Table = { groups: [], alignment: [], columns: 0, endLine: startLine };
  const isPiped = /^\s*\|/.test(lineOf(state, startLine));
  let rows: Row[] = [];
  let hasFoot = false;
  const close = (kind: Kind) => {
    if (rows.length) table.groups.push({ kind, rows });
    rows = [];
  };
  let line = startLine;
  for (; line < endLine && !state.isEmpty(line); line++) {
    const text = lineOf(state, line);
    if (!text.includes("|")) break;
    if (SEPARATOR.test(text)) {
      if (!rows.length) continue;
      if (!table.alignment.length && !hasFoot) {
        close(table.groups.length ? "tbody" : "thead");
        table.alignment = [...text.matchAll(ALIGNMENT)].map(([, left, right]) =>
          left ? (right ? "center" : "left") : right ? "right" : undefined,
        );
      } else if (!hasFoot) {
        close("tbody");
      }
    } else if (FOOT_SEPARATOR.test(text)) {
      close("tbody");
      hasFoot = true;
    } else {
      const cells = splitCells(text);
      if (cells.length < 2) break;
      if (isPiped && cells[0]!.trim() === "") cells.shift();
      if (cells.at(-1)!.trim() === "") cells.pop();
      table.columns = Math.max(table.columns, cells.length);
      rows.push({ line, cells });
    }
  }
  close(hasFoot ? "tfoot" : "tbody");
  table.endLine = line;
  return table;
}

/**
 * The cells of a line; a pipe in code or after a backslash is text. The cells before, between and after the pipes:
 * the outer two are empty where the author closed the line with pipes.
 */
function splitCells(text: string): string[] {
  const cells = [""];
  const code = codeSpans(text);
  let done = 0;
  let span = 0;
  for (let at = text.indexOf("|"); at >= 0; at = text.indexOf("|", at + 1)) {
    while (span < code.length && code[span]!.end <= at) span++;
    if (text[at - 1] === "\\" || (span < code.length && code[span]!.start < at)) continue;
    cells[cells.length - 1] = text.slice(done, at);
    cells.push("");
    done = at + 1;
  }
  cells[cells.length - 1] = text.slice(done);
  return cells.map((cell) => cell.replaceAll("\\|", "|"));
}

const CODE_MARK = /`+|<\/?code\b[^>`]*>/gi;

function codeSpans(text: string): { start: number; end: number }[] {
  const marks = [...text.matchAll(CODE_MARK)];
  const spans: { start: number; end: number }[] = [];
  /** Of each kind of mark, the places where it stands, the last one first. */
  const places = new Map<string, number[]>();
  const kindOf = (mark: string) =>
    mark[0] === "`" ? mark : mark.slice(0, 2) === "</" ? "</code>" : "<code>";
  for (const mark of marks) {
    const kind = kindOf(mark[0]);
    const list = places.get(kind);
    if (list) list.push(mark.index);
    else places.set(kind, [mark.index]);
  }
  for (const list of places.values()) list.reverse();
  let done = 0;
  for (const mark of marks) {
    const kind = kindOf(mark[0]);
    if (mark.index < done || kind === "</code>" || text[mark.index - 1] === "\\") continue;
    const closers = places.get(kind === "<code>" ? "</code>" : kind) ?? [];
    while (closers.length && closers.at(-1)! <= mark.index) closers.pop();
    const close = closers.at(-1);
    if (close === undefined) continue;
    done = close + (kind === "<code>" ? "</code>".length : kind.length);
    spans.push({ start: mark.index, end: done });
  }
  return spans;
}

/** Wider than any table that a page can show. */
const COLUMN_LIMIT = 100;

/** A table with more cells is none that anybody reads; its short rows are not filled up, which bounds the time. */
const CELL_LIMIT = 5000;

/** Cells that the short rows of all tables of a page may be filled up with. */
const FILL_LIMIT = 20_000;

function mayFill(env: DialectEnv, { groups }: Table, columns: number): boolean {
  const rows = groups.flatMap((group) => group.rows);
  const missing = rows.reduce((sum, { cells }) => sum + Math.max(0, columns - cells.length), 0);
  if (env.filledCells + missing > FILL_LIMIT) return false;
  env.filledCells += missing;
  return true;
}

function pushTable(state: StateBlock, table: Table, startLine: number): void {
  state.push("table_open", "table", 1).map = [startLine, table.endLine];
  const columns = Math.min(table.columns, COLUMN_LIMIT);
  const isFilled =
    columns * (table.endLine - startLine) <= CELL_LIMIT && mayFill(envOf(state), table, columns);
  for (const { kind, rows } of table.groups) {
    state.push(`${kind}_open`, kind, 1).map = [rows[0]!.line, rows.at(-1)!.line + 1];
    const tag = kind === "thead" ? "th" : "td";
    for (const { line, cells } of rows) {
      state.push("tr_open", "tr", 1).map = [line, line + 1];
      // What stands beyond the limit is text of the last cell: nothing is lost.
      if (cells.length > columns) cells.push(cells.splice(columns - 1).join(" | "));
      for (let column = 0; column < (isFilled ? columns : cells.length); column++) {
        const open = state.push(`${tag}_open`, tag, 1);
        const align = table.alignment[column];
        if (align) open.attrSet("style", `text-align:${align}`);
        const inline = state.push("inline", "", 0);
        inline.content = cells[column]?.trim() ?? "";
        inline.map = [line, line + 1];
        inline.children = [];
        state.push(`${tag}_close`, tag, -1);
      }
      state.push("tr_close", "tr", -1);
    }
    state.push(`${kind}_close`, kind, -1);
  }
  state.push("table_close", "table", -1);
}
