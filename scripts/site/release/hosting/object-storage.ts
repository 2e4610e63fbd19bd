/** For object storage (S3 and what speaks its language) behind a content network: what is copied, in which order. */
import { ASK_EACH_TIME, FOREVER, type Hosting, TYPES_BY_ENDING } from "./model.ts";

/** A shell script for the AWS command line, which other storages' own tools can be called in place of. */
export function objectStorageScript({ base, headers }: Hosting): string {
  const types = TYPES_BY_ENDING.filter(([ending]) => !/^(?:css|html|js)$/.test(ending));
  const security = headers.map(([name, value]) => `#   ${name}: ${value}`);
  return `#!/bin/sh
# Object storage behind a content network. Unpack site.zip into a folder, then:
#   sh object-storage.sh FOLDER s3://BUCKET${base.replace(/\/$/, "")}
# What is under its own name for good goes first and stays for a year; then pictures, documents and the scripts that
# pages share; then pages; sw.js, which brings the release to readers who have the site already, goes last. Nothing is
# deleted: delete what is older than a month when you like.
#
# Tell the content network: pack texts (gzip or brotli); follow the lifetimes of the files; 404.html for addresses that
# are not there, with status 404; index.html for an address that ends in /; and with every answer
${security.join("\n")}
set -eu
from=$1 to=$2
copy() { # LIFETIME TYPE and then patterns, as aws s3 cp takes them
  lifetime=$1 type=$2
  shift 2
  aws s3 cp "$from" "$to" --recursive --exclude "*" "$@" --cache-control "$lifetime" --content-type "$type"
}
for folder in assets/offline pagefind/index pagefind/fragment; do
  [ -d "$from/$folder" ] || continue
  case $folder in assets/*) type="text/plain; charset=utf-8" ;; *) type="text/javascript; charset=utf-8" ;; esac
  copy "${FOREVER}" "$type" --include "$folder/*"
done
${types.map(([ending, type]) => `copy ${ASK_EACH_TIME} "${/^text\//.test(type) ? `${type}; charset=utf-8` : type}" --include "*.${ending}" --exclude "assets/offline/*"`).join("\n")}
copy ${ASK_EACH_TIME} "text/javascript; charset=utf-8" --include "*.js" \\
  --exclude "pagefind/index/*" --exclude "pagefind/fragment/*" --exclude sw.js
for file in "$from"/assets/*-[0-9a-f]???????.css "$from"/assets/*-[0-9a-f]???????.js; do
  case $file in *.css) type=text/css ;; *) type=text/javascript ;; esac
  aws s3 cp "$file" "$to/assets/\${file##*/}" --cache-control "${FOREVER}" --content-type "$type; charset=utf-8"
done
copy ${ASK_EACH_TIME} "text/html; charset=utf-8" --include "*.html"
copy ${ASK_EACH_TIME} "text/javascript; charset=utf-8" --include sw.js
`;
}
