/** One sitting of a learner: what the course system knows of them when it begins, and what it is told. */
import type { CourseFacts } from "../../../scripts/site/lms/facts.ts";
import type { CourseSystem } from "./api.ts";
import { readKept, writeKept } from "./kept.ts";
import type { Standard } from "./standards.ts";

/** What the course system could not be told, as the browser keeps it until then. */
export interface Unsent {
  learner: string;
  read: string[];
  place: string;
}

export interface Surroundings {
  facts: CourseFacts;
  standard: Standard;
  system: CourseSystem;
  /** In milliseconds. */
  now(): number;
  recallUnsent(): Unsent | undefined;
  keepUnsent(unsent: Unsent | undefined): void;
}

export class Attempt {
  /** Addresses of sections, in the order in which they were read, as they stood when it began. */
  read: string[] = [];
  /** Address of a page; "" of who begins. */
  place = "";
  isStarted = false;
  readonly #around: Surroundings;
  readonly #began: number;
  #learner = "";
  /** Once complete, complete: what is marked as unread later does not take it back. */
  #isComplete = false;
  /** Whether the course system has said so itself, or `passed`. */
  #isKnownComplete = false;
  /** Whether it is only looked at: nothing that is done counts. */
  #isReview = false;
  #hasFailed = false;
  #hasEnded = false;
  #told = "";

  constructor(around: Surroundings) {
    this.#around = around;
    this.#began = around.now();
  }

  /** Whether the course system has begun. To be tried again where it has not. */
  start(): boolean {
    const { system, standard, facts } = this.#around;
    if (!system.initialize()) return false;
    this.isStarted = true;
    this.#learner = system.get(standard.learner);
    this.#isReview = /^(?:browse|review)$/.test(system.get(standard.mode));
    this.#isKnownComplete = /^(?:completed|passed)$/.test(system.get(standard.status));
    this.#isComplete = this.#isKnownComplete;
    const unsent = this.#around.recallUnsent();
    const own = unsent?.learner === this.#learner ? unsent : undefined;
    const kept = readKept(system.get(standard.kept), facts.sections);
    this.read = [...new Set([...kept, ...(own?.read ?? [])])];
    this.place = own?.place || system.get(standard.place);
    return true;
  }

  /**
   * Tells the course system where the learner is and what they have read. Answers whether it knows; what it does not,
   * the browser keeps. `always` tells it again, for the time that has passed.
   */
  save(read: readonly string[], place: string, always = false): boolean {
    if (!this.isStarted || this.#hasEnded) return false;
    if (this.#isReview) return true;
    const state = JSON.stringify([read, place]);
    const isKnown = state === this.#told;
    if (isKnown && !always) return true;
    const { system, recallUnsent, keepUnsent } = this.#around;
    // Of one that has gone away and come back: it begins anew. Any other refuses, and nothing has changed.
    if (this.#hasFailed) system.initialize();
    const isTold = this.#tell(read, place);
    this.#hasFailed = !isTold;
    if (isTold) {
      this.#told = state;
      if (recallUnsent()?.learner === this.#learner) keepUnsent(undefined);
    } else if (!isKnown) {
      // A page that is going away may not wait for an answer, and hears of a failure: what was known is no loss.
      this.#told = "";
      keepUnsent({ learner: this.#learner, read: [...read], place });
    }
    return isTold;
  }

  #tell(read: readonly string[], place: string): boolean {
    const { system, standard, facts, now } = this.#around;
    const done = new Set(read);
    const count = facts.required.filter((same) => same.some((address) => done.has(address))).length;
    this.#isComplete ||= count >= facts.needed;
    const isTaken = [
      place.length > standard.placeRoom || system.set(standard.place, place),
      system.set(standard.kept, writeKept(read, facts.sections)),
      this.#isKnownComplete || system.set(standard.status, this.#isComplete ? "completed" : "incomplete"),
    ].every(Boolean);
    if (standard.measure) {
      const share = this.#isComplete ? 1 : count / facts.needed;
      system.set(standard.measure, `${Math.round(share * 10_000) / 10_000}`);
    }
    system.set(standard.time, standard.duration(now() - this.#began));
    // Whatever the status: an attempt that has ended otherwise begins without what was kept.
    system.set(standard.exit, "suspend");
    return system.commit() && isTaken;
  }

  /** Ends it for good. */
  end(read: readonly string[], place: string): void {
    if (!this.isStarted || this.#hasEnded) return;
    this.save(read, place, true);
    this.#hasEnded = true;
    this.#around.system.terminate();
  }
}
