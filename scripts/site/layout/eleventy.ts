/** The part of Eleventy's configuration interface that this project uses; Eleventy 3 ships no types. */
export interface EleventyConfig {
  addPlugin<Options>(
    plugin: (eleventy: EleventyConfig, options: Options) => void | Promise<void>,
    options: Options,
  ): void;
  addTemplate(virtualPath: string, content: string, data: Record<string, unknown>): void;
  addGlobalData(name: string, value: unknown): void;
  // biome-ignore lint/suspicious/noExplicitAny: a filter takes what its template gives it
  addFilter(name: string, filter: (this: FilterContext, ...values: any[]) => unknown): void;
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

export interface FilterContext {
  /** Of Liquid: what the page's data has by a name. */
  context: LiquidContext;
  page: { url: string; outputPath: string };
}

/** The part of LiquidJS that a tag of our own needs. */
export interface LiquidEngine {
  parser: { parseStream(remaining: unknown): LiquidStream };
  renderer: { renderTemplates(templates: unknown[], context: LiquidContext): unknown };
  parse(text: string): unknown[];
  render(...args: unknown[]): Promise<unknown>;
  renderSync(...args: unknown[]): unknown;
}

interface LiquidStream {
  on(event: "template", listener: (template: unknown) => void): void;
  on(event: string, listener: () => void): void;
  start(): void;
  stop(): void;
}

export interface LiquidContext {
  get(path: string[]): unknown;
}

export interface LiquidTag {
  parse(this: OnceState, token: { args: string; file?: string; begin: number }, remaining: unknown): void;
  render(this: OnceState, context: LiquidContext): Generator<unknown, string | undefined>;
}

interface OnceState {
  /** Where in the layouts it stands. */
  place: string;
  value: unknown[];
  templates: unknown[];
}
