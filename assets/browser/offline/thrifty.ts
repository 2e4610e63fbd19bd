/** Whether a reader pays for what is fetched, or waits long for it: then nothing is fetched that was not asked for. */
export function isThrifty(): boolean {
  const { saveData, effectiveType } =
    (navigator as { connection?: { saveData?: boolean; effectiveType?: string } }).connection ?? {};
  return !!saveData || /2g/.test(effectiveType ?? "");
}
