/** For IIS: a `web.config` beside the front page. It knows folders, not patterns, and asks for no module. */
import { escapeHtml } from "../../text/escape.ts";
import { ASK_EACH_TIME, FOREVER, type Hosting, TYPES_BY_ENDING } from "./model.ts";

export function iisConfig({ base, headers, hashed }: Hosting): string {
  const named = [...headers, ["Cache-Control", ASK_EACH_TIME] as const];
  return `<?xml version="1.0" encoding="utf-8"?>
<!-- IIS 10: save as web.config beside index.html. To serve the files at another path than ${base}, write that path
     before 404.html. -->
<configuration>
  <system.webServer>
    <defaultDocument>
      <files>
        <clear />
        <add value="index.html" />
      </files>
    </defaultDocument>
    <staticContent>
${TYPES_BY_ENDING.map(([ending, type]) => `      <remove fileExtension=".${ending}" />\n      <mimeMap fileExtension=".${ending}" mimeType="${withCharset(type)}" />`).join("\n")}
    </staticContent>
    <httpProtocol>
      <customHeaders>
        <remove name="X-Powered-By" />
${named.map(([name, value]) => header(name, value, "        ")).join("\n")}
      </customHeaders>
    </httpProtocol>
    <httpErrors errorMode="Custom">
      <remove statusCode="404" />
      <error statusCode="404" path="${base}404.html" responseMode="ExecuteURL" />
    </httpErrors>
    <urlCompression doStaticCompression="true" />
  </system.webServer>
  <!-- Named by what is in them: kept for a year. -->
${placesOf(hashed).map(forever).join("\n")}
</configuration>
`;
}

const withCharset = (type: string) => (/^text\//.test(type) ? `${type}; charset=utf-8` : type);

const header = (name: string, value: string, indent: string) =>
  `${indent}<remove name="${name}" />\n${indent}<add name="${name}" value="${escapeHtml(value)}" />`;

const forever = (place: string) => `  <location path="${escapeHtml(place)}">
    <system.webServer>
      <httpProtocol>
        <customHeaders>
${header("Cache-Control", FOREVER, "          ")}
        </customHeaders>
      </httpProtocol>
    </system.webServer>
  </location>`;

/** Folders that hold hashed files only, and beside them the files that share a folder with others. */
export const placesOf = (hashed: readonly string[]): string[] => [
  ...new Set(
    hashed.map((address) => /^(?:assets\/offline|pagefind\/[^/]+)(?=\/)/.exec(address)?.[0] ?? address),
  ),
];
