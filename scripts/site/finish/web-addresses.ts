/** Addresses of the web that lead nowhere, or only where their author is. */

/** What is wrong with a web address, and what to write; undefined where browsers and people agree on what it means. */
export function addressFault(written: string): [message: string, cure: string] | undefined {
  const [, scheme = "", signs = "", rest = ""] = /^(https?|mailto):([/\\]*)(.*)$/is.exec(written) ?? [];
  if (/^mailto$/i.test(scheme)) {
    return /^[^\s@]+@[^\s@]+$/.test(rest.replace(/\?.*$/s, "")) && !signs
      ? undefined
      : [`the address "${written}" is no e-mail address`, "write it as in mailto:desk@library.org"];
  }
  if (!scheme) return undefined;
  const twice = /^(https?)[:;]?[/\\]+(?=\S)/i.exec(rest);
  if (twice)
    return [
      `the address "${written}" begins twice`,
      `write ${rest.replace(/^(https?)[:;]?[/\\]+/i, "$1://")}`,
    ];
  const meant = `${scheme.toLowerCase()}://${rest}`;
  if (signs !== "//") {
    return [
      `the address "${written}" does not have two slashes behind its colon`,
      `write ${URL.canParse(meant) ? meant : "it as in https://example.org/page"}`,
    ];
  }
  const host = URL.canParse(meant) ? new URL(meant).hostname : "";
  if (host && (/^[\w-]+(?:\.[\w-]+)*\.?$/.test(host) || host.startsWith("["))) return undefined;
  return [
    `no browser finds a page at "${written}"`,
    "write the address as the browser's address bar shows it, as in https://example.org/page",
  ];
}

/** Whom an address leaves out: all but this machine, or all outside of the author's network; undefined for none. */
export function localReach(written: string): "machine" | "network" | undefined {
  if (!/^https?:\/\//i.test(written) || !URL.canParse(written)) return undefined;
  const host = new URL(written).hostname.replace(/\.$/, "");
  if (/(?:^|\.)localhost$|^127\.|^0\.0\.0\.0$|^\[::1?\]$|^\[::ffff:7f/.test(host)) return "machine";
  const isPrivate =
    /^10\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\./.test(host) ||
    /^\[f[cd]|^\[fe[89ab]/.test(host) ||
    /\.(?:local|lan|internal|intranet|home\.arpa)$/.test(host) ||
    /^[\w-]+$/.test(host);
  return isPrivate ? "network" : undefined;
}
