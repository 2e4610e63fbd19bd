/** Plans for a group: every section once, in order, within the hours. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Group, Page } from "../../scripts/site/model/course.ts";
import { FRAMES, type Lesson, type Plan, presetsOf } from "../../scripts/site/model/session-plan.ts";
import { numbers } from "../support/random.ts";

/** Parts of sections, each with its minutes and the fewest that will do. */
function plansOf(parts: readonly (readonly [minutes: number, least: number])[][]): Record<string, Plan> {
  const lessons = new Map<Page, Lesson>();
  const groups = parts.map((part): Group => {
    const [section, ...children] = part.map(([minutes, least], index) => {
      const page = { title: `${index}` } as Page;
      lessons.set(page, { section: page, minutes, least });
      return page;
    });
    return { section: section!, children };
  });
  return Object.fromEntries(presetsOf(groups, (page) => lessons.get(page)!).map((plan) => [plan.kind, plan]));
}

/** `9:00 20 | 9:20 break 15`: what is when, a line a session. */
const shown = (plan: Plan | undefined) =>
  plan?.sessions.map(({ slots }) =>
    slots
      .map(({ kind, start, minutes }) => {
        const clock = `${Math.floor(start / 60)}:${String(start % 60).padStart(2, "0")}`;
        return [clock, ...(kind === "section" ? [] : [kind]), minutes].join(" ");
      })
      .join(" | "),
  );

describe("Presets", () => {
  test("keep parts together in weekly meetings, and divide what no meeting holds", () => {
    const { weekly } = plansOf([
      [
        [30, 30],
        [30, 30],
      ],
      [[20, 20]],
      [
        [10, 10],
        [40, 40],
      ],
      [
        [40, 40],
        [40, 40],
        [40, 40],
      ],
    ]);
    assert.deepEqual(shown(weekly), [
      "9:05 30 | 9:35 30 | 10:05 20",
      "9:05 10 | 9:15 40",
      "9:05 40 | 9:45 40",
      "9:05 40",
    ]);
    assert.equal(weekly!.isShort, false);
  });

  test("have a break after an hour and a half at the most, and lunch at noon", () => {
    const { day } = plansOf([Array.from({ length: 9 }, () => [40, 40] as const)]);
    assert.deepEqual(shown(day), [
      "9:00 40 | 9:40 40 | 10:20 break 15 | 10:35 40 | 11:15 40 | 11:55 lunch 45 | 12:40 40 | 13:20 40 | 14:00 break 15 | 14:15 40 | 14:55 40 | 15:35 break 15 | 15:50 40",
    ]);
  });

  test("give less time, and leave for home what may be, where the hours are short", () => {
    const { day, halfDays } = plansOf([
      [
        [60, 60],
        [60, 40],
        [30, 0],
        [60, 40],
        [60, 60],
        [60, 60],
        [30, 20],
        [30, 0],
      ],
    ]);
    assert.equal(day!.isShort, true);
    assert.ok(day!.atHome.length > 0);
    assert.ok(day!.sessions[0]!.end <= 16.5 * 60);
    assert.ok(halfDays!.sessions.length <= 2);
  });

  test("are left out where the hours cannot hold the least", () => {
    assert.deepEqual(Object.keys(plansOf([Array.from({ length: 20 }, () => [40, 40] as const)])), ["weekly"]);
    // No meeting is as long as this.
    assert.deepEqual(Object.keys(plansOf([[[100, 100]]])), ["halfDays", "day"]);
    assert.deepEqual(plansOf([[[0, 0]]]), {});
  });

  test("hold, whatever the sections", () => {
    const next = numbers(12);
    for (let round = 0; round < 300; round++) {
      const parts = Array.from({ length: 1 + next(6) }, () =>
        Array.from({ length: 1 + next(6) }, (): [number, number] => {
          const minutes = next(50);
          return [minutes, next(minutes + 1)];
        }),
      );
      const all = parts.flat().filter(([minutes]) => minutes);
      for (const plan of Object.values(plansOf(parts))) {
        const frame = FRAMES[plan.kind as keyof typeof FRAMES];
        const met: Lesson[] = [];
        assert.ok(plan.sessions.length <= frame.sessions);
        for (const { start, end, slots } of plan.sessions) {
          assert.ok(end - start <= frame.length);
          let at = start + frame.arrival;
          let stretch = 0;
          for (const slot of slots) {
            assert.equal(slot.start, at);
            at += slot.minutes;
            if (slot.kind !== "section") stretch = 0;
            else {
              stretch += slot.minutes;
              met.push(slot.lesson);
              assert.ok(slot.minutes >= slot.lesson.least && slot.minutes <= slot.lesson.minutes);
            }
            assert.ok(stretch <= 90);
          }
          assert.equal(at, end);
          assert.equal(slots.at(-1)!.kind, "section");
        }
        const home = plan.atHome.filter(({ minutes }) => minutes);
        assert.equal(met.length + home.length, all.length);
        assert.equal(new Set([...met, ...home]).size, all.length);
      }
    }
  });
});
