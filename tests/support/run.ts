/** `npm run unit -- [FILE|FOLDER …]`: the tests, or those of a part: `npm run unit -- tests/markdown`. */
import { spawnSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import path from "node:path";

const asked = process.argv.slice(2);
const files = (asked.length ? asked : ["tests"]).flatMap((place) =>
  statSync(place, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(place, { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".test.ts"))
        .sort()
        .map((file) => path.join(place, file))
    : [place],
);
// Node 20 knows neither patterns nor folders of TypeScript.
const options = ["--import", "tsx", "--test", "--test-concurrency=2"];
process.exitCode = spawnSync(process.execPath, [...options, ...files], { stdio: "inherit" }).status ?? 1;
