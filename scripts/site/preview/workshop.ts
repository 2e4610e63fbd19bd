/**
 * Where a preview's site is made again after every save, of what has been made before: files that nobody saved are not
 * read again, pages that nothing changed for are not rendered again, and none is laid out before somebody asks for it.
 */

import path from "node:path";
import type { Content } from "../content/source.ts";
import { type Bundled, bundleFiles, giveFiles, neededFor } from "../layout/assets.ts";
import { checkProgramPath } from "../layout/lay-out.ts";
import { picturesOf } from "../layout/pictures.ts";
import type { Site } from "../layout/site.ts";
import { GENERATED_PAGES } from "../model/generated-pages.ts";
import { readTarget } from "../output/static-server.ts";
import { isOfMachine, sayFault } from "../problems/faults.ts";
import { formatProblem, type Problems } from "../problems/problems.ts";
import { PROJECT } from "../project.ts";
import { buildDate, makeSite } from "../site.ts";
import { printable, withoutOrders } from "../text/printable.ts";
import { readWordFiles } from "../words/words.ts";
import { KeptFiles } from "./kept-files.ts";
import { KeptPages } from "./kept-pages.ts";
import { LiveSite } from "./live-site.ts";
import { areAlike, lookAt, type Stamps, seenAt } from "./look.ts";
import type { Answer, Made } from "./messages.ts";
import { Turns } from "./turns.ts";

const LAYOUTS = path.join(PROJECT, "layouts");
const ASSETS = path.join(PROJECT, "assets");

export class Workshop {
  /** The last good site. It is replaced as a whole, so no answer is ever half of one. */
  live: LiveSite | undefined;
  /** How the last update went, and what is being shown. */
  made: Made = { built: "", css: "", problems: "", report: "" };
  readonly pages = new KeptPages();
  readonly #content: string;
  readonly #name: string;
  readonly #files = new KeptFiles();
  readonly #turns = new Turns();
  /** Sites that differ in more than their style. */
  #sites = 0;
  /** Of the layouts of the site that is shown. */
  #layouts: Stamps | undefined;
  #bundled: { key: string; files: Bundled } | undefined;

  /** `name` tells its sites from those of any other. */
  constructor(content: string, name: string) {
    this.#content = path.resolve(content);
    this.#name = name;
  }

  /** Looks at all that its sites are made of, but for the program. */
  readonly look = (): Promise<Stamps> => lookAt([this.#content, LAYOUTS, ASSETS]);

  /**
   * Makes the site of what was seen, and shows it where nothing is wrong with it; "again" where the machine was at
   * fault, which it may not be the next time. It never throws.
   */
  async update(seen: Stamps): Promise<"again" | undefined> {
    try {
      const site = await this.#make(seen);
      checkProgramPath(site.problems);
      const { errors } = site.problems;
      if (!errors.length) await this.#show(site, seen);
      this.#tell(linesOf(site.problems), errors.map(formatProblem));
      return errors.some(({ rule }) => rule === "unreadable-file") ? "again" : undefined;
    } catch (error) {
      if (process.env.DEBUG) console.error(error);
      const fault = withoutOrders(printable(sayFault(error)));
      this.#tell([fault], [fault]);
      return isOfMachine(error) ? "again" : undefined;
    }
  }

  /** What the last good site has at a request's target. It never throws. */
  async answer(target: string): Promise<Answer> {
    const { built } = this.made;
    const live = this.live;
    const asked = readTarget(target);
    if (typeof asked === "number") return { built, status: asked };
    if (!live) return { built, status: 404 };
    const inside = asked.slice(1);
    const asksFolder = inside === "" || inside.endsWith("/");
    const address = asksFolder ? `${inside}index.html` : inside;
    try {
      const found = await live.at(address);
      if (found) return { built, status: 200, found: { name: address, standing: found } };
      if (!asksFolder && live.isFolder(inside)) {
        // No part is empty, and each is encoded: `//other.example/` would lead a browser to another host.
        return { built, status: 301, location: `/${inside.split("/").map(encodeURIComponent).join("/")}/` };
      }
      const name = GENERATED_PAGES.notFound;
      const standing = await live.at(name);
      return { built, status: 404, found: standing && { name, standing } };
    } catch (error) {
      return { built, status: 503, fault: sayFault(error) };
    }
  }

  async #make(seen: Stamps): Promise<Site> {
    const content = await this.#turns.take(() => this.#files.read(this.#content, seen));
    const words = await readWordFiles();
    return makeSite(content, { drafts: true, words, date: buildDate(), render: this.pages.render });
  }

  async #show(site: Site, seen: Stamps): Promise<void> {
    const before = this.live;
    const files = await this.#bundle(site, seenAt(seen, [ASSETS]));
    giveFiles(site, files);
    const layouts = seenAt(seen, [LAYOUTS]);
    const areLayoutsSame = this.#layouts !== undefined && areAlike(layouts, this.#layouts);
    const isSame = before && areLayoutsSame && isSameButForStyle(before, site, files);
    const isStyleSame = before?.browserFiles.addresses.css === files.addresses.css;
    if (isSame && isStyleSame) return;
    const live = new LiveSite(site, files, this.#turns, before);
    if (!areLayoutsSame) await live.prepare(live.samples);
    this.live = live;
    this.#layouts = layouts;
    if (!isSame) this.#sites++;
  }

  async #bundle(site: Site, seen: Stamps): Promise<Bundled> {
    const needed = neededFor(site);
    const key = JSON.stringify([needed, ...seen]);
    if (this.#bundled?.key !== key) this.#bundled = { key, files: await bundleFiles(needed) };
    return this.#bundled.files;
  }

  #tell(report: string[], problems: string[]): void {
    this.made = {
      built: this.live ? `${this.#name}-${this.#sites}` : "",
      css: this.live?.browserFiles.addresses.css ?? "",
      problems: problems.join("\n"),
      report: report.join("\n"),
    };
  }
}

const linesOf = ({ warnings, errors }: Problems): string[] => [
  ...warnings.map((problem) => `warning: ${formatProblem(problem)}`),
  ...errors.map(formatProblem),
];

/** Whether pages of a new site differ from those that are shown in the address of their style sheet at most. */
function isSameButForStyle({ site: before, browserFiles }: LiveSite, site: Site, files: Bundled): boolean {
  return (
    isSameContent(before.course.folder, site.course.folder) &&
    settingsBesideColors(before) === settingsBesideColors(site) &&
    JSON.stringify({ ...browserFiles.addresses, css: "" }) ===
      JSON.stringify({ ...files.addresses, css: "" }) &&
    browserFiles.notFoundCss === files.notFoundCss &&
    JSON.stringify(picturesOf(before).drawings) === JSON.stringify(picturesOf(site).drawings)
  );
}

const settingsBesideColors = ({ course }: Site): string =>
  JSON.stringify({ ...course.settings, colors: undefined });

/** What was read again is another value, even where it says the same. */
function isSameContent(one: Content, other: Content): boolean {
  const things = ({ pages, files }: Content): unknown[] => [...pages, ...[...files].flat()];
  const [before, now] = [things(one), things(other)];
  return before.length === now.length && before.every((thing, index) => thing === now[index]);
}
