/** The folder `server/` of a release. Names begin with no dot, so that every file manager shows them. */
import { apacheConfig } from "./apache.ts";
import { caddyConfig } from "./caddy.ts";
import { headersFile } from "./headers-file.ts";
import { iisConfig } from "./iis.ts";
import type { Hosting } from "./model.ts";
import { nginxConfig } from "./nginx.ts";
import { objectStorageScript } from "./object-storage.ts";

export const serverFiles = (hosting: Hosting) =>
  ({
    "apache.htaccess": apacheConfig(hosting),
    Caddyfile: caddyConfig(hosting),
    _headers: headersFile(hosting),
    "nginx.conf": nginxConfig(hosting),
    "object-storage.sh": objectStorageScript(hosting),
    "web.config": iisConfig(hosting),
  }) as const;
