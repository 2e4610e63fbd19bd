/** Questions are choices to read until one is near: what makes a form of them is loaded then. */
import { loadScript } from "./load-script.ts";
import { templateOf } from "./templates.ts";

/** How near, in heights of the screen. */
const NEAR = "100%";

export function loadQuestions(): void {
  const template = templateOf("site--questions");
  if (!template) return;
  const observer = new IntersectionObserver(
    (changes) => {
      if (!changes.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      void loadScript(template.dataset.script!);
    },
    { rootMargin: NEAR },
  );
  for (const question of document.querySelectorAll("[data-question]")) observer.observe(question);
}
