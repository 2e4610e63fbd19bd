/** For Caddy 2: a site of its own, with HTTPS that Caddy sees to. */
import { ASK_EACH_TIME, FOREVER, HASHED, type Hosting, PACKABLE, TYPES_BY_ENDING } from "./model.ts";

export function caddyConfig({ base, headers }: Hosting): string {
  const set = headers.map(([name, value]) => `\t\t${name} "${value}"`);
  // Of the others Caddy knows the types by itself, on every system.
  const types = TYPES_BY_ENDING.filter(([ending]) => /^(?:avif|m4a|opus|vtt|webmanifest)$/.test(ending));
  return `# Caddy 2: save as Caddyfile. In place of :80 write your host's name, and Caddy sees to HTTPS.
# The files lie in ${base} below the root; to serve them at another path, replace ${base} everywhere.
:80 {
	root * /srv/training
	encode {
		zstd
		gzip
		match {
${PACKABLE.map((type) => `\t\t\theader Content-Type ${type}*`).join("\n")}
		}
	}
	@training path ${base}*
	header @training {
${set.join("\n")}
		Cache-Control "${ASK_EACH_TIME}"
	}
	# Named by what is in them: kept for a year.
	@hashed {
		path_regexp ^${base}${HASHED}$
		file
	}
	header @hashed Cache-Control "${FOREVER}"
${types.map(([ending, type]) => `\theader ${base}*.${ending} Content-Type ${type}`).join("\n")}
	file_server
	handle_errors {
		@missing \`{err.status_code} == 404\`
		rewrite @missing ${base}404.html
		file_server
	}
}
`;
}
