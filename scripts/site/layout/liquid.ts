/** How Liquid works here: as Eleventy sets it up, with a tag for what many pages share, and without waiting. */
import type { EleventyConfig, LiquidContext, LiquidEngine, LiquidTag } from "./eleventy.ts";
import type { SharedParts } from "./shared-parts.ts";

export function liquid(eleventy: EleventyConfig): void {
  eleventy.setLiquidOptions({
    outputEscape: "escape",
    strictFilters: true,
    ownPropertyOnly: false,
    // A layout's parts are read once, not once a page.
    cache: true,
  });
  eleventy.addLiquidTag("once", (engine) => {
    // Layouts wait for nothing: no filter and no tag of ours answers later. With a promise for each of its steps, Liquid
    // takes three times as long.
    engine.render = async (...args) => engine.renderSync(...args);
    return onceTag(engine);
  });
}

/**
 * `{% once module.address %}…{% endonce %}`: rendered for the first page of a folder, and put into all others of that
 * folder for which the value is the same; `{% once %}` for all of a folder; in each language anew. What stands in it must be the same for them:
 * it may not speak of the page. Of one folder, for links are relative.
 */
function onceTag(engine: LiquidEngine): LiquidTag {
  return {
    parse(token, remaining) {
      this.place = `${token.file}:${token.begin}`;
      this.value = engine.parse(token.args.trim() && `{{ ${token.args} | raw }}`);
      this.templates = [];
      const stream = engine.parser.parseStream(remaining);
      stream.on("template", (template) => this.templates.push(template));
      stream.on("tag:endonce", () => stream.stop());
      stream.on("end", () => {
        throw new Error("a {% once %} has no {% endonce %}");
      });
      stream.start();
    },
    *render(context: LiquidContext) {
      // Asked of the page: Eleventy keeps a layout for the next site that the same process builds.
      const sharedParts = context.get(["sharedParts"]) as SharedParts;
      const parts = sharedParts.beside(String(context.get(["address"])));
      const language = String(context.get(["language"]));
      const key = `${this.place} ${language} ${yield engine.renderer.renderTemplates(this.value, context)}`;
      let html = parts.get(key);
      if (html === undefined) {
        html = (yield engine.renderer.renderTemplates(this.templates, context)) as string;
        parts.set(key, html);
      }
      return html;
    },
  };
}
