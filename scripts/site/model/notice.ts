/**
 * What stands on top of every page for some time.
 *
 *   notice:
 *     text: The sessions in December are full.
 *     until: 2026-12-31
 */

import type { Settings } from "../content/schema.ts";
import type { Problems } from "../problems/problems.ts";
import { typeset } from "../text/typesetting.ts";

export interface Notice {
  text: string;
  link: string | undefined;
  /** The last day on which it is shown, where its reader is: 2026-12-31. */
  until: string;
}

const HOUR_MS = 3_600_000;

/** The notice of site.yaml; undefined of none, and of one whose last day is over everywhere, which is told. */
export function noticeAt({ notice, places }: Settings, date: Date, problems: Problems): Notice | undefined {
  if (!notice) return undefined;
  // Where days end last, it is twelve hours earlier. Before that a reader's browser knows its own day.
  const today = new Date(date.getTime() - 12 * HOUR_MS).toISOString().slice(0, 10);
  if (today <= notice.until) {
    return { text: typeset(notice.text), link: notice.link, until: notice.until };
  }
  problems.warning(
    "notice-over",
    places.get("notice.until")!,
    `the notice ended on ${notice.until}, and is not shown`,
    "write a later day, or delete the notice",
    notice.until,
  );
  return undefined;
}
