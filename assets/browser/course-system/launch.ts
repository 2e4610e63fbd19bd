/**
 * The page that a course system opens: the site in a frame, and around it what the course system is told. What was read
 * the pages of the site note in the browser's storage, where this page reads it; they know nothing of it. Where no course
 * system is found, the site is one in a frame.
 */
import type { CourseFacts } from "../../../scripts/site/lms/facts.ts";
import { storageKey } from "../../../scripts/site/model/kept-in-browsers.ts";
import { WISH } from "../offline/begin.ts";
import { keepProgress, PROGRESS, readProgress } from "../progress-record.ts";
import { addressAt, keep, recall, site } from "../site-storage.ts";
import { CourseSystem, findApi } from "./api.ts";
import { Attempt, type Unsent } from "./attempt.ts";
import { StandIn } from "./stand-in.ts";
import { STANDARDS } from "./standards.ts";

/** scripts/site/lms/package.ts defines it. */
declare const COURSE: CourseFacts;

const UNSENT = "unsent";

const frame = document.querySelector("iframe")!;
const notice = document.querySelector("[role=status]")!;
const standard = STANDARDS[COURSE.standard];
const find = () => findApi(window, standard.api);
const attempt = find()
  ? new Attempt({
      facts: COURSE,
      standard,
      system: new CourseSystem(standard, find),
      now: () => performance.now(),
      recallUnsent: () => recall(UNSENT) as Unsent | undefined,
      keepUnsent: (unsent) => keep(UNSENT, unsent ?? null),
    })
  : undefined;
/** Where the browser has no storage for the site. */
let standIn: StandIn | undefined;
/** Of the page that the learner is on, or was on before one that is no page of the course. */
let place = "";

addEventListener("storage", () => save());
addEventListener("online", () => save("again"));
// Hidden is the last that a page on a phone hears of its end.
addEventListener("visibilitychange", () => document.hidden && save("again"));
addEventListener("pagehide", () => attempt?.end(readProgress().read, place));
// Brought back by the Back button, after its end.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
frame.addEventListener("load", arrive);
begin();

function begin(): void {
  if (attempt) {
    if (!attempt.start()) say("lost");
    if (!isRecordKept()) standIn = StandIn.in(window, (key) => key === storageKey(site, PROGRESS) && save());
    // Of several learners at one computer each has their own, as the course system knows it.
    keepProgress({ version: 1, read: attempt.read });
  } else say("missing");
  // It would outlast the learner's access, and the package brings no worker for it.
  keep(WISH, false);
  place = COURSE.places.find((one) => one === attempt?.place) ?? "";
  frame.src = place || "index.html";
}

/** Whether the browser keeps what was read: its storage may be off or full, or hold what a newer release has kept. */
function isRecordKept(): boolean {
  keepProgress({ version: 1, read: ["?"] });
  return readProgress().read[0] === "?";
}

/** Another page is in the frame. */
function arrive(): void {
  try {
    const page = frame.contentWindow!;
    const address = addressAt(page.location.href);
    place = COURSE.places.find((one) => addressAt(one) === address) ?? place;
    document.title = page.document.title;
    page.document.addEventListener("click", leadOut);
    if (standIn) {
      standIn.lendTo(page);
      // As after Back, the page shows what has been read.
      page.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    }
  } catch {
    // from a disk, where each page is a site to its browser
  }
  save();
}

/** In the frame this page's policy would refuse what is elsewhere, as many sites do themselves. */
function leadOut({ target }: Event): void {
  const link = (target as Element).closest<HTMLAnchorElement>("a[href]");
  if (link && link.origin !== location.origin) link.setAttribute("target", "_blank");
}

function save(again?: "again"): void {
  if (!attempt) return;
  if (!attempt.isStarted && attempt.start()) {
    const progress = readProgress();
    keepProgress({ ...progress, read: [...new Set([...attempt.read, ...progress.read])] });
  }
  say(attempt.save(readProgress().read, place, again === "again") ? undefined : "lost");
}

function say(what: "missing" | "lost" | undefined): void {
  const words = what ? COURSE.words[what] : "";
  if (notice.textContent !== words) notice.textContent = words;
}
