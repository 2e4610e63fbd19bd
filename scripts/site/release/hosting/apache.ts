/** For Apache: a `.htaccess` beside the front page, which finds out by itself in which folder it stands. */
import { ASK_EACH_TIME, FOREVER, HASHED, type Hosting, PACKABLE, TYPES_BY_ENDING } from "./model.ts";

export function apacheConfig({ headers }: Hosting): string {
  const set = headers.map(([name, value]) => `  Header always set ${name} "${value}"`);
  const types = TYPES_BY_ENDING.map(([ending, type]) => `  AddType ${type} .${ending}`);
  return `# Apache 2.4: save as .htaccess beside index.html. The server's own configuration has to allow it
# (AllowOverride FileInfo Indexes); what a module is missing for is left out.
DirectoryIndex index.html
AddDefaultCharset utf-8
<IfModule mod_mime.c>
${types.join("\n")}
  AddCharset utf-8 .css .js .txt .vtt
</IfModule>

# The page for wrong addresses, in whatever folder this file stands.
<IfModule mod_rewrite.c>
  RewriteEngine On
  RewriteCond "%{REQUEST_URI}::$1" "^/(.*?)(.*)::\\2$"
  RewriteRule "^(.*)$" "-" [E=SITE:%1]
  ErrorDocument 404 /%{reqenv:SITE}404.html
</IfModule>

<IfModule mod_headers.c>
${set.join("\n")}
  Header set Cache-Control "${ASK_EACH_TIME}"
  # Named by what is in them: kept for a year.
  <If "%{REQUEST_URI} =~ m#/${HASHED}$#">
    Header set Cache-Control "${FOREVER}"
  </If>
  # A packed file keeps the mark that it is known by: without this, nothing is ever answered with "not changed".
  RequestHeader edit "If-None-Match" "^(.*)-gzip\\"$" "$1\\""
</IfModule>

<IfModule mod_deflate.c>
  <IfModule mod_filter.c>
    AddOutputFilterByType DEFLATE ${PACKABLE.join(" ")}
  </IfModule>
</IfModule>
`;
}
