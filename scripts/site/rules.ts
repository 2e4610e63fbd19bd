/** The rules behind warnings: what the site can show as it is, but a reader would be better off without. */
export const RULES = {
  "accent-contrast": "An accent color of site.yaml that is hard to read.",
  "attribute-list": "An attribute list that belongs to nothing and so is shown as text.",
  "color-only": "Something is said by a color alone.",
  "curly-attribute": "An attribute list has curly quotes; they are read as straight ones.",
  "emphasis-heading": "A line in bold or italics stands where a heading belongs.",
  "external-link": "A link to elsewhere that no longer leads where it should (check --external).",
  "frame-host": "A frame of a host that cannot be shown inside the site.",
  "frame-title": "A frame without a title.",
  "heading-jump": "A heading skips a level.",
  "http-link": "A link to http: where https: is usual.",
  "legacy-key": "A front-matter key of Jekyll's, without effect here.",
  "link-text": "Link text that says nothing of where the link leads.",
  "long-section": "A section over fifteen minutes to read.",
  "picture-description": "A picture without a description.",
  "remote-picture": "A picture on another host.",
  silenced: "A comment that silences a rule without a reason, or a rule that is not there.",
  "table-headers": "A table without header cells.",
  "unpublished-file": "A file that is not published.",
  "word-leftovers": "Remains of a word processor.",
  "worksheet-number": "A worksheet number used twice in one module.",
  "worksheet-unused": "A worksheet that no section mentions.",
} as const;

export type Rule = keyof typeof RULES;

export const isRule = (name: string): name is Rule => Object.hasOwn(RULES, name);
