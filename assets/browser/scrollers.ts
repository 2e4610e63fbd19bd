/** What may scroll sideways can have the focus, for the arrow keys; what does not scroll has no use for it. */
export function focusScrollersOnly(): void {
  const scrollers = document.querySelectorAll<HTMLElement>(".section-body [tabindex='0']");
  const observer = new ResizeObserver((changes) => {
    for (const { target } of changes) {
      const box = target as HTMLElement;
      box.tabIndex = box.scrollWidth > box.clientWidth ? 0 : -1;
    }
  });
  for (const box of scrollers) observer.observe(box);
}
