/** Sites to test: built by the real build, into folders that the tests' end takes away. */
import { existsSync, rmSync } from "node:fs";
import { mkdtemp, readdir, rename } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { serveFile } from "../../scripts/site/output/static-server.ts";
import { formatProblem } from "../../scripts/site/problems/problems.ts";
import { PROJECT } from "../../scripts/site/project.ts";
import { buildSite, loadSite } from "../../scripts/site/site.ts";
import { type Files, writeFiles } from "./content.ts";

/** Every form of the dialect, in two modules. */
export const COURSE = path.join(PROJECT, "tests/fixtures/course");
/** The module that the project ships. */
export const CONTENT = path.join(PROJECT, "content");

/** A folder that is gone when the process is. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "site-test-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export interface BuiltSite {
  folder: string;
  /** Addresses of all pages, from the root. */
  pages: string[];
  site: Awaited<ReturnType<typeof buildSite>>["site"];
}

/** The site of a folder; those of `COURSE` and `CONTENT` are other files' too, and stay as they are. */
export async function buildForTest(content: string): Promise<BuiltSite> {
  const { folder, site } = await (content === COURSE || content === CONTENT ? builtOnce : build)(content);
  const files = await readdir(folder, { recursive: true });
  const pages = files.filter((file) => file.endsWith(".html")).map((file) => file.split(path.sep).join("/"));
  return { folder, pages: pages.sort(), site };
}

async function build(content: string): Promise<Omit<BuiltSite, "pages">> {
  const folder = path.join(await temporaryFolder(), "site");
  const { site, written } = await buildSite({ content, out: folder, drafts: false });
  if (!written) throw new Error(site.problems.errors.map(formatProblem).join("\n"));
  return { folder, site };
}

/** In the folder that all files of a run share; by whoever is first there with a whole site. */
async function builtOnce(content: string): Promise<Omit<BuiltSite, "pages">> {
  const shared = process.env.TESTS_BUILT;
  if (!shared) return build(content);
  const folder = path.join(shared, path.basename(content));
  if (existsSync(folder)) return { folder, site: await loadSite({ content, drafts: false }) };
  const mine = await build(content);
  const isFirst = await rename(mine.folder, folder).then(
    () => true,
    () => false,
  );
  return isFirst ? { ...mine, folder } : mine;
}

/** The folder of a site made of these files. */
export async function buildOf(files: Files): Promise<string> {
  const content = path.join(await temporaryFolder(), "content");
  await writeFiles(content, files);
  return (await buildForTest(content)).folder;
}

export interface Origin {
  /** What stands before a page's address, with `/` at its end. */
  base: string;
  name: string;
}

/** The site over HTTP on a free port, under a prefix such as `/` or `/any/sub/path/`. */
export async function serve(folder: string, prefix: string): Promise<Origin> {
  const server = createServer((request, response) => void serveFile(folder, request, response, { prefix }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}${prefix}`, name: prefix };
}

/** The three ways in which a site is opened. */
export async function threeOrigins(folder: string): Promise<Origin[]> {
  return [
    await serve(folder, "/"),
    await serve(folder, "/any/sub/path/"),
    { base: `${pathToFileURL(folder).href}/`, name: "file://" },
  ];
}

/** An address as it stands in a URL. */
export const inUrl = (address: string): string => address.split("/").map(encodeURIComponent).join("/");
