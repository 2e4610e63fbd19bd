/** A whole build, as `npm run build` does it, that ends with the preview that wants it. */
process.on("disconnect", () => process.exit(1));
for (const signal of ["SIGINT", "SIGHUP"] as const) process.on(signal, () => {});
// Whoever listens for the end of a connection is kept running by it.
process.channel?.unref();

await import("../../build.ts");
