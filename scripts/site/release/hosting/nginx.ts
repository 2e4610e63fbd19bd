/** For nginx: a `location`, to be included in the `server` that the host has. */
import { ASK_EACH_TIME, FOREVER, HASHED, type Hosting, PACKABLE, TYPES_BY_ENDING } from "./model.ts";

export function nginxConfig({ base, headers }: Hosting): string {
  const lines = (cache: string) =>
    [...headers, ["Cache-Control", cache] as const].map(
      ([name, value]) => `add_header ${name} "${value}" always;`,
    );
  const types = TYPES_BY_ENDING.map(([ending, type]) => `${type} ${ending};`);
  return `# nginx: save as /etc/nginx/snippets/training.conf and write, inside the server { } of your site,
#   include snippets/training.conf;
# The files lie in ${base} below that server's root. To serve them at another path, replace ${base} everywhere.
location ${base} {
  index index.html;
  error_page 404 ${base}404.html;
  types {
${indented(types, 4)}
  }
  default_type application/octet-stream;
  charset utf-8;
  charset_types text/css text/javascript text/plain text/vtt;
  gzip on;
  gzip_vary on;
  gzip_proxied any;
  gzip_min_length 512;
  gzip_types ${PACKABLE.filter((type) => type !== "text/html").join(" ")};
${indented(lines(ASK_EACH_TIME), 2)}

  # Named by what is in them: kept for a year.
  location ~ "^${base.replaceAll(".", "\\.")}${HASHED}$" {
${indented(lines(FOREVER), 4)}
  }
}
`;
}

const indented = (lines: readonly string[], depth: number): string =>
  lines.map((line) => " ".repeat(depth) + line).join("\n");
