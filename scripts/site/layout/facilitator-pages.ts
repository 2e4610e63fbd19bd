/** Pages for those who lead a group: plans, each section with its notes, what is to be talked about, and a guide to print. */
import { calloutsIn, movedBody } from "../html/moved-body.ts";
import { keyOf, printedBody } from "../html/printed-body.ts";
import type { Activity } from "../model/activity.ts";
import type { Module, Page } from "../model/course.ts";
import type { Edition } from "../model/edition.ts";
import { facilitateFolder, type LedModule } from "../model/facilitation.ts";
import { guidesOf, pagesIn } from "../model/print.ts";
import { FRAMES, type Lesson, type Plan, type Session } from "../model/session-plan.ts";
import type { Worksheet } from "../model/worksheets.ts";
import { say } from "../words/say.ts";
import type { EditionPages, Link, PageToLayOut } from "./edition-pages.ts";
import { printedBodies } from "./printed-bodies.ts";
import type { Site } from "./site.ts";

/** Where those who lead a group begin; undefined of an edition without pages for them. */
export const facilitateAddress = (edition: Edition, { led }: Site): string | undefined =>
  led.some((one) => one.edition === edition) ? `${facilitateFolder(edition)}/index.html` : undefined;

/** Search engines are told to leave them alone, as is whoever lists pages for readers. */
const OF_ALL = { isForReaderAlone: true, isLed: true };

export function facilitatorPages({ edition, site, worksheets }: EditionPages): PageToLayOut[] {
  const led = site.led.filter((one) => one.edition === edition);
  const start = facilitateAddress(edition, site);
  if (!start) return [];
  const { words } = edition;
  const around: Around = {
    site,
    home: { title: words.facilitate.title, address: start },
    sheets: sheetsBySection(worksheets),
    order: new Map(worksheets.map((worksheet, index) => [worksheet, index])),
    beside: notedBeside(edition, site),
  };
  const pages = led.flatMap((one) => pagesOfModule(one, around));
  if (led.length > 1) {
    const ofModules = new Set(led.map(({ module }) => module));
    const notes = once(() => notesOf(around, start, (module) => !module || !ofModules.has(module)));
    const data = { layout: "facilitate.liquid", ...around.home, summary: words.facilitate.lead, led, notes };
    pages.unshift({ address: start, data, contents: () => notes().map(({ html }) => html) });
  }
  return pages.map(({ data, ...page }) => ({ ...page, data: { ...OF_ALL, ...data } }));
}

/** What all modules of an edition need, found once. */
interface Around {
  site: Site;
  home: Link;
  sheets: ReadonlyMap<Page, Worksheet[]>;
  /** Of worksheets, their places in the list. */
  order: ReadonlyMap<Worksheet, number>;
  /** Pages with notes that are no sections: the front door, modules' own pages, worksheets. */
  beside: readonly { page: Page; module: Module | undefined }[];
}

/** Made when a layout asks for it: a preview lays out few pages of a site. */
function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function pagesOfModule(led: LedModule, around: Around): PageToLayOut[] {
  const { site, home } = around;
  const { rendering } = site;
  const { module, edition } = led;
  const { words, language } = edition;
  const told = (text: string) => say(text, { module: module.title }, language);
  const isOnly = led.address === home.address;
  const plan = { title: told(words.facilitate.of), address: led.address };
  const parents = isOnly ? [plan] : [home, plan];
  const plans = once(() => led.allPlans);
  const notes = once(() => notesOf(around, led.address, (one) => isOnly || one === module));
  const planData = {
    layout: "session-plan.liquid",
    title: plan.title,
    summary: told(words.facilitate.summary.plan),
    parents: parents.slice(0, -1),
    led,
    module,
    plans: once(() => plans().map((one) => planToShow(one, around))),
    unfit: once(() => unfitOf(plans())),
    notes,
  };
  const prompts = once(() => promptsOf(led, site));
  const pages: PageToLayOut[] = [
    { address: led.address, data: planData, contents: () => notes().map(({ html }) => html) },
  ];
  if (led.hasPrompts) {
    pages.push({
      address: led.prompts,
      data: {
        layout: "prompts.liquid",
        title: words.facilitate.prompts,
        summary: told(words.facilitate.summary.prompts),
        parents,
        led,
        prompts,
      },
      contents: () => prompts().map(({ html }) => html),
    });
  }
  const guideTitle = told(words.facilitate.guideOf);
  const summary = told(words.facilitate.summary.guide);
  const activities = once(() => activitiesIn(led, site));
  for (const print of guidesOf(led)) {
    const volume = print.kind === "page" && print.volume && say(words.print.volume, print.volume, language);
    const data = {
      layout: print.kind === "page" ? "print.liquid" : "print-list.liquid",
      title: guideTitle,
      heading: guideTitle,
      summary,
      description: summary,
      parents,
      print,
      volume,
      sheets: [],
      led,
      module,
      activities,
      hasVariants: print.kind === "page" && hasVariants(pagesIn(print), site),
      isPrint: true,
      runningTitle: [guideTitle, volume].filter(Boolean).join(", "),
    };
    if (print.kind === "list") pages.push({ address: print.address, data });
    else pages.push({ address: print.address, data, contents: () => printedBodies(print, rendering) });
  }
  const sections = [...led.lessons.values()];
  for (const [index, lesson] of sections.entries()) {
    pages.push(sectionPage(lesson, sections[index - 1], sections[index + 1], led, parents, around));
  }
  return pages;
}

