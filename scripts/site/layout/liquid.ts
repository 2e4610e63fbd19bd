/** How Liquid works here: as Eleventy sets it up, with our filters, a tag for what many pages share, and at once. */
import type { EleventyConfig, LiquidContext, LiquidEngine, LiquidTag, LiquidTagToken } from "./eleventy.ts";
import { type Part, quicken, read } from "./quick-liquid.ts";
import type { SharedParts } from "./shared-parts.ts";

/** @param addFilters adds to the engine itself: Eleventy would measure each call and look for its page. */
export function liquid(eleventy: EleventyConfig, addFilters: (engine: LiquidEngine) => void): void {
  eleventy.setLiquidOptions({
    outputEscape: "escape",
    strictFilters: true,
    ownPropertyOnly: false,
    // A layout's parts are read once, not once a page.
    cache: true,
  });
  eleventy.addLiquidTag("once", (engine) => {
    addFilters(engine);
    quicken(engine);
    engine.render = async (...args) => engine.renderSync(...args);
    return onceTag(engine);
  });
}

/**
 * `{% once module.address %}…{% endonce %}`: rendered for the first page of a folder, and put into all others of that
 * folder for which the value is the same; `{% once %}` for all of a folder; in each language anew. What stands in it
 * must be the same for them: it may not speak of the page. Of one folder, for links are relative.
 */
function onceTag(engine: LiquidEngine): LiquidTag {
  return class OnceTag implements Part {
    readonly name: string;
    readonly token: LiquidTagToken;
    readonly #value: Part[];
    readonly #parts: Part[] = [];

    constructor(token: LiquidTagToken, remaining: unknown) {
      this.name = token.name;
      this.token = token;
      this.#value = engine.parse(token.args.trim() && `{{ ${token.args} | raw }}`);
      const stream = engine.parser.parseStream(remaining);
      stream.on("template", (part) => this.#parts.push(part));
      stream.on("tag:endonce", () => stream.stop());
      stream.on("end", () => {
        throw new Error("a {% once %} has no {% endonce %}");
      });
      stream.start();
    }

    render(context: LiquidContext): string {
      // Asked of the page: Eleventy keeps a layout for the next site that the same process builds.
      const sharedParts = read(context, "sharedParts") as SharedParts;
      const parts = sharedParts.beside(read(context, "address") as string);
      const { file, begin } = this.token;
      const key = `${file}:${begin} ${read(context, "language")} ${engine.renderer.renderTemplates(this.#value, context)}`;
      let html = parts.get(key);
      if (html === undefined) {
        html = engine.renderer.renderTemplates(this.#parts, context) as string;
        parts.set(key, html);
      }
      return html;
    }
  };
}
