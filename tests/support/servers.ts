/** Web servers as hosts run them, on a free port of this machine, where they are installed. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import path from "node:path";
import type { serverFiles } from "../../scripts/site/release/hosting/server-files.ts";
import { temporaryFolder } from "./sites.ts";

export interface RunningServer {
  /** Of the site, with `/` at its end. */
  base: string;
  stop(): Promise<void>;
}

type Configurations = ReturnType<typeof serverFiles>;

interface ServerKind {
  /** Where its program may be. */
  programs: readonly string[];
  /** Lays the configuration beside the documents, and says how the program is called. */
  prepare(task: Task): Promise<readonly string[]>;
}

interface Task {
  /** For what is no document. */
  home: string;
  /** The server's root. */
  documents: string;
  /** The site's folder below it. */
  site: string;
  port: number;
  configurations: Configurations;
}

const APACHE_MODULES = ["/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/usr/libexec/apache2"];
const isRoot = process.getuid?.() === 0;

export const SERVERS = {
  nginx: {
    programs: ["/usr/sbin/nginx", "/usr/local/bin/nginx", "/opt/homebrew/bin/nginx"],
    async prepare({ home, documents, port, configurations }) {
      await writeFile(path.join(home, "training.conf"), configurations["nginx.conf"]);
      const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
        (name) => `${name}_temp_path ${home}/${name};`,
      );
      await writeFile(
        path.join(home, "nginx.conf"),
        `daemon off; ${isRoot ? "user root;" : ""} worker_processes 1; pid ${home}/pid; error_log stderr error;
events {}
http { access_log off; ${temporary.join(" ")}
server { listen 127.0.0.1:${port}; root ${documents}; include ${home}/training.conf; } }`,
      );
      return ["-c", path.join(home, "nginx.conf"), "-e", "stderr"];
    },
  },
  apache: {
    programs: ["/usr/sbin/apache2", "/usr/sbin/httpd", "/opt/homebrew/bin/httpd"],
    async prepare({ home, documents, site, port, configurations }) {
      await writeFile(path.join(site, ".htaccess"), configurations["apache.htaccess"]);
      const modules = APACHE_MODULES.find((folder) => existsSync(folder));
      const load = "mpm_event unixd authz_core dir mime headers filter deflate rewrite"
        .split(" ")
        .filter((name) => existsSync(`${modules}/mod_${name}.so`))
        .map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`);
      await writeFile(path.join(home, "mime.types"), "");
      await writeFile(
        path.join(home, "httpd.conf"),
        `ServerRoot ${home}
ServerName localhost
${load.join("\n")}
TypesConfig ${home}/mime.types
PidFile ${home}/pid
ErrorLog ${home}/errors
${isRoot ? "User daemon\nGroup daemon" : ""}
Listen 127.0.0.1:${port}
DocumentRoot ${documents}
<Directory ${documents}>
  AllowOverride FileInfo Indexes
  Require all granted
</Directory>
`,
      );
      return ["-f", path.join(home, "httpd.conf"), "-DFOREGROUND"];
    },
  },
  caddy: {
    programs: ["/usr/bin/caddy", "/usr/local/bin/caddy", "/opt/homebrew/bin/caddy"],
    async prepare({ home, documents, port, configurations }) {
      const file = path.join(home, "Caddyfile");
      const text = configurations.Caddyfile.replace(":80 {", `http://127.0.0.1:${port} {`)
        .replace("/srv/training", documents)
        .replace(/^(?=http:)/m, "{\n\tadmin off\n\tauto_https off\n}\n");
      await writeFile(file, text);
      return ["run", "--config", file, "--adapter", "caddyfile"];
    },
  },
  python: {
    programs: ["/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"],
    async prepare({ documents, port }) {
      return ["-m", "http.server", `${port}`, "--bind", "127.0.0.1", "--directory", documents];
    },
  },
} satisfies Record<string, ServerKind>;

export type ServerName = keyof typeof SERVERS;

export const programOf = (name: ServerName): string | undefined =>
  SERVERS[name].programs.find((program) => existsSync(program));

/** Starts a server with a copy of a site at a path, by the configuration that a release has for it. */
export async function startServer(
  name: ServerName,
  site: string,
  base: string,
  configurations: Configurations,
): Promise<RunningServer> {
  homes ??= temporaryFolder();
  const home = await mkdtemp(path.join(await homes, `${name}-`));
  // A server that gives up its rights once it runs has to read the site all the same.
  for (const one of [await homes, home]) await chmod(one, 0o755);
  const documents = path.join(home, "documents");
  const at = path.join(documents, base);
  await mkdir(path.dirname(at), { recursive: true });
  await cp(site, at, { recursive: true });
  const port = await freePort();
  const options = await SERVERS[name].prepare({ home, documents, site: at, port, configurations });
  const child = spawn(programOf(name)!, options, {
    env: { ...process.env, HOME: home },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  child.stderr.on("data", (text: Buffer) => {
    complaint += text;
  });
  const server = { base: `http://127.0.0.1:${port}${base}`, stop: () => stop(child) };
  running.add(child);
  const isThere = () =>
    fetch(server.base).then(
      (response) => response.text(),
      () => undefined,
    );
  while ((await isThere()) === undefined) {
    if (child.exitCode !== null) throw new Error(`${name} ended: ${complaint}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return server;
}

let homes: Promise<string> | undefined;
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill();
});

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once("close", resolve));
  if (child.exitCode !== null || !child.kill()) return;
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
