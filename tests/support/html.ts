/** A page's HTML held against the standard. */
import { HtmlValidate, StaticConfigLoader } from "html-validate";

const validator = new HtmlValidate(
  new StaticConfigLoader({
    extends: ["html-validate:recommended"],
    rules: {
      // kramdown's ids of headings may begin with a digit, as HTML allows and old links expect.
      "valid-id": ["error", { relaxed: true }],
      // `open=""`, as a serializer writes it.
      "attribute-boolean-style": "off",
      // Elements that a style sheet sets otherwise on a phone are what they are by their roles.
      "no-redundant-role": "off",
      // The only form is the search field's, which searches at every key.
      "wcag/h32": "off",
    },
  }),
);

/** What is wrong with a page, each with its line. */
export async function faultsOfHtml(html: string, address: string): Promise<string[]> {
  const report = await validator.validateString(html);
  const messages = report.results.flatMap((result) => result.messages);
  return messages.map((one) => `${address}:${one.line}: ${one.message} (${one.ruleId})`);
}
