/** Loads a style sheet once. Answers when it is there, or cannot be had: what it is for works without it. */
const loaded = new Map<string, Promise<void>>();

export function loadStyle(href: string): Promise<void> {
  const known = loaded.get(href);
  if (known) return known;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  const done = new Promise<void>((resolve) => {
    link.onload = () => resolve();
    link.onerror = () => resolve();
  });
  document.head.append(link);
  loaded.set(href, done);
  return done;
}

/** That of dialogs. */
export const loadDialogStyle = (): Promise<void> => loadStyle(document.body.dataset.dialogStyle!);
