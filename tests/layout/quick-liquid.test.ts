/** Layouts say the same with the quick renderer as with LiquidJS alone, which is Eleventy's own copy of it. */
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import type { LiquidEngine } from "../../scripts/site/layout/eleventy.ts";
import { type Part, quicken } from "../../scripts/site/layout/quick-liquid.ts";
import { PROJECT } from "../../scripts/site/project.ts";

const { Liquid } = createRequire(createRequire(PROJECT).resolve("@11ty/eleventy"))("liquidjs") as {
  Liquid: new (options: object) => LiquidEngine;
};

const folder = mkdtempSync(path.join(os.tmpdir(), "quick-liquid-"));
after(() => rmSync(folder, { recursive: true }));
writeFileSync(path.join(folder, "line.liquid"), "<{{ name }}{{ of.title }}{{ sections }}>");
writeFileSync(
  path.join(folder, "list.liquid"),
  `{% for item in items %}{{ item.title }}{% if item.children %}({% include "list", items: item.children %}){% endif %}{% endfor %}`,
);
writeFileSync(path.join(folder, "broken.liquid"), "one\ntwo {{ 1 | fails }}");

const DATA = {
  title: `A <b>"title"</b> & 'more'`,
  zero: 0,
  none: null,
  no: false,
  empty: "",
  list: ["a", "b", "c"],
  nothing: [],
  numbers: new Map([
    ["one", 1],
    ["two", 2],
  ]),
  set: new Set(["x", "y"]),
  object: { first: 1, last: 2, size: 7, "a key": "value", method: () => "called" },
  key: "a key",
  name: "outer",
  items: [
    { title: "1", children: [{ title: "1.1" }, { title: "1.2", children: [{ title: "1.2.1" }] }] },
    { title: "2" },
  ],
  page: { title: "Page" },
};

const TEXTS = [
  "plain {{ title }} {{ title | raw }} {{ title | upcase }} {{ none }} {{ no }} {{ zero }} {{ list }}",
  "{{ list.first }} {{ list.last }} {{ list.size }} {{ list[1] }} {{ object.first }} {{ object.size }} {{ empty.size }}",
  `{{ object["a key"] }} {{ object[key] }} {{ object.method }} {{ none.title.more }} {{ missing.more }}`,
  "{% if zero %}zero{% endif %}{% if empty %}empty{% endif %}{% if no %}no{% elsif none %}none{% else %}else{% endif %}",
  "{% unless no %}a{% endunless %}{% unless zero %}b{% elsif title %}c{% else %}d{% endunless %}",
  "{% if zero == 0 and title contains 'title' or missing %}yes{% endif %}{% if not no and list contains 'b' %}yes{% endif %}",
  "{% if list == list %}same{% endif %}{% if nothing == empty %}e{% endif %}{% if empty == blank %}b{% endif %}{% if none == nil %}n{% endif %}",
  "{% if list.size > 2 %}>{% endif %}{% if list.size <= 2 %}<={% endif %}{% if missing > 0 %}?{% endif %}{% if 'a' < 'b' %}<{% endif %}{% if zero != none %}!={% endif %}{% if zero >= 0 %}>={% endif %}",
  "{% for one in list %}{{ forloop.index }}{{ forloop.index0 }}{{ forloop.rindex }}{{ forloop.rindex0 }}{{ forloop.first }}{{ forloop.last }}{{ forloop.length }}{{ one }},{% else %}none{% endfor %}{{ one }}",
  "{% for one in nothing %}{{ one }}{% else %}none{% endfor %}{% for one in missing %}{% else %}missing{% endfor %}{% for one in title %}{{ one }}{% endfor %}",
  "{% for one in numbers %}{{ one[0] }}={{ one[1] }} {% endfor %}{% for one in set %}{{ one }}{% endfor %}{% for one in page %}{{ one }}{% endfor %}",
  "{% for one in list limit: 2 offset: 1 %}{{ one }}{% endfor %}{% for one in list reversed %}{{ one }}{% endfor %}{% for i in (1..3) %}{{ i }}{% endfor %}",
  "{% for one in list %}{% if one == 'b' %}{% continue %}{% endif %}{{ one }}{% endfor %}{% for one in list %}{% if one == 'b' %}{% break %}{% endif %}{{ one }}{% endfor %}after",
  "{% assign name = title | size | plus: 2 %}{{ name }}{% assign list = 'x,y' | split: ',' %}{{ list | join: '-' }}",
  "{% capture text %}{{ title }}{% for one in list %}{{ one }}{% endfor %}{% endcapture %}[{{ text }}][{{ text | raw }}]",
  `{% include "line" %}{% include "line", name: "inner" %}{% include "line", of: page, sections: 3 %}{{ name }}{{ of }}`,
  `{% include "list" %}{% assign file = "line" %}{% include file %}{% include "line" with title %}`,
  "{% comment %}{{ title }}{% endcomment %}{% raw %}{{ title }}{% endraw %}{% case zero %}{% when 0 %}zero{% else %}?{% endcase %}",
  "{{ list | named: 'x', of: title, sections: zero }}{{ title | default: 'none' }}{{ none | default: title }}{{ items | map: 'title' | join: ',' }}",
];

