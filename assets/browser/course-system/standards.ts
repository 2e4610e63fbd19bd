/** What SCORM 1.2 and SCORM 2004 call the same things. */
import type { StandardName } from "../../../scripts/site/lms/facts.ts";

export interface Standard {
  /** The object that a course system puts into a window around its content. */
  api: string;
  /** Its functions. */
  initialize: string;
  terminate: string;
  get: string;
  set: string;
  commit: string;
  /** Elements of its data model. */
  learner: string;
  mode: string;
  status: string;
  place: string;
  kept: string;
  exit: string;
  time: string;
  /** How much of what is needed was done, from 0 to 1; SCORM 1.2 has no such thing. */
  measure?: string;
  /** Characters of a place. */
  placeRoom: number;
  /** Milliseconds as the standard writes the time that a session took. */
  duration(milliseconds: number): string;
}

export const STANDARDS: Record<StandardName, Standard> = {
  "1.2": {
    api: "API",
    initialize: "LMSInitialize",
    terminate: "LMSFinish",
    get: "LMSGetValue",
    set: "LMSSetValue",
    commit: "LMSCommit",
    learner: "cmi.core.student_id",
    mode: "cmi.core.lesson_mode",
    status: "cmi.core.lesson_status",
    place: "cmi.core.lesson_location",
    kept: "cmi.suspend_data",
    exit: "cmi.core.exit",
    time: "cmi.core.session_time",
    placeRoom: 255,
    /** CMITimespan: `0001:02:03.45` */
    duration(milliseconds) {
      const { hours, minutes, seconds } = parts(Math.min(milliseconds, MOST));
      return `${pad(hours, 4)}:${pad(minutes, 2)}:${pad(seconds, 5, 2)}`;
    },
  },
  "2004": {
    api: "API_1484_11",
    initialize: "Initialize",
    terminate: "Terminate",
    get: "GetValue",
    set: "SetValue",
    commit: "Commit",
    learner: "cmi.learner_id",
    mode: "cmi.mode",
    status: "cmi.completion_status",
    place: "cmi.location",
    kept: "cmi.suspend_data",
    exit: "cmi.exit",
    time: "cmi.session_time",
    measure: "cmi.progress_measure",
    placeRoom: 1_000,
    /** timeinterval(second,10,2): `PT1H2M3.45S` */
    duration(milliseconds) {
      const { hours, minutes, seconds } = parts(milliseconds);
      return `PT${hours}H${minutes}M${seconds}S`;
    },
  },
};

/** `9999:59:59.99` */
const MOST = (10_000 * 3_600 - 0.01) * 1_000;

/** Rounded before they are parted: 59.999 seconds are a minute. */
function parts(milliseconds: number) {
  const hundredths = Math.round(Math.max(0, milliseconds) / 10);
  return {
    hours: Math.floor(hundredths / 360_000),
    minutes: Math.floor(hundredths / 6_000) % 60,
    seconds: (hundredths % 6_000) / 100,
  };
}

const pad = (value: number, length: number, digits = 0): string =>
  value.toFixed(digits).padStart(length, "0");
