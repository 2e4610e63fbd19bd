/** What is folded opens for a link to a place in it. Today's browsers do that by themselves; Safari 15 and Firefox 115 do not. */
export function openFolds(): void {
  open();
  addEventListener("hashchange", open);
  // The page may not have come to its end yet, and with it to the place that its address names.
  addEventListener("load", open);
}

function open(): void {
  const target = document.querySelector(":target");
  let fold = target?.closest<HTMLDetailsElement>("details:not([open])");
  if (!fold) return;
  for (; fold; fold = target!.closest<HTMLDetailsElement>("details:not([open])")) fold.open = true;
  target!.scrollIntoView();
}
