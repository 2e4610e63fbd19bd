/**
 * Asks the network about links that leave the site: a few at a time, one host never twice at once, with limits on
 * each answer and on the whole, and remembering for a day what was good. Of an answer only its head is read, and no
 * address of this machine or its neighbours is asked unless the caller allows it.
 */
import { lookup as resolve } from "node:dns";
import http from "node:http";
import https from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPrivate } from "../text/private-addresses.ts";
import { LinkMemory } from "./link-memory.ts";

export type Outcome =
  | "ok"
  | "redirected"
  | "gone"
  | "forbidden"
  | "unreachable"
  | "private"
  | "invalid"
  | "unasked";

export interface LinkResult {
  /** Without user name and password. */
  url: string;
  outcome: Outcome;
  /** The address that a redirection ends at, the status, or what went wrong. */
  detail: string;
}

export interface CheckOptions {
  /** File of what is remembered; none remembers nothing. */
  cache?: string | undefined;
  /** Is told once why that file could not be written. */
  onFault?: (code: string) => void;
  /** Milliseconds until a host counts as silent. */
  timeout?: number;
  /** Milliseconds between two questions to one host. */
  pause?: number;
  /** Milliseconds that the whole may take; what is left by then is not asked. */
  limit?: number;
  /** Ends the check early, as when its author presses Ctrl-C. */
  signal?: AbortSignal | undefined;
  /** Milliseconds since 1970. */
  now?: number;
  /** Whether an IP address is not to be asked: by default this machine's own and private ones. */
  isRefused?: (address: string) => boolean;
}

/** All links of a large course, of which some hosts are silent. */
export const WHOLE_LIMIT = 10 * 60 * 1000;

const AT_ONCE = 4;
const MAX_REDIRECTIONS = 5;
/** Bytes of an answer's head. */
const HEAD_LIMIT = 16_384;
/** Characters that a message quotes of what a server sent. */
const QUOTE_LENGTH = 200;
const AGENT = "connected-learning-module link check";

interface Limits {
  timeout: number;
  signal: AbortSignal;
  isRefused: (address: string) => boolean;
}

