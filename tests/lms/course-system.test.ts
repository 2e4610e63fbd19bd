/** What a course system is told, and what is made of what it knows: without a browser. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CourseSystem, findApi } from "../../assets/browser/course-system/api.ts";
import { Attempt, type Unsent } from "../../assets/browser/course-system/attempt.ts";
import { ROOM, readKept, writeKept } from "../../assets/browser/course-system/kept.ts";
import { STANDARDS } from "../../assets/browser/course-system/standards.ts";
import { type CourseFacts, factsOf } from "../../scripts/site/lms/facts.ts";
import { type Files, page, siteOf } from "../support/content.ts";

/** A course of so many sections. */
async function factsFor(count: number, more: Files = {}): Promise<CourseFacts> {
  const sections = Array.from({ length: count }, (_, index) => [
    `one/${index}-part-${index}.md`,
    page("Text"),
  ]);
  const { course } = await siteOf({
    "one/index.md": page("", "One"),
    ...Object.fromEntries(sections),
    ...more,
  });
  return factsOf(course, "1.2");
}

test("what was read of two hundred sections is kept in the room there is, in its order", async () => {
  const { sections } = await factsFor(200);
  const read = sections.map(({ address }) => address).reverse();
  const kept = writeKept(read, sections);
  assert.equal(kept.length, 4 + 200 * 4);
  assert.ok(kept.length <= ROOM);
  assert.match(kept, /^[\w.-]+$/);
  assert.deepEqual(readKept(kept, sections), read);
  assert.deepEqual(readKept(writeKept([], sections), sections), []);
});

test("of more sections than there is room for, those are kept that were read last", async () => {
  const sections = Array.from({ length: 2_000 }, (_, index) => ({
    address: `one/${index}.html`,
    sign: index.toString(36).padStart(4, "0"),
  }));
  const read = sections.map(({ address }) => address);
  const kept = writeKept(read, sections);
  assert.ok(kept.length <= ROOM && kept.length > ROOM - 4);
  assert.deepEqual(readKept(kept, sections), read.slice(-1_023));
});

test("another release knows what it still has, and what is no such text is nothing read", async () => {
  const before = (await factsFor(5)).sections;
  const after = (await factsFor(9)).sections.filter(({ address }) => address !== "one/part-1.html").reverse();
  const read = ["one/part-3.html", "one/part-1.html", "one/part-0.html"];
  const kept = writeKept(read, before);
  assert.deepEqual(readKept(kept, after), ["one/part-3.html", "one/part-0.html"]);
  // One that needs longer signs, and one that needed them.
  const long = after.map(({ address, sign }) => ({ address, sign: `${sign}x` }));
  assert.deepEqual(readKept(kept, long), ["one/part-3.html", "one/part-0.html"]);
  assert.deepEqual(readKept(writeKept(["one/part-3.html"], long), before), ["one/part-3.html"]);
  for (const other of ["", "1.4", "2.4.abcd", "1.0.abcd", "1.4.é", "viewed=1,2|last=2", "1.4.ab", "null"]) {
    assert.deepEqual(readKept(other, before), [], other);
  }
});

test("times are written as each standard has them", () => {
  const times = (milliseconds: number) =>
    [STANDARDS["1.2"], STANDARDS["2004"]].map((standard) => standard.duration(milliseconds));
  assert.deepEqual(times(0), ["0000:00:00.00", "PT0H0M0S"]);
  assert.deepEqual(times(-5), ["0000:00:00.00", "PT0H0M0S"]);
  assert.deepEqual(times(59_999), ["0000:01:00.00", "PT0H1M0S"]);
  assert.deepEqual(times(3_723_456), ["0001:02:03.46", "PT1H2M3.46S"]);
  assert.deepEqual(times(36_000_000 * 3_600), ["9999:59:59.99", "PT36000H0M0S"]);
});

/** A window with what is in it; where a test says so, of another origin. */
const windowOf = (inside: object, { parent, opener }: { parent?: Window; opener?: Window } = {}): Window => {
  const self: Record<string, unknown> = { opener: opener ?? null, ...inside };
  self.parent = parent ?? self;
  return self as unknown as Window;
};
const foreign = (around: { parent?: Window; opener?: Window } = {}) =>
  new Proxy(windowOf({}, around), {
    get(window, key) {
      if (key === "API") throw new Error("of another origin");
      return (window as unknown as Record<PropertyKey, unknown>)[key];
    },
  });

