/** The kinds of callout, declared once. */
import { nearest } from "../problems/problems.ts";

export const CALLOUT_KINDS = [
  "activity",
  "objectives",
  "info",
  "videos",
  "case_study",
  "keypoints",
  "reflection",
  "question",
  "trainer",
  "colorhighlight",
] as const;

export type CalloutKind = (typeof CALLOUT_KINDS)[number];

/** Facilitator's notes: never in a learner's page, nor in its source, nor in the index. */
export const TRAINER: CalloutKind = "trainer";

/** A facilitator's note is one in whatever letters it is written: what is in doubt must not be published. */
export const isTrainerClass = (name: string): boolean => /^(?:callout--)?trainer$/i.test(name);

/** Words of their own, however near to "trainer". */
const NO_TRAINERS = ["train", "trains", "trained", "training", "trainee", "trainees", "trailer", "strainer"];

/** What was asked before: the same few names stand on every page. */
const looks = new Map<string, boolean>();
const MOST_LOOKS = 10_000;

/** Whether a class may have been meant for facilitator's notes: `trainner`, `trainer-note`, `facilitator`. */
export function looksLikeTrainer(name: string): boolean {
  let answer = looks.get(name);
  if (answer === undefined) {
    answer = isNearTrainer(name);
    if (looks.size < MOST_LOOKS) looks.set(name, answer);
  }
  return answer;
}

function isNearTrainer(name: string): boolean {
  const word = name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
  if (isTrainerClass(name) || NO_TRAINERS.includes(word)) return false;
  return /trainer|facilitat/.test(word) || nearest(word, [TRAINER, "facilitator"]) !== undefined;
}

/** The kind that a class names. */
export const kindOf = (name: string): CalloutKind | undefined =>
  isTrainerClass(name) ? TRAINER : isCalloutKind(name) ? name : undefined;

/** On a callout of which its author has been told that its kind is not known. */
export const FAULTY_CALLOUT = "callout--faulty";

/** Which of the three colors a concept card has. */
export const COLOR_CLASS = /^color[1-3]$/;

export const isCalloutKind = (name: string): name is CalloutKind =>
  (CALLOUT_KINDS as readonly string[]).includes(name);

/** The valid kinds, for messages. */
const KIND_LIST = CALLOUT_KINDS.join(", ");

/**
 * What is wrong with a callout's classes, as message and cure; undefined when they name exactly one kind.
 * `callout` itself, colors and the author's own classes are no kinds.
 */
export function calloutFault(classes: readonly string[]): [message: string, cure: string] | undefined {
  const kinds = [...new Set(classes.map(kindOf).filter((kind) => kind !== undefined))];
  if (kinds.length > 1) {
    return [`the callout has ${kinds.length} kinds (${kinds.join(", ")})`, "keep exactly one of them"];
  }
  if (kinds.length === 1) return undefined;
  const others = classes.filter((name) => name !== "callout" && !COLOR_CLASS.test(name));
  const unknown = others.find(looksLikeTrainer) ?? others[0];
  if (unknown === undefined) return ["the callout has no kind", `write one of ${KIND_LIST}`];
  const meant = nearest(unknown, CALLOUT_KINDS);
  return [
    `the callout kind "${unknown}" is not known`,
    meant ? `did you mean "${meant}"? The kinds are ${KIND_LIST}` : `write one of ${KIND_LIST}`,
  ];
}
