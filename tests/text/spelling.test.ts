/** Mistyped words: which known word was meant, and that none is where none is near. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { editDistance, folded, wordMeant } from "../../scripts/site/text/spelling.ts";
import { Random } from "../support/random.ts";

test("a letter too many, too few, another one and two exchanged are one fault each", () => {
  for (const [a, b, faults] of [
    ["friend", "friend", 0],
    ["freind", "friend", 1],
    ["intrest", "interest", 1],
    ["mentorr", "mentor", 1],
    ["mentar", "mentor", 1],
    ["relashionships", "relationships", 2],
    ["ca", "abc", 3],
    ["", "abc", 3],
    ["kitten", "sitting", 3],
  ] as const) {
    assert.equal(editDistance(a, b, 9), faults, `${a} → ${b}`);
    assert.equal(editDistance(b, a, 9), faults, `${b} → ${a}`);
  }
});

test("what is no nearer than the limit counts as the limit", () => {
  const random = new Random(7);
  const word = () => Array.from({ length: random.below(9) }, () => random.pick([..."abc"])).join("");
  for (let i = 0; i < 3_000; i++) {
    const [a, b] = [word(), word()];
    const whole = editDistance(a, b, 99);
    for (const limit of [1, 2, 3])
      assert.equal(editDistance(a, b, limit), Math.min(limit, whole), `${a} ${b}`);
  }
});

const KNOWN = [
  "find",
  "interests",
  "friends",
  "mentor",
  "relationships",
  "co-learning",
  "YOUmedia",
  "interés",
  "plan",
  "clan",
];

test("the nearest word is meant, as it is written", () => {
  for (const [typed, meant] of [
    ["intrests", "interests"],
    ["freind", "friends"],
    ["frend", "friends"],
    ["relashionships", "relationships"],
    ["MENTRO", "mentor"],
    ["colerning", "co-learning"],
    ["co-learnin", "co-learning"],
    ["youmeida", "YOUmedia"],
    ["intres", "interés"],
    ["íntéres", "interés"],
    ["plann", "plan"],
  ]) {
    assert.equal(wordMeant(typed!, KNOWN), meant, typed);
  }
});

test("a short word may have one fault, a long one three, and nothing is meant by what is far from all", () => {
  for (const typed of ["xyzzy", "men", "pln", "plxy", "montiras", "rolashionchops", ""]) {
    assert.equal(wordMeant(typed, KNOWN), undefined, typed);
  }
});

test("of words as near, the one with the same first letter is meant, and then the most usual", () => {
  assert.equal(wordMeant("clam", ["slam", "clan"]), "clan");
  assert.equal(wordMeant("plae", ["plan", "play"]), "plan");
  assert.equal(wordMeant("plae", ["play", "plan"]), "play");
  assert.equal(wordMeant("nentor", KNOWN), "mentor");
});

test("words are compared without case, accents and signs, in every script", () => {
  assert.equal(folded("Co-Learning’s"), "colearnings");
  assert.equal(folded("interés"), folded("INTERES"));
  assert.equal(folded("ﬁne"), "fine");
  assert.equal(folded("Обучение"), "обучение");
});