test("the course system is found in parents and openers, behind windows of others, and missed without an end", () => {
  const api = {};
  const lms = windowOf({ API: api });
  assert.equal(findApi(lms, "API"), api);
  assert.equal(findApi(windowOf({}, { parent: windowOf({}, { parent: lms }) }), "API"), api);
  assert.equal(findApi(windowOf({}, { parent: windowOf({}, { opener: lms }) }), "API"), api);
  assert.equal(findApi(windowOf({}, { parent: foreign({ parent: lms }) }), "API"), api);
  assert.equal(findApi(lms, "API_1484_11"), undefined);
  assert.equal(findApi(foreign(), "API"), undefined);
  const one = windowOf({}) as unknown as Record<string, unknown>;
  one.opener = windowOf({}, { opener: one as unknown as Window });
  assert.equal(findApi(one as unknown as Window, "API"), undefined);
});

/** A course system of few words: what it was told last, and how often it was asked to keep it. */
class Fake {
  data: Record<string, string> = {};
  commits = 0;
  isDown = false;
  readonly system = new CourseSystem(STANDARDS["1.2"], () => this.api);
  api: Record<string, (...values: string[]) => unknown> | undefined = {
    LMSInitialize: () => this.#unlessDown(true),
    LMSGetValue: (element = "") => this.data[element],
    LMSSetValue: (element = "", value = "") => {
      this.data[element] = value;
      return "true";
    },
    LMSCommit: () => this.#unlessDown("true", () => this.commits++),
    LMSFinish: () => this.#unlessDown("true"),
  };
  #unlessDown(answer: unknown, act = () => {}): unknown {
    if (this.isDown) return "false";
    act();
    return answer;
  }
}

/** A sitting with it. What it could not be told lasts from one to the next. */
function sitter(fake: Fake, facts: CourseFacts, standard = STANDARDS["1.2"]) {
  const kept: { unsent?: Unsent | undefined } = {};
  const sit = () =>
    new Attempt({
      facts,
      standard,
      system: fake.system,
      now: () => 0,
      recallUnsent: () => kept.unsent,
      keepUnsent: (unsent) => {
        kept.unsent = unsent;
      },
    });
  return { kept, sit };
}

test("a course is complete when the share of its sections is read that the settings say, and remains so", async () => {
  const facts = await factsFor(5, { "site.yaml": "lms:\n  complete: 50\n" });
  assert.equal(facts.needed, 3);
  const fake = new Fake();
  const { sit } = sitter(fake, facts);
  const attempt = sit();
  assert.ok(attempt.start());
  const [a, b, c] = facts.places.filter((place) => place.includes("part")) as [string, string, string];
  const status = () => fake.data["cmi.core.lesson_status"];
  assert.ok(attempt.save([], "index.html"));
  assert.equal(status(), "incomplete");
  attempt.save([a, b], b);
  assert.equal(status(), "incomplete");
  attempt.save([a, b, c], c);
  assert.equal(status(), "completed");
  attempt.save([a], c);
  assert.equal(status(), "completed");
  assert.equal(fake.data["cmi.core.exit"], "suspend");

  const next = sit();
  next.start();
  assert.deepEqual([next.read, next.place], [[a], c]);
  next.save([], c);
  assert.equal(status(), "completed");
  fake.data["cmi.core.lesson_status"] = "passed";
  const last = sit();
  last.start();
  last.end([a, b, c], a);
  assert.equal(status(), "passed");
});

test("a translation counts for what it translates, and pages beside the way for nothing", async () => {
  const facts = await factsFor(2, {
    "es/index.md": "---\ntitle: Curso\nlang: es\n---\n",
    "uno/index.md": "---\ntitle: Uno\nlang: es\n---\n",
    "uno/01-parte.md": "---\ntitle: Parte\ntranslates: ../one/0-part-0.md\n---\n",
    "uno/02-otra.md": "---\ntitle: Otra\n---\n",
    "office/index.md": page("", "Office"),
  });
  assert.deepEqual(facts.required, [["one/part-0.html", "uno/parte.html"], ["one/part-1.html"]]);
  assert.equal(facts.needed, 2);
  assert.equal(facts.sections.length, 4);
  assert.ok(facts.places.includes("office/index.html") && facts.places.includes("es/index.html"));
});