/** A section with its notes in place. */
function sectionPage(
  { section, ...lesson }: Lesson,
  before: Lesson | undefined,
  after: Lesson | undefined,
  led: LedModule,
  parents: readonly Link[],
  { site, sheets }: Around,
): PageToLayOut {
  const { rendering, course } = site;
  const rendered = rendering.of(section);
  const address = led.addressOf(section);
  // Made for the layout, and looked at by the gate right after: once, and kept no longer.
  let made: string | undefined;
  const body = () => {
    const html = rendered.forFacilitators?.html ?? rendered.html;
    made ??= movedBody(html, section.address, address, movedIn(led, course));
    return made;
  };
  const neighbor = (one: Lesson | undefined) =>
    one && { section: one.section, minutes: one.minutes, address: led.addressOf(one.section) };
  return {
    address,
    data: {
      layout: "led-section.liquid",
      isToProject: true,
      title: section.title,
      summary: say(
        led.edition.words.facilitate.summary.section,
        { section: section.title },
        led.edition.language,
      ),
      parents,
      led,
      module: led.module,
      section,
      ...lesson,
      activity: activityOf(rendered.activities),
      sheets: sheets.get(section) ?? [],
      hasVariants: hasVariants([section], site),
      firstNote: rendered.forFacilitators?.firstNote,
      body,
      before: neighbor(before),
      after: neighbor(after),
    },
    contents: () => {
      const text = body();
      made = undefined;
      return [text];
    },
  };
}

/** From a module's sections to those of its facilitators. */
const movedIn =
  (led: LedModule, { byAddress }: Site["course"]) =>
  (address: string): string | undefined => {
    const page = byAddress.get(address);
    return page && led.lessons.has(page) ? led.addressOf(page) : undefined;
  };

function notedBeside(edition: Edition, { course, rendering, worksheets }: Site): Around["beside"] {
  const ofWorksheets = new Map(worksheets.map(({ local, module }) => [local, module]));
  return course.pages
    .filter((page) => page.kind !== "section" && course.editionOf(page) === edition)
    .filter((page) => rendering.of(page).forFacilitators)
    .map((page) => ({ page, module: page.module ?? ofWorksheets.get(page) }));
}

/** The notes alone of such pages. */
function notesOf(
  { site: { rendering }, beside }: Around,
  to: string,
  isOf: (module: Module | undefined) => boolean,
): { page: Page; html: string }[] {
  return beside.flatMap(({ page, module }) => {
    if (!isOf(module)) return [];
    const notes = calloutsIn(rendering.of(page).forFacilitators!.html, "trainer");
    const html = notes.map((note) => movedBody(note, page.address, to)).join("\n");
    return html ? [{ page, html }] : [];
  });
}

/** What a section asks its readers, as it stands on one page. */
function promptsOf(led: LedModule, { rendering }: Site): { section: Page; html: string }[] {
  const sections = [...led.lessons.keys()];
  const printed = new Map(
    sections.map(({ address }) => [address, { key: keyOf(address), anchors: new Set<string>() }]),
  );
  return sections.flatMap((section) => {
    const { html } = rendering.of(section);
    const callouts = ["reflection", "question"]
      .flatMap((kind) => calloutsIn(html, kind))
      .map((callout) => printedBody(callout, { from: section.address, to: led.prompts, printed, lower: 0 }));
    return callouts.length ? [{ section, html: callouts.join("\n") }] : [];
  });
}

/** The facts of several notes as one's: the time of each is told already. */
function activityOf(activities: readonly Activity[]): Pick<Activity, "people" | "materials"> {
  return {
    people: Math.max(0, ...activities.map(({ people }) => people ?? 0)) || undefined,
    materials: [...new Set(activities.flatMap(({ materials }) => materials))],
  };
}

const activitiesIn = (led: LedModule, { rendering }: Site) =>
  new Map([...led.lessons.keys()].map((section) => [section, activityOf(rendering.of(section).activities)]));

/** Whether notes say something for one way of meeting. */
const hasVariants = (pages: readonly Page[], { rendering }: Site): boolean =>
  pages.some((page) => rendering.of(page).forFacilitators?.html.includes(`<div class="note-variant"`));

/** The worksheets that each section uses, in their order. */
function sheetsBySection(worksheets: readonly Worksheet[]): Map<Page, Worksheet[]> {
  const sheets = new Map<Page, Worksheet[]>();
  for (const worksheet of worksheets) {
    for (const page of new Set(worksheet.callouts.map((callout) => callout.page))) {
      sheets.set(page, [...(sheets.get(page) ?? []), worksheet]);
    }
  }
  return sheets;
}

/** A plan with all that a layout shows of it. */
function planToShow({ sessions, ...plan }: Plan, { site: { rendering }, sheets, order }: Around) {
  return {
    ...plan,
    minutes: sessions.reduce((sum, { start, end }) => sum + end - start, 0),
    sessions: sessions.map((session) => {
      const sections = sectionsIn(session);
      return {
        ...session,
        slots: session.slots.map((slot) => ({
          ...slot,
          late: slot.kind === "section" && rendering.of(slot.lesson.section).forFacilitators?.late,
        })),
        materials: activityOf(sections.flatMap((section) => rendering.of(section).activities)).materials,
        sheets: [...new Set(sections.flatMap((section) => sheets.get(section) ?? []))].sort(
          (one, other) => order.get(one)! - order.get(other)!,
        ),
      };
    }),
  };
}

const sectionsIn = ({ slots }: Session): Page[] =>
  slots.flatMap((slot) => (slot.kind === "section" ? slot.lesson.section : []));

/** The kinds of plan whose hours do not hold the module. */
const unfitOf = (plans: readonly Plan[]): Plan["kind"][] =>
  (Object.keys(FRAMES) as (keyof typeof FRAMES)[]).filter(
    (kind) => !plans.some((plan) => plan.kind === kind),
  );
