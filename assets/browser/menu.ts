/** The menu of narrow screens, which opens without a script: closed again by Escape, and by going elsewhere. */
export function closeMenu(): void {
  const menu = document.querySelector<HTMLDetailsElement>("[data-menu]")!;
  const isOutside = ({ target }: Event) => !menu.contains(target as Node);
  for (const event of ["click", "focusin"]) {
    document.addEventListener(event, (one) => {
      if (isOutside(one)) menu.open = false;
    });
  }
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")!.focus();
  });
}
