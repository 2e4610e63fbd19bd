/** For the processes of a preview: none outlives the server, however that one ends. */

/** Ends this process with the one that started it, and with nothing else. */
export function endWithServer(): void {
  process.on("disconnect", () => process.exit(1));
  // It may have ended while this one was being loaded.
  if (!process.connected) process.exit(1);
  // A terminal sends these to all of its processes; the server ends this one when it ends itself.
  for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => {});
}
