/** Where the program stands: its folder, with a separator at the end. */
import { fileURLToPath } from "node:url";

export const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
