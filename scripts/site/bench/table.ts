/** What was measured, as tables: Markdown that can be read in a terminal too. */
import type { Comparison } from "./compare.ts";
import type { Cost } from "./measure.ts";
import type { Paid, ReaderCost } from "./reader.ts";
import type { SaveCost } from "./saves.ts";

/** The tables of a bench, and what grows how. */
export function comparisonTables(all: Comparison[]): string {
  return [costTable(all), stageTable(all), weightTable(all), growthLines(all).join("\n")]
    .filter(Boolean)
    .join("\n\n");
}

function costTable(all: Comparison[]): string {
  return table([
    ["", "this build, wall (CPU), memory", "floor, wall (CPU), memory", "ratio, wall"],
    ...all.map((one) => [
      `${sizeOf(one)}, ${one.runs === 1 ? "one run" : `${one.runs} runs`}`,
      costText(one.build),
      costText(one.floor),
      ratio(one.build.wallMs, one.floor.wallMs),
    ]),
  ]);
}

function stageTable(all: Comparison[]): string {
  const names = [...new Set(all.flatMap((one) => Object.keys(one.stages)))];
  return table([
    ["of this build", ...names],
    ...all.map((one) => {
      const sum = Object.values(one.stages).reduce((a, b) => a + b, 0);
      return [sizeOf(one), ...names.map((name) => `${Math.round((100 * (one.stages[name] ?? 0)) / sum)} %`)];
    }),
  ]);
}

function weightTable(all: Comparison[]): string {
  return table([
    ["", "a section's page (gzip)", "the site"],
    ...all.map((one) => [
      sizeOf(one),
      `${byteText(one.weight.page)} (${byteText(one.weight.pageGzipped)})`,
      byteText(one.weight.site),
    ]),
  ]);
}

/** How much more each larger course costs, and one module than many. */
function growthLines(all: Comparison[]): string[] {
  const divided = all.filter((one) => !one.isOneModule).sort((a, b) => a.sections - b.sections);
  const grown = divided.slice(1).map((large, index) => {
    const small = divided[index]!;
    return `From ${number(small.sections)} to ${number(large.sections)} sections: ${growthText(small, large)}.`;
  });
  const inOne = all.flatMap((one) => {
    const many = divided.find((other) => other.sections === one.sections);
    if (!one.isOneModule || !many) return [];
    return `${number(one.sections)} sections in one module, against ${number(many.modules)}: ${growthText(many, one)}.`;
  });
  return [...grown, ...inOne];
}

function growthText(small: Comparison, large: Comparison): string {
  const memory = [large, small].map((one) => one.build.peakBytes) as [number?, number?];
  return [
    `${ratio(large.build.wallMs, small.build.wallMs)} times the time (the floor ${ratio(large.floor.wallMs, small.floor.wallMs)})`,
    ...(memory[0] && memory[1] ? [`${ratio(memory[0], memory[1])} times the memory`] : []),
    `${ratio(large.weight.page, small.weight.page)} times the bytes of a page`,
    `${ratio(large.weight.site, small.weight.site)} times those of the site`,
  ].join(", ");
}

/** What a reader pays, of one site or several. */
export function readerTable(all: ReaderCost[]): string {
  return table([
    ["slow 4G, a processor 4 times slower", "requests", "over the line", "time"],
    ...all.flatMap((one) => [
      [`${sizeOf(one)}: the text of ${one.section}`, ...paidCells(one.text)],
      [`from the / key to the first result for “${one.query}”`, ...paidCells(one.search)],
    ]),
  ]);
}

/** What a save costs, of one course or several. */
export function saveTable(all: SaveCost[]): string {
  return table([
    ["npm start", "until the first page", "a word more", "another title"],
    ...all.map((one) => [
      `${sizeOf(one)}, ${one.saves} ${one.saves === 1 ? "save" : "saves"} of each`,
      `${seconds(one.startMs)} s`,
      `${(one.textMs / 1000).toFixed(2)} s`,
      `${(one.titleMs / 1000).toFixed(2)} s`,
    ]),
  ]);
}

const paidCells = ({ requests, bytes, ms }: Paid): string[] => [
  number(requests),
  byteText(bytes),
  `${seconds(ms)} s`,
];

const sizeOf = ({ sections, modules }: Pick<Comparison, "sections" | "modules">): string =>
  `${number(sections)} sections, ${modules === 1 ? "one module" : `${number(modules)} modules`}`;

function costText({ wallMs, cpuMs, peakBytes }: Cost): string {
  const cpu = cpuMs === undefined ? "" : ` (${seconds(cpuMs)})`;
  return `${seconds(wallMs)} s${cpu}, ${peakBytes === undefined ? "memory not measured" : memoryText(peakBytes)}`;
}

/** Rows of cells, the first the head. */
export function table(rows: string[][]): string {
  const widths = rows[0]!.map((_, column) => Math.max(3, ...rows.map((row) => row[column]!.length)));
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const rule = `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`;
  return [line(rows[0]!), rule, ...rows.slice(1).map(line)].join("\n");
}

const number = (value: number): string => value.toLocaleString("en");
const ratio = (a: number, b: number): string => (a / b).toFixed(1);

/** `5.2`, and from a hundred on `248`. */
export const seconds = (ms: number): string => (ms / 1000).toFixed(ms < 99_950 ? 1 : 0);

/** `440 MiB`, `2.9 GiB`. */
export const memoryText = (bytes: number): string =>
  bytes < 2 ** 30 ? `${Math.round(bytes / 2 ** 20)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`;

/** `14.2 kB`, `170 kB`, `2.9 MB`: thousands, as in what networks carry. */
export function byteText(bytes: number): string {
  const [value, unit] = bytes < 999_500 ? [bytes / 1000, "kB"] : [bytes / 1e6, "MB"];
  return `${value.toFixed(value < 99.95 ? 1 : 0)} ${unit}`;
}
