/** The part of Eleventy's configuration interface that this project uses; Eleventy 3 ships no types. */
import type { Part } from "./quick-liquid.ts";

export interface EleventyConfig {
  addPlugin<Options>(
    plugin: (eleventy: EleventyConfig, options: Options) => void | Promise<void>,
    options: Options,
  ): void;
  addTemplate(virtualPath: string, content: string, data: Record<string, unknown>): void;
  addGlobalData(name: string, value: unknown): void;
  setLibrary(name: string, library: unknown): void;
  addLiquidTag(name: string, makeTag: (engine: LiquidEngine) => LiquidTag): void;
  setEventEmitterMode(mode: "parallel" | "sequential"): void;
  setUseTemplateCache(isUsed: boolean): void;
  setLiquidOptions(options: Record<string, unknown>): void;
  ignores: Set<string>;
  setDataFileSuffixes(suffixes: string[]): void;
  setDataDeepMerge(isDeep: boolean): void;
  benchmarks: { config: { setIsVerbose(isVerbose: boolean): void } };
  on(
    event: "eleventy.after",
    listener: (event: {
      directories: { output: string };
      results: { url: string; content: string }[];
    }) => void | Promise<void>,
  ): void;
}

/** What a filter has as its `this`. */
export interface FilterContext {
  context: LiquidContext;
}

/** The part of LiquidJS that is used here. */
export interface LiquidEngine {
  parser: { parseStream(remaining: unknown): LiquidStream };
  renderer: { renderTemplates(parts: readonly Part[], context: LiquidContext, out?: LiquidOut): unknown };
  /** The classes of tags, by their names. */
  tags: Record<string, unknown>;
  options: {
    outputEscape?: unknown;
    operators: Record<string, (left: unknown, right: unknown, context: LiquidContext) => unknown>;
  };
  parse(text: string): Part[];
  _parsePartialFile(file: string, isAtOnce: boolean, currentFile?: string): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: a filter takes what its template gives it
  registerFilter(name: string, filter: (this: FilterContext, ...values: any[]) => unknown): void;
  render(...args: unknown[]): Promise<unknown>;
  renderSync(...args: unknown[]): unknown;
}

interface LiquidStream {
  on(event: "template", listener: (part: Part) => void): void;
  on(event: string, listener: () => void): void;
  start(): void;
  stop(): void;
}

/** What a layout knows: its data, and in scopes what its tags have added. */
export interface LiquidContext {
  scopes: Record<string, unknown>[];
  breakCalled: boolean;
  continueCalled: boolean;
  bottom(): Record<string, unknown>;
  findScope(name: string): unknown;
  readProperty(value: unknown, name: string): unknown;
}

export interface LiquidOut {
  buffer: string;
  write(value: unknown): void;
}

export interface LiquidTagToken {
  name: string;
  args: string;
  file?: string;
  begin: number;
}

/** A tag of our own, as LiquidJS makes one for each place where it stands. */
export type LiquidTag = new (token: LiquidTagToken, remaining: unknown) => Part;