test("what a layout says is the same", () => {
  for (const text of TEXTS) {
    const [quick, slow] = [engine(true), engine(false)];
    assert.equal(render(quick, text), render(slow, text), text);
    const again = quick.parse(text);
    assert.equal(quick.renderSync(again, DATA), quick.renderSync(again, DATA), `${text}, a second time`);
  }
});

test("what goes wrong in one is told with its file and line, as LiquidJS tells it", () => {
  for (const text of [
    "{{ title }}\n{{ 1 | fails }}",
    `{% if title %}\n{% for one in list %}{% include "broken" %}{% endfor %}{% endif %}`,
    `{% capture all %}{% include "nowhere" %}{% endcapture %}`,
  ]) {
    const messages = [engine(true), engine(false)].map((one) => messageOf(() => render(one, text)));
    assert.match(messages[0]!, /, line:\d/, text);
    assert.equal(messages[0], messages[1], text);
  }
});

test("after a failure the same layout is rendered with other data as if nothing had been", () => {
  const one = engine(true);
  const parts = one.parse(`{% for one in list %}{{ one | failsOn: bad }}{% endfor %}{{ one }}{{ forloop }}`);
  assert.throws(() => one.renderSync(parts, { ...DATA, bad: "b" }), /b is bad/);
  assert.equal(one.renderSync(parts, DATA), "abc");
});

test("no layout of ours holds what only LiquidJS knows to render", () => {
  const layouts = path.join(PROJECT, "layouts");
  const one = engine(false);
  const unlike: string[] = [];
  const known = ["comment", "if", "unless", "for", "include", "assign", "capture", "once"];
  for (const file of readdirSync(layouts, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".liquid")) continue;
    const text = readFileSync(path.join(layouts, file), "utf8").replace(/^---\n.*?\n---\n/s, "");
    const names = [...text.matchAll(/\{%-?\s*(\w+)/g)].map(([, name = ""]) => name.replace(/^end/, ""));
    unlike.push(
      ...names
        .filter((name) => ![...known, "else", "elsif"].includes(name))
        .map((name) => `${file}: ${name}`),
    );
    for (const [tag] of text.matchAll(/\{%.*?%\}|\{\{.*?\}\}/gs)) {
      const words = tag.replace(/"[^"]*"|'[^']*'/g, '""');
      if (/\bfor .*\b(?:limit|offset|reversed)\b|\(.*\.\.|\binclude (?!"")/.test(words)) {
        unlike.push(`${file}: ${tag}`);
      }
    }
  }
  assert.deepEqual(unlike, []);
  // And those that are known are not left to LiquidJS, whose tags refuse here.
  for (const name of known.filter((name) => name !== "once")) {
    const { prototype } = one.tags[name] as { prototype: Part };
    prototype.render = () => assert.fail(`{% ${name} %} was left to LiquidJS`);
  }
  quicken(one);
  const text = TEXTS.filter((text) => !/limit|with|file|break|raw %|case/.test(text)).join("\n");
  assert.match(String(render(one, text)), /zeroemptyelse/);
});

function engine(isQuick: boolean): LiquidEngine {
  const one = new Liquid({
    root: folder,
    extname: ".liquid",
    outputEscape: "escape",
    strictFilters: true,
    ownPropertyOnly: false,
    cache: true,
  });
  one.registerFilter("fails", () => {
    throw new Error("no such thing");
  });
  one.registerFilter("failsOn", (value: string, bad: string) => {
    if (value === bad) throw new Error(`${value} is bad`);
    return value;
  });
  one.registerFilter("named", (...values: unknown[]) => JSON.stringify(values));
  if (isQuick) quicken(one);
  return one;
}

const render = (one: LiquidEngine, text: string): unknown => one.renderSync(one.parse(text), DATA);

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  return assert.fail("nothing went wrong");
}
