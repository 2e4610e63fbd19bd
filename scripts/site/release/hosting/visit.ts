/** What a first visit to a site costs its server, once a browser has fetched what it keeps. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { listAddress, type ReleaseFile, readList, releaseIn, WORKER } from "../../output/release.ts";
import { typeOf } from "../../output/static-server.ts";
import { PACKABLE } from "./model.ts";

export interface Visit {
  files: number;
  /** Over the line, texts packed by gzip. */
  bytes: number;
}

/** Of a large course, which a browser keeps module by module, all modules. */
export async function visitTo(folder: string, files: readonly string[]): Promise<Visit> {
  const addresses = (await keptIn(folder)) ?? files.filter((file) => /\.(?:css|html|js)$/.test(file));
  let bytes = 0;
  for (const address of addresses) {
    const content = await fs.readFile(path.join(folder, address));
    const isPackable = PACKABLE.includes(typeOf(address).replace(/;.*/, ""));
    bytes += isPackable ? gzipSync(content).length : content.length;
  }
  return { files: addresses.length, bytes };
}

/** Addresses of what browsers keep by themselves; undefined where the site is not to be kept. */
async function keptIn(folder: string): Promise<string[] | undefined> {
  const read = (address: string) => fs.readFile(path.join(folder, address), "utf8");
  const release = releaseIn(await read(WORKER));
  if (release === undefined) return undefined;
  const shared = readList(await read(listAddress(release)));
  const lists = [shared];
  for (const { hash } of shared.folders) lists.push(readList(await read(listAddress(hash))));
  return lists.flatMap(({ byItself }) => byItself).map(({ url }: ReleaseFile) => addressOf(url));
}

/** A front page's address is that of its folder. */
const addressOf = (url: string): string => {
  const address = decodeURIComponent(url);
  return address === "" || address.endsWith("/") ? `${address}index.html` : address;
};
