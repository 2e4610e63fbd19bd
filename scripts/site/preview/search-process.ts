/** A whole build, as `npm run build` does it, that ends with the preview that wants it. */
import { endWithServer } from "./end-with-server.ts";

endWithServer();
// Whoever listens for the end of a connection is kept running by it.
process.channel?.unref();

await import("../../build.ts");
