/** A button that prints: there only where scripts are, for without them a browser's menu does it. */
import { fill } from "./templates.ts";

const template = document.querySelector<HTMLTemplateElement>("template[data-print-button]")!;
const copy = fill(template);
copy.querySelector("button")!.addEventListener("click", () => print());
template.replaceWith(copy);