/** The result for each address, in the order given. */
export async function checkLinks(urls: readonly string[], options: CheckOptions = {}): Promise<LinkResult[]> {
  const { timeout = 15_000, pause = 500, limit = WHOLE_LIMIT, isRefused = isPrivate } = options;
  const memory = await LinkMemory.read(options.cache, options.now ?? Date.now(), once(options.onFault));
  const stop = new AbortController();
  const clock = setTimeout(() => stop.abort(), limit);
  const end = () => stop.abort();
  if (options.signal?.aborted) end();
  options.signal?.addEventListener("abort", end);

  const results = new Map<string, Omit<LinkResult, "url">>();
  const queues = new Map<string, string[]>();
  for (const address of new Set(urls.map(addressOf))) {
    if (address === undefined || results.has(address)) continue;
    const known = memory.get(address);
    if (known) {
      results.set(address, known);
      continue;
    }
    const { host } = new URL(address);
    const queue = queues.get(host);
    if (queue) queue.push(address);
    else queues.set(host, [address]);
  }

  const waiting = [...queues.values()].reverse();
  const worker = async () => {
    for (let queue = waiting.pop(); queue; queue = waiting.pop()) {
      for (const [index, address] of queue.entries()) {
        if (index) await wait(pause, stop.signal);
        if (stop.signal.aborted) return;
        const result = await checkLink(address, { timeout, signal: stop.signal, isRefused });
        // What the end of the whole has broken off is not known.
        if (stop.signal.aborted && result.outcome === "unreachable") return;
        results.set(address, result);
        memory.keep(address, result);
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } finally {
    clearTimeout(clock);
    options.signal?.removeEventListener("abort", end);
    await memory.write();
  }
  return urls.map((url) => {
    const address = addressOf(url);
    if (address === undefined) return { url: printable(url), outcome: "invalid", detail: "" };
    const shown = withoutSecrets(new URL(url));
    return { url: shown, ...(results.get(address) ?? { outcome: "unasked", detail: "" }) };
  });
}

/** What is asked for a link: its address without fragment, user name and password; undefined where it is none. */
function addressOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (!isWeb(parsed)) return undefined;
  parsed.hash = "";
  return withoutSecrets(parsed);
}

const isWeb = ({ protocol }: URL) => protocol === "http:" || protocol === "https:";

function withoutSecrets(url: URL): string {
  url.username = "";
  url.password = "";
  return url.href;
}

/** One address: HEAD first, and GET where a server does not care for HEAD. */
async function checkLink(address: string, limits: Limits): Promise<Omit<LinkResult, "url">> {
  let at = address;
  let isPermanent = false;
  for (let step = 0; step <= MAX_REDIRECTIONS; step++) {
    const answer = await ask(at, limits);
    if ("refused" in answer) {
      const host = new URL(at).hostname;
      const detail = host === answer.refused ? host : `${host} is ${answer.refused}`;
      return { outcome: "private", detail: step ? `redirected to ${detail}` : detail };
    }
    if ("fault" in answer) return { outcome: "unreachable", detail: answer.fault };
    const { status, location } = answer;
    if (status >= 300 && status < 400 && location) {
      const next = URL.canParse(location, at) ? addressOf(new URL(location, at).href) : undefined;
      if (next === undefined)
        return { outcome: "unreachable", detail: `it redirects to ${printable(location)}` };
      isPermanent ||= status === 301 || status === 308;
      at = next;
      continue;
    }
    if (status === 404 || status === 410) return { outcome: "gone", detail: `status ${status}` };
    if (status >= 400 && status < 500) return { outcome: "forbidden", detail: `status ${status}` };
    if (status >= 500) return { outcome: "unreachable", detail: `status ${status}` };
    return isPermanent
      ? { outcome: "redirected", detail: at }
      : { outcome: "ok", detail: `status ${status}` };
  }
  return { outcome: "unreachable", detail: `more than ${MAX_REDIRECTIONS} redirections` };
}

type Answer = { status: number; location: string | undefined } | { fault: string } | { refused: string };

async function ask(address: string, limits: Limits): Promise<Answer> {
  const head = await request("HEAD", address, limits);
  return "status" in head && head.status >= 400 ? request("GET", address, limits) : head;
}

/** The head of one answer. Never rejects, and is over when the time is, whatever the server does. */
function request(method: "HEAD" | "GET", address: string, limits: Limits): Promise<Answer> {
  const { timeout, signal, isRefused } = limits;
  const url = new URL(address);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  // Of an address in numbers no name is looked up. The URL standard has read `0x7f.1` and `2130706433` already.
  if (isIP(host) && isRefused(host)) return Promise.resolve({ refused: host });
  return new Promise((done) => {
    const end = (answer: Answer) => {
      clearTimeout(clock);
      signal.removeEventListener("abort", stop);
      done(answer);
      sent?.destroy();
    };
    const stop = () => end({ fault: "the check was ended" });
    const clock = setTimeout(() => end({ fault: `no answer within ${timeout / 1000} seconds` }), timeout);
    signal.addEventListener("abort", stop);
    let sent: http.ClientRequest | undefined;
    try {
      sent = (url.protocol === "https:" ? https : http).request(url, {
        method,
        agent: false,
        headers: { "user-agent": AGENT, accept: "text/html,*/*;q=0.5" },
        lookup: guardedLookup(isRefused, (refused) => end({ refused })),
        maxHeaderSize: HEAD_LIMIT,
      });
      const take = ({ statusCode, headers }: http.IncomingMessage) =>
        end({ status: statusCode ?? 0, location: headers.location });
      sent.on("response", take);
      sent.on("upgrade", take);
      sent.on("error", (error: NodeJS.ErrnoException) =>
        end({ fault: printable(error.code ?? error.message) }),
      );
      sent.on("close", () => end({ fault: "the connection was closed without an answer" }));
      sent.end();
      if (signal.aborted) stop();
    } catch (error) {
      end({ fault: printable((error as Error).message) });
    }
  });
}

/**
 * Looks up a host's addresses for the connection itself, and refuses there: a name that is looked up once to be
 * judged and once more to be asked may have become another's in between.
 */
function guardedLookup(
  isRefused: (address: string) => boolean,
  onRefused: (address: string) => void,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, "", 0);
      const refused = addresses.find(({ address }) => isRefused(address));
      if (refused) {
        onRefused(refused.address);
        return callback(new Error("refused"), "", 0);
      }
      if (options.all) return callback(null, addresses);
      callback(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}

function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      clearTimeout(clock);
      signal.removeEventListener("abort", end);
      done();
    };
    const clock = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

/** What a server or an author wrote, as a message can quote it: short, in one line, without signs that steer a terminal. */
function printable(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, "\ufffd");
  return line.length > QUOTE_LENGTH ? `${line.slice(0, QUOTE_LENGTH - 1)}…` : line;
}

function once(tell: (code: string) => void = () => {}): (code: string) => void {
  let isTold = false;
  return (code) => {
    if (!isTold) tell(code);
    isTold = true;
  };
}
