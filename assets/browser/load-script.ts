/** Runs a script of this site. Rejects where it cannot be loaded; a later call asks for it again. */
export function loadScript(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${address} did not load`));
    document.head.append(script);
  });
}

/** Adds a style sheet of this site; resolves when it is there, and when it cannot be had: all works without. */
export function loadStyle(address: string): Promise<void> {
  return new Promise((resolve) => {
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = address;
    style.onload = style.onerror = () => resolve();
    document.head.append(style);
  });
}
