/** What a bench prints, sign for sign. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Comparison } from "../../scripts/site/bench/compare.ts";
import {
  byteText,
  comparisonTables,
  memoryText,
  readerTable,
  seconds,
} from "../../scripts/site/bench/table.ts";

const MIB = 2 ** 20;

function comparison(sections: number, modules: number, factor: number): Comparison {
  return {
    sections,
    modules,
    pages: sections,
    isOneModule: modules === 1,
    runs: sections > 1000 ? 1 : 3,
    build: { wallMs: 5240 * factor, cpuMs: 5400 * factor, peakBytes: 300 * MIB * factor },
    floor: { wallMs: 2400 * factor, cpuMs: 2400 * factor, peakBytes: 150 * MIB * factor },
    stages: { starting: 1000, "laying out": 3000 * factor },
    weight: { page: 16_700, pageGzipped: 5740, site: 4_200_000 * factor },
  };
}

test("the table of costs, the stages' shares, the bytes, and what grows", () => {
  const all = [comparison(1000, 112, 1), comparison(10_000, 1112, 11), comparison(1000, 1, 2)];
  assert.equal(
    comparisonTables(all),
    `
|                                         | this build, wall (CPU), memory | floor, wall (CPU), memory | ratio, wall |
|-----------------------------------------|--------------------------------|---------------------------|-------------|
| 1,000 sections, 112 modules, 3 runs     | 5.2 s (5.4), 300 MiB           | 2.4 s (2.4), 150 MiB      | 2.2         |
| 10,000 sections, 1,112 modules, one run | 57.6 s (59.4), 3.2 GiB         | 26.4 s (26.4), 1.6 GiB    | 2.2         |
| 1,000 sections, one module, 3 runs      | 10.5 s (10.8), 600 MiB         | 4.8 s (4.8), 300 MiB      | 2.2         |

| of this build                  | starting | laying out |
|--------------------------------|----------|------------|
| 1,000 sections, 112 modules    | 25 %     | 75 %       |
| 10,000 sections, 1,112 modules | 3 %      | 97 %       |
| 1,000 sections, one module     | 14 %     | 86 %       |

|                                | a section's page (gzip) | the site |
|--------------------------------|-------------------------|----------|
| 1,000 sections, 112 modules    | 16.7 kB (5.7 kB)        | 4.2 MB   |
| 10,000 sections, 1,112 modules | 16.7 kB (5.7 kB)        | 46.2 MB  |
| 1,000 sections, one module     | 16.7 kB (5.7 kB)        | 8.4 MB   |

From 1,000 to 10,000 sections: 11.0 times the time (the floor 11.0), 11.0 times the memory, 1.0 times the bytes of a page, 11.0 times those of the site.
1,000 sections in one module, against 112: 2.0 times the time (the floor 2.0), 2.0 times the memory, 1.0 times the bytes of a page, 2.0 times those of the site.`.trim(),
  );
});

test("where processes cannot be looked at, the tables say so", () => {
  const one = { ...comparison(100, 12, 1), build: { wallMs: 5240 }, floor: { wallMs: 2400 } };
  assert.equal(
    comparisonTables([one]).split("\n")[2],
    "| 100 sections, 12 modules, 3 runs | 5.2 s, memory not measured     | 2.4 s, memory not measured | 2.2         |",
  );
});

test("what a reader pays", () => {
  assert.equal(
    readerTable([
      {
        sections: 16,
        modules: 1,
        section: "m/mistakes.html",
        query: "mentor",
        text: { requests: 4, bytes: 13_112, ms: 1660 },
        search: { requests: 14, bytes: 147_204, ms: 6100 },
      },
    ]),
    `
| slow 4G, a processor 4 times slower                  | requests | over the line | time  |
|------------------------------------------------------|----------|---------------|-------|
| 16 sections, one module: the text of m/mistakes.html | 4        | 13.1 kB       | 1.7 s |
| from the / key to the first result for “mentor”      | 14       | 147 kB        | 6.1 s |`.trim(),
  );
});

test("figures are as exact as they are worth", () => {
  assert.deepEqual([5240, 18_900, 99_940, 248_300].map(seconds), ["5.2", "18.9", "99.9", "248"]);
  assert.deepEqual([440 * MIB, 1023.9 * MIB, 2970 * MIB].map(memoryText), ["440 MiB", "1024 MiB", "2.9 GiB"]);
  assert.deepEqual([412, 14_240, 170_400, 999_600].map(byteText), ["0.4 kB", "14.2 kB", "170 kB", "1.0 MB"]);
});
