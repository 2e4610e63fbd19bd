/**
 * `imsmanifest.xml`, by which a course system takes a package in: one course of one unit that can be launched, and all
 * files that belong to it. The schemas' own files are not in the package: they say of no licence by which they may be.
 *
 * ADL, SCORM 1.2 Content Aggregation Model; SCORM 2004 4th Edition Content Aggregation Model.
 */
import { createHash } from "node:crypto";
import type { Course } from "../model/course.ts";
import { relativeUrl } from "../text/addresses.ts";
import { escapeHtml, xmlText } from "../text/escape.ts";
import type { StandardName } from "./facts.ts";

export interface ManifestOptions {
  course: Course;
  standard: StandardName;
  /** Address of the page to launch. */
  launch: string;
  /** Addresses of all files, it among them. */
  files: readonly string[];
}

export function manifestOf({ course, standard, launch, files }: ManifestOptions): string {
  const { settings, main } = course;
  // The same for every release, so that a course system knows a new one for one of the same course.
  const id = `course-${hashOf(settings.url ?? `${main.name}\n${main.language}`)}`;
  const version = settings.version ? ` version="${text(settings.version, MOST.version)}"` : "";
  const { root, metadata, scormType, organization } = PARTS[standard];
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="${id}"${version} ${root.join("\n  ")}>
  <metadata>
${metadata(course)}
  </metadata>
  <organizations default="organization">
    <organization identifier="organization">
      <title>${text(main.name)}</title>
      <item identifier="item" identifierref="resource">
        <title>${text(main.name)}</title>${organization.item}
      </item>${organization.end}
    </organization>
  </organizations>
  <resources>
    <resource identifier="resource" type="webcontent" adlcp:${scormType}="sco" href="${hrefOf(launch)}">
${files.map((address) => `      <file href="${hrefOf(address)}"/>`).join("\n")}
    </resource>
  </resources>
</manifest>
`;
}

/** Characters, by SCORM 1.2's schema. */
const MOST = { version: 20, title: 200, description: 2_000 } as const;

const PARTS = {
  "1.2": {
    root: [
      'xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"',
      'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2"',
    ],
    scormType: "scormtype",
    organization: { item: "", end: "" },
    metadata: ({ main, settings }: Course) => `    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
    <lom xmlns="http://www.imsglobal.org/xsd/imsmd_rootv1p2p1">
      <general>
        <title><langstring xml:lang="${main.language}">${text(main.name)}</langstring></title>
        <language>${main.language}</language>${
          settings.description
            ? `\n        <description><langstring xml:lang="${main.language}">${text(settings.description, MOST.description)}</langstring></description>`
            : ""
        }
      </general>
    </lom>`,
  },
  "2004": {
    root: [
      'xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"',
      'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"',
      'xmlns:adlnav="http://www.adlnet.org/xsd/adlnav_v1p3"',
      'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"',
    ],
    scormType: "scormType",
    organization: {
      // The site has its own ways from page to page. That a learner has been there makes nothing complete or passed.
      item: `
        <imsss:sequencing>
          <imsss:deliveryControls completionSetByContent="true" objectiveSetByContent="true"/>
        </imsss:sequencing>
        <adlnav:presentation>
          <adlnav:navigationInterface>
            <adlnav:hideLMSUI>continue</adlnav:hideLMSUI>
            <adlnav:hideLMSUI>previous</adlnav:hideLMSUI>
          </adlnav:navigationInterface>
        </adlnav:presentation>`,
      // Without flow a course system would ask the learner to choose among one.
      end: `
      <imsss:sequencing>
        <imsss:controlMode choice="true" flow="true"/>
      </imsss:sequencing>`,
    },
    metadata: ({ main, settings }: Course) => `    <schema>ADL SCORM</schema>
    <schemaversion>2004 4th Edition</schemaversion>
    <lom xmlns="http://ltsc.ieee.org/xsd/LOM">
      <general>
        <title><string language="${main.language}">${text(main.name)}</string></title>
        <language>${main.language}</language>${
          settings.description
            ? `\n        <description><string language="${main.language}">${text(settings.description, MOST.description)}</string></description>`
            : ""
        }
      </general>
    </lom>`,
  },
} as const;

const text = (written: string, most: number = MOST.title): string =>
  escapeHtml([...xmlText(written)].slice(0, most).join(""));
const hrefOf = (address: string): string => escapeHtml(relativeUrl("", address));
const hashOf = (words: string): string => createHash("sha256").update(words).digest("hex").slice(0, 16);
