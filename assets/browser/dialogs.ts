/** What opens over a page: search and settings. Loaded when a reader asks for one of them. */
import { DIALOGS } from "./load-dialogs.ts";
import { openSearch, prepareSearch, searchHere } from "./search.ts";
import { openSettings } from "./settings-dialog.ts";

Object.assign(globalThis, { [DIALOGS]: { prepareSearch, openSearch, searchHere, openSettings } });
