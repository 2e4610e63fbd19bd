/** Paths of the machine: whether one lies in another, and how a person who ran a command knows them. */
import path from "node:path";

/** Whether `child` is `parent` or lies below it; both absolute. */
export function isInside(parent: string, child: string): boolean {
  const relative = path.relative(parent, child);
  return (
    relative === "" ||
    (!relative.startsWith(`..${path.sep}`) && relative !== ".." && !path.isAbsolute(relative))
  );
}

/** An absolute path as the author knows it: from the working directory, with `/`. */
export function shownPath(absolute: string): string {
  return (path.relative(process.cwd(), absolute) || ".").split(path.sep).join("/");
}
