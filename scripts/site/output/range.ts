/** Parts of files, as a player asks for them that seeks in a film; for servers and for the worker that stands in for one. */

/**
 * The one range of bytes that a Range header asks for (RFC 9110, section 14.2); "none" where the file ends before it.
 * Undefined where it asks for the whole, or in a way we need not know.
 */
export function readRange(
  header: string | null | undefined,
  size: number,
): { start: number; end: number } | "none" | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!match) return undefined;
  const [first, last] = [match[1]!, match[2]!];
  if (!first && !last) return undefined;
  const start = first ? Number(first) : Math.max(size - Number(last), 0);
  const end = first && last ? Math.min(Number(last), size - 1) : size - 1;
  if (first && last && Number(last) < Number(first)) return undefined;
  return start < size && start <= end ? { start, end } : "none";
}
