/** What content may hold: its elements and their attributes. All that acts, loads or takes input is an error. */

const words = (text: string) => text.split(/\s+/);

export const ELEMENTS = new Set(
  words(`a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup data dd del details dfn
    div dl dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i iframe img ins kbd li mark ol p pre q
    rp rt ruby s samp section small span strong sub summary sup table tbody td tfoot th thead time tr u ul var wbr
    audio video source track`),
);

/** Elements that act, load or take input; each with what to write instead. */
export const DANGEROUS: Record<string, string> = {
  ...Object.fromEntries(
    words("script noscript template").map((name) => [name, "delete it; pages of content run no scripts"]),
  ),
  ...Object.fromEntries(
    words("style link base meta").map((name) => [
      name,
      "delete it; the site's own style sheet gives pages their look",
    ]),
  ),
  ...Object.fromEntries(
    words("form input button select textarea option optgroup fieldset").map((name) => [
      name,
      "link to a worksheet instead; pages of content have no forms",
    ]),
  ),
  ...Object.fromEntries(
    words("object embed applet portal frame frameset svg math").map((name) => [
      name,
      "write a picture as ![description](file), a video as an <iframe>, anything else as a link",
    ]),
  ),
  ...Object.fromEntries(
    words("title xmp plaintext listing noembed noframes").map((name) => [
      name,
      "delete it, and put text that is to be read as it is in `backticks`",
    ]),
  ),
  ...Object.fromEntries(
    words("source track").map((name) => [name, "delete it, or write it inside a <video> or an <audio>"]),
  ),
};

/** Attributes of every element. */
const EVERYWHERE = new Set(words("class id title lang dir role data-at style align bgcolor"));

/** Attributes by element, beside those. */
const ATTRIBUTES: Record<string, Set<string>> = Object.fromEntries(
  Object.entries({
    a: "href target rel download hreflang",
    img: "src alt width height",
    iframe: "src title width height",
    video: "src poster width height aria-label",
    audio: "src aria-label",
    source: "src type",
    track: "src kind srclang label",
    table: "type max from",
    td: "colspan rowspan headers width rows type steps low high from",
    th: "colspan rowspan headers scope abbr width rows type steps low high from",
    col: "span",
    colgroup: "span",
    ol: "start reversed type from",
    ul: "type from",
    li: "value rows type steps low high from",
    p: "rows type steps low high from",
    details: "open",
    time: "datetime",
    data: "value",
    q: "cite",
    blockquote: "cite",
    del: "datetime",
    ins: "datetime",
    abbr: "title",
  }).map(([name, list]) => [name, new Set(words(list))]),
);

export const isAllowed = (element: string, attribute: string): boolean =>
  EVERYWHERE.has(attribute) || (ATTRIBUTES[element]?.has(attribute) ?? false);
