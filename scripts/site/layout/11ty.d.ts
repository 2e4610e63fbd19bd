/** Eleventy 3 ships no types; this is what the project uses of it. */
declare module "@11ty/eleventy" {
  import type { EleventyConfig } from "./eleventy.ts";

  export default class Eleventy {
    constructor(
      input: string,
      output: string,
      options: { configPath?: string; quietMode?: boolean; config?: (config: EleventyConfig) => void },
    );
    disableLogger(): void;
    write(): Promise<unknown>;
    toJSON(): Promise<{ url: string; inputPath: string; content: string }[]>;
  }
}