test("nothing is told twice, and what could not be told is told with the next change", async () => {
  const facts = await factsFor(3);
  const fake = new Fake();
  fake.data["cmi.core.student_id"] = "ana";
  const { sit, kept } = sitter(fake, facts);
  const attempt = sit();
  attempt.start();
  assert.ok(attempt.save([], "index.html") && attempt.save([], "index.html"));
  assert.equal(fake.commits, 1);
  fake.isDown = true;
  assert.equal(attempt.save(["one/part-0.html"], "one/part-0.html"), false);
  assert.deepEqual(kept.unsent, { learner: "ana", read: ["one/part-0.html"], place: "one/part-0.html" });
  fake.isDown = false;
  assert.ok(attempt.save(["one/part-0.html"], "one/part-0.html"));
  assert.equal(fake.commits, 2);
  assert.equal(kept.unsent, undefined);
});

test("what could not be told to the end is told at the next sitting of the same learner, and of no other", async () => {
  const facts = await factsFor(3);
  const fake = new Fake();
  fake.data["cmi.core.student_id"] = "ana";
  const { sit, kept } = sitter(fake, facts);
  const first = sit();
  first.start();
  first.save(["one/part-0.html"], "one/part-0.html");
  const told = { ...fake.data };
  fake.isDown = true;
  first.end(["one/part-0.html", "one/part-1.html"], "one/part-1.html");
  fake.isDown = false;

  fake.data = { "cmi.core.student_id": "ben" };
  const other = sit();
  other.start();
  other.save(other.read, "index.html");
  assert.deepEqual(other.read, []);
  assert.ok(kept.unsent);

  fake.data = told;
  const second = sit();
  second.start();
  assert.deepEqual([second.read, second.place], [["one/part-0.html", "one/part-1.html"], "one/part-1.html"]);
  second.save(second.read, second.place);
  assert.equal(kept.unsent, undefined);
});

test("one that throws, answers nothing or goes away is one that does not answer; one that comes back begins anew", async () => {
  const facts = await factsFor(3);
  const fake = new Fake();
  const { sit } = sitter(fake, facts);
  const { api } = fake;
  for (const broken of [
    undefined,
    {},
    { LMSInitialize: () => "false" },
    {
      LMSInitialize() {
        throw new Error("no");
      },
    },
  ]) {
    fake.api = broken;
    const attempt = sit();
    assert.equal(attempt.start(), false);
    assert.equal(attempt.save([], "index.html"), false);
    attempt.end([], "index.html");
  }
  fake.api = api;
  const attempt = sit();
  attempt.start();
  fake.api = undefined;
  assert.equal(attempt.save([], "index.html"), false);
  let begun = 0;
  fake.api = { ...api, LMSInitialize: () => String(begun++ === 0) };
  assert.ok(attempt.save([], "index.html"));
  assert.equal(begun, 1);
});

test("who only looks at it is followed nowhere, and after the end nothing is told", async () => {
  const facts = await factsFor(1);
  const fake = new Fake();
  fake.data["cmi.core.lesson_mode"] = "review";
  const { sit } = sitter(fake, facts);
  const attempt = sit();
  attempt.start();
  assert.ok(attempt.save(["one/part-0.html"], "one/part-0.html"));
  assert.deepEqual(Object.keys(fake.data), ["cmi.core.lesson_mode"]);
  fake.data = {};
  const real = sit();
  real.start();
  real.end([], "index.html");
  assert.equal(real.save(["one/part-0.html"], "index.html"), false);
  assert.equal(fake.data["cmi.core.lesson_status"], "incomplete");
});

test("a failure at the end is no loss where all was told before", async () => {
  const facts = await factsFor(2);
  const fake = new Fake();
  const { sit, kept } = sitter(fake, facts);
  const attempt = sit();
  attempt.start();
  attempt.save(["one/part-0.html"], "one/part-0.html");
  fake.isDown = true;
  attempt.end(["one/part-0.html"], "one/part-0.html");
  assert.equal(kept.unsent, undefined);
});
