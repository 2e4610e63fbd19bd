/** `HOSTING.txt`: plain words for who puts the site on a server, and may know nothing of how it is made. */
import type { Site } from "../../layout/site.ts";
import type { Hosting } from "./model.ts";
import type { Visit } from "./visit.ts";

const WIDTH = 78;

export function hostingGuide({ course, date }: Site, { base }: Hosting, visit: Visit): string {
  const { name, contact } = course.settings;
  const [title, day] = [name ?? course.main.name, date.toISOString().slice(0, 10)];
  return `${title}
Hosting, ${day}

site.zip is the whole site: plain files, for any web server or none. Nothing
runs on the server, there is no database, and nothing is sent to anybody.
server/ has ready configurations, lms/ packages for course systems (SCORM),
pdf/ (where it is there) what is printed.
With SHA256SUMS you can see that a copy is whole: sha256sum -c SHA256SUMS

1. WHERE TO PUT IT
------------------
A sub-folder of a web server   Unpack site.zip, and copy what is in it into a
                               folder of its own, such as training/2026/. The
                               site works at any address. Index page:
                               index.html. Page for wrong addresses: 404.html.
A course system (LMS)          Upload lms/scorm-1.2.zip as it is, or where the
                               system asks for it lms/scorm-2004.zip. Or link
                               to the address of the site; to show that in a
                               frame, see frame-ancestors in 3.
USB stick, shared drive        Unpack site.zip there, and open index.html by a
                               double-click. Search works there too.
A host for static sites        Upload the unpacked folder.

2. REPLACING AN OLDER RELEASE
-----------------------------
Copy over what is there; delete nothing first. Best in this order:
  1  assets/ and pagefind/     new scripts, under names of their own
  2  all else but sw.js        the pages
  3  sw.js                     last: it brings the release to readers who keep
                               the site for use without a network
Readers in the middle of a page lose nothing: what their page may still ask for
is in this ZIP too, from the release before. What a reader has written stays in
that reader's browser, as long as the address stays the same.
A month later, delete what is in none of your last two ZIPs, or nothing.

3. WHICH FILE OF server/ TO USE
-------------------------------
None is needed; each makes the site quicker and safer. They pack texts, let
browsers keep what never changes for a year and ask about the rest, send the
site's security policy with every file, and show 404.html.
  Apache                       apache.htaccess, saved as .htaccess beside
                               index.html; works in any folder
  nginx                        nginx.conf, included in your server { }
  Caddy                        Caddyfile
  IIS                          web.config, beside index.html
  Netlify, Cloudflare Pages    _headers, in the folder you publish
  S3 and the like              object-storage.sh, read and run by hand
They are written for the path ${base}${base === "/" ? " (url: in site.yaml sets another one)" : ""}.
frame-ancestors 'self' in them keeps other sites from showing this one in a
frame. To let a course system do so, add its address after 'self', as in
  frame-ancestors 'self' https://lms.example.org

4. WHEN IT IS THERE
-------------------
Open the front page; follow a link; search for a word; open a worksheet; ask
for an address that is not there. Then you are done. HTTPS is worth having:
browsers keep a site for use without a network only where it is there.

5. HOW MUCH A STATE NEEDS
-------------------------
${wrapped(arithmetic(visit))}
${contact ? `\nQuestions about the course: ${contact}\n` : ""}`;
}

const number = (n: number): string => n.toLocaleString("en-US");
const megabytes = (bytes: number): string => `${number(Math.round(bytes / 1e5) / 10)} MB`;

const LEARNERS = 10_000;
/** Of a week's learners, those who come in its busiest hour. */
const BUSIEST = 0.2;
/** How often somebody comes back in a week; each time a browser asks for sw.js, and one page. */
const RETURNS = 8;

function arithmetic({ files, bytes }: Visit): string {
  const requests = LEARNERS * (files + RETURNS * 2);
  const traffic = LEARNERS * bytes;
  const busiest = LEARNERS * BUSIEST;
  const perSecond = (busiest * files) / 3600;
  const megabits = (busiest * bytes * 8) / 3600 / 1e6;
  return `A learner's browser fetches the site once, ${number(files)} files or ${megabytes(bytes)} as they are packed, and from then on asks whether there is another release. ${number(LEARNERS)} learners in a week, each coming back ${RETURNS} times: ${number(Math.round(requests / 1e4) / 100)} million requests and ${number(Math.round(traffic / 1e9))} GB; films, documents and what is larger come on top where learners open them. If one in five comes in the same hour, that is ${number(Math.round(perSecond))} requests and ${number(Math.round(megabits * 10) / 10)} megabits a second.

Behind a content network nearly all of it is answered there: hashed files for good, the others when the network has asked your server whether they have changed. Without one, nginx with this configuration answered ${number(MEASURED)} such requests a second, packing each anew, on half of one processor core; the smallest server that can be rented holds a state, and its line is what to look at.`;
}

/**
 * Requests a second: nginx 1.22 with one worker, over the loopback, for all pages, scripts and style sheets of the shipped
 * course in turn, asked by wrk on 50 connections for 20 seconds. The worker used 47 % of a core of an Intel Xeon.
 */
const MEASURED = 2_100;

const wrapped = (text: string): string =>
  text
    .split("\n")
    .map((line) => line.replace(new RegExp(`(?![^\\n]{1,${WIDTH}}$)([^\\n]{1,${WIDTH}})\\s`, "g"), "$1\n"))
    .join("\n");
