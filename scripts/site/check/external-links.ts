/**
 * Asks the network about links that leave the site: a few at a time, one host never twice at once, with a time-out,
 * and remembering for a day what was good.
 */
import { promises as fs } from "node:fs";
import path from "node:path";

export type Outcome = "ok" | "redirected" | "gone" | "forbidden" | "unreachable";

export interface LinkResult {
  url: string;
  outcome: Outcome;
  /** The address that a redirection ends at, the status, or what went wrong. */
  detail: string;
}

export interface CheckOptions {
  /** File of what is remembered; none remembers nothing. */
  cache?: string | undefined;
  /** Milliseconds until a host counts as silent. */
  timeout?: number;
  /** Milliseconds between two questions to one host. */
  pause?: number;
  /** Milliseconds since 1970. */
  now?: number;
}

const AT_ONCE = 4;
const MAX_REDIRECTIONS = 5;
const REMEMBER_MS = 24 * 60 * 60 * 1000;
const AGENT = "connected-learning-module link check";

type Cache = Record<string, { checked: number; outcome: Outcome; detail: string }>;

/** The result for each address, in the order given. */
export async function checkLinks(urls: readonly string[], options: CheckOptions = {}): Promise<LinkResult[]> {
  const { cache: file, timeout = 15_000, pause = 500, now = Date.now() } = options;
  const cache = await readCache(file);
  const results = new Map<string, LinkResult>();
  const byHost = new Map<string, string[]>();
  for (const url of new Set(urls)) {
    const known = cache[url];
    if (known && now - known.checked < REMEMBER_MS) {
      results.set(url, { url, outcome: known.outcome, detail: known.detail });
      continue;
    }
    const host = new URL(url).host;
    byHost.set(host, [...(byHost.get(host) ?? []), url]);
  }

  const hosts = [...byHost.values()];
  const worker = async () => {
    for (let queue = hosts.shift(); queue; queue = hosts.shift()) {
      for (const [index, url] of queue.entries()) {
        if (index) await new Promise((resolve) => setTimeout(resolve, pause));
        const result = await checkLink(url, timeout);
        results.set(url, result);
        if (result.outcome === "ok" || result.outcome === "redirected") {
          cache[url] = { checked: now, outcome: result.outcome, detail: result.detail };
        }
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await writeCache(file, cache);
  return urls.map((url) => results.get(url)!);
}

/** One address, without its fragment: HEAD first, and GET where a server does not care for HEAD. */
async function checkLink(url: string, timeout: number): Promise<LinkResult> {
  let at = url.replace(/#.*$/, "");
  let isPermanent = false;
  for (let step = 0; step <= MAX_REDIRECTIONS; step++) {
    const answer = await ask(at, timeout);
    if (typeof answer === "string") return { url, outcome: "unreachable", detail: answer };
    const { status, location } = answer;
    if (status >= 300 && status < 400 && location) {
      if (!URL.canParse(location, at))
        return { url, outcome: "unreachable", detail: `it redirects to ${location}` };
      isPermanent ||= status === 301 || status === 308;
      at = new URL(location, at).href;
      continue;
    }
    if (status === 404 || status === 410) return { url, outcome: "gone", detail: `status ${status}` };
    if (status === 429 || (status >= 400 && status < 500))
      return { url, outcome: "forbidden", detail: `status ${status}` };
    if (status >= 500) return { url, outcome: "unreachable", detail: `status ${status}` };
    return isPermanent
      ? { url, outcome: "redirected", detail: at }
      : { url, outcome: "ok", detail: `status ${status}` };
  }
  return { url, outcome: "unreachable", detail: `more than ${MAX_REDIRECTIONS} redirections` };
}

async function ask(
  url: string,
  timeout: number,
): Promise<{ status: number; location: string | null } | string> {
  const once = async (method: "HEAD" | "GET") => {
    const response = await fetch(url, {
      method,
      redirect: "manual",
      headers: { "user-agent": AGENT, accept: "text/html,*/*;q=0.5" },
      signal: AbortSignal.timeout(timeout),
    });
    await response.body?.cancel();
    return { status: response.status, location: response.headers.get("location") };
  };
  try {
    const head = await once("HEAD");
    return head.status >= 400 ? await once("GET") : head;
  } catch (error) {
    const { name, cause, message } = error as Error & { cause?: { code?: string } };
    if (name === "TimeoutError") return `no answer within ${timeout / 1000} seconds`;
    return cause?.code ?? message;
  }
}

async function readCache(file: string | undefined): Promise<Cache> {
  if (!file) return {};
  try {
    return JSON.parse(await fs.readFile(file, "utf8")) as Cache;
  } catch {
    return {}; // none yet, or not whole
  }
}

async function writeCache(file: string | undefined, cache: Cache): Promise<void> {
  if (!file) return;
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(file, JSON.stringify(cache, null, 1));
}
