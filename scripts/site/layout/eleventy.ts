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
  setLiquidOptions(options: Record<string, unknown>): void;
  ignores: Set<string>;
  on(
    event: "eleventy.after",
    listener: (event: {
      directories: { output: string };
      results: { url: string; content: string }[];
    }) => void | Promise<void>,
  ): void;
}

export interface FilterContext {
  page: { url: string; outputPath: string };
}
