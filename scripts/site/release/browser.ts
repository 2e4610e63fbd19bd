/**
 * A browser on any machine: the one that CHROMIUM_PATH names, else one that is installed, else, on Linux, the one
 * inside the npm package @sparticuz/chromium with the libraries it brings, where that is installed.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { PROJECT } from "../project.ts";

const CACHE = path.join(PROJECT, "node_modules/.cache/chromium-147");

/** How a browser is started: what Playwright takes too. */
export interface FoundBrowser {
  executablePath: string;
  args: string[];
  env: Record<string, string>;
}

/** Undefined where there is none. */
export async function findBrowser(): Promise<FoundBrowser | undefined> {
  const installed = installedBrowser();
  const found = installed ? { executablePath: installed, env: {} } : await packagedBrowser();
  return (
    found && {
      executablePath: found.executablePath,
      env: { ...(process.env as Record<string, string>), ...found.env },
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--no-first-run",
        ...(installed ? [] : ["--font-render-hinting=none"]),
      ],
    }
  );
}

function installedBrowser(): string | undefined {
  if (process.env.CHROMIUM_PATH) {
    return process.env.CHROMIUM_PATH === "packaged" ? undefined : process.env.CHROMIUM_PATH;
  }
  for (const name of ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]) {
    try {
      return execFileSync("which", [name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
    } catch {
      // not this one
    }
  }
  return [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  ].find((file) => existsSync(file));
}

/** Unpacked once, beside the other things that npm put there; the folder appears whole or not at all. */
async function packagedBrowser(): Promise<Omit<FoundBrowser, "args"> | undefined> {
  if (process.platform !== "linux") return undefined;
  if (!existsSync(CACHE)) {
    const packaged = await import("@sparticuz/chromium").then(
      (module) => module.default,
      () => undefined,
    );
    if (!packaged) return undefined;
    const folder = `${CACHE}.${process.pid}`;
    await mkdir(folder, { recursive: true });
    // The package unpacks into the folder for temporary files, and its libraries only where it believes to be at home.
    const before = { ...process.env };
    Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x" });
    try {
      await packaged.executablePath();
    } finally {
      for (const name of ["TMPDIR", "AWS_EXECUTION_ENV", "LD_LIBRARY_PATH", "FONTCONFIG_PATH", "HOME"]) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
    await writeFile(
      path.join(folder, "fonts.conf"),
      `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${CACHE}/fonts</dir><cachedir>${CACHE}/fonts-cache</cachedir></fontconfig>`,
    );
    await rename(folder, CACHE).catch(() => rm(folder, { recursive: true, force: true }));
  }
  return {
    executablePath: path.join(CACHE, "chromium"),
    env: { LD_LIBRARY_PATH: path.join(CACHE, "al2023/lib"), FONTCONFIG_FILE: path.join(CACHE, "fonts.conf") },
  };
}
