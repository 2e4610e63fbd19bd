/** Until when a notice of site.yaml is part of a site that is built. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { defaultSettings } from "../../scripts/site/content/settings.ts";
import { noticeAt } from "../../scripts/site/model/notice.ts";
import { Problems } from "../../scripts/site/problems/problems.ts";

const place = { file: "content/site.yaml", line: 3, column: 3 };
const settings = {
  ...defaultSettings(),
  notice: { text: "It's full.", until: "2026-12-31" },
  places: new Map([["notice.until", place]]),
};

test("a notice is there as long as it is its last day anywhere", () => {
  const problems = new Problems();
  for (const date of ["2026-01-01T00:00:00Z", "2026-12-31T23:59:59Z", "2027-01-01T11:59:59Z"]) {
    assert.deepEqual(noticeAt(settings, new Date(date), problems), {
      text: "It’s full.",
      link: undefined,
      until: "2026-12-31",
    });
  }
  assert.deepEqual(problems.list, []);
  assert.equal(noticeAt(settings, new Date("2027-01-01T12:00:00Z"), problems), undefined);
  assert.deepEqual(
    problems.list.map(({ rule, line }) => [rule, line]),
    [["notice-over", 3]],
  );
});
