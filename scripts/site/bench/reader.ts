/** What a reader pays who comes for the first time, on a poor line and with an old machine: in a real browser. */
import { promises as fs } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { buildSite } from "../site.ts";
import { type Host, openHost } from "./host.ts";
import { median } from "./median.ts";

export interface Conditions {
  /** As a browser sets it: milliseconds a request, bytes a second. */
  network: { offline: boolean; latency: number; downloadThroughput: number; uploadThroughput: number };
  /** How many times slower the processor is. It is that of the page; workers keep their pace. */
  slower: number;
}

/** The slow 4G of Lighthouse and its slow processor, as it sets them in a browser. */
export const SLOW: Conditions = {
  network: {
    offline: false,
    latency: 150 * 3.75,
    downloadThroughput: (1.6 * 1024 * 1024 * 0.9) / 8,
    uploadThroughput: (750 * 1024 * 0.9) / 8,
  },
  slower: 4,
};

const QUERY = "mentor";

export interface Paid {
  requests: number;
  /** What came over the line, heads of answers included. */
  bytes: number;
  ms: number;
}

export interface ReaderCost {
  sections: number;
  modules: number;
  /** The address of the section that was opened. */
  section: string;
  query: string;
  /** From the request of a section until its text can be read; bytes and requests until it is whole. */
  text: Paid;
  /** From the `/` key until the first result, the query typed in no time. */
  search: Paid;
}

export interface ReaderOptions {
  /** The content folder. */
  content: string;
  /** Where its site is built. */
  out: string;
  runs: number;
  conditions?: Conditions;
}

/** Builds a site and reads a section of it; medians of some visits. */
export async function measureReader(browser: Browser, options: ReaderOptions): Promise<ReaderCost> {
  const { content, out, runs, conditions = SLOW } = options;
  const { site, written } = await buildSite({ content, out, drafts: false });
  if (!written) throw new Error(`${content} has errors; npm run check says which`);
  const { sections, modules } = site.course;
  const section = await middleBySize(
    out,
    sections.map((one) => one.address),
  );
  const visits: { text: Paid; search: Paid }[] = [];
  for (let run = 0; run < runs; run++) visits.push(await visit(browser, out, section, conditions));
  return {
    sections: sections.length,
    modules: modules.length,
    section,
    query: QUERY,
    text: medianPaid(visits.map((one) => one.text)),
    search: medianPaid(visits.map((one) => one.search)),
  };
}

async function visit(browser: Browser, folder: string, address: string, { network, slower }: Conditions) {
  const host = await openHost(folder, network.latency);
  // What is kept for use without a network comes after it, and is no part of what a reader waits for.
  const context = await browser.newContext({ serviceWorkers: "block" });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", network);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slower });

    await page.goto(host.base + address, { waitUntil: "networkidle" });
    const ms = await page.evaluate(
      () => performance.getEntriesByName("first-contentful-paint")[0]!.startTime,
    );
    const text = { ...account(host), ms };

    const began = performance.now();
    await page.keyboard.press("/");
    await page.getByRole("searchbox").fill(QUERY);
    await page.locator("dialog[open] [data-results] > li").first().waitFor();
    const search = { ...account(host), ms: performance.now() - began };
    return { text, search };
  } finally {
    await context.close();
    host.close();
  }
}

/** What the host has sent since it was last asked. */
function account({ sent }: Host): { requests: number; bytes: number } {
  const answers = sent.splice(0);
  return { requests: answers.length, bytes: answers.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** Of some pages the one that is in the middle when they are sorted by the size of their HTML. */
async function middleBySize(folder: string, addresses: string[]): Promise<string> {
  const sizes = await Promise.all(
    addresses.map(async (address) => ({ address, size: (await fs.stat(path.join(folder, address))).size })),
  );
  sizes.sort((a, b) => a.size - b.size);
  return sizes[Math.floor(sizes.length / 2)]!.address;
}

const medianPaid = (all: Paid[]): Paid => ({
  requests: median(all.map((one) => one.requests)),
  bytes: median(all.map((one) => one.bytes)),
  ms: median(all.map((one) => one.ms)),
});
