/** Films and recordings of the site's own: nothing before the reader plays, over HTTP and from a disk, captions in both. */
import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { violationsInTwoLooks } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { page as pageOf, writeFiles } from "../support/content.ts";
import { isOfTests, NOTHING_KEPT } from "../support/contexts.ts";
import { faultsOfHtml } from "../support/html.ts";
import { type BuiltSite, buildForTest, serve, temporaryFolder } from "../support/sites.ts";

/** Seconds of a tone: the plainest of all recordings, 8,000 bytes each second. */
function recording(seconds: number): Uint8Array {
  const rate = 8000;
  const bytes = Buffer.alloc(44 + rate * seconds);
  bytes.write("RIFF\0\0\0\0WAVEfmt ", "latin1");
  bytes.writeUInt32LE(36 + rate * seconds, 4);
  bytes.writeUInt32LE(16, 16);
  for (const [at, value] of [
    [20, 1],
    [22, 1],
    [32, 1],
    [34, 8],
  ] as const)
    bytes.writeUInt16LE(value, at);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate, 28);
  bytes.write("data", 36);
  bytes.writeUInt32LE(rate * seconds, 40);
  for (let at = 44; at < bytes.length; at++) bytes[at] = 128 + 60 * Math.sin(at / 5);
  return bytes;
}

const SQUARE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

// The player of a film plays sound alone too: there is no film as small.
const COURSE = {
  "1-module/1-listen.md": pageOf(
    `Before.

![A short tone](media/Voice%20one.wav)

Its [transcript](media/said.txt).

<video src="media/tone.wav" title="A tour" poster="media/room.png" width="640" height="360" autoplay>
<track src="media/tour.vtt" srclang="en">
<track src="media/tour.es.vtt" srclang="es" kind="subtitles">
</video>

<video src="https://cdn.example.org/film.mp4" title="Elsewhere"></video>

{% callout "trainer" %}
![For facilitators](media/secret.wav)

<video title="Secret" src="media/secret.wav"><track src="media/secret.vtt" srclang="en"></video>
{% endcallout %}
`,
    "Listen",
  ),
  "1-module/media/Voice one.wav": recording(3),
  "1-module/media/tone.wav": recording(3),
  "1-module/media/secret.wav": recording(1),
  "1-module/media/room.png": SQUARE,
  "1-module/media/said.txt": "A tone.",
  "1-module/media/tour.vtt":
    "WEBVTT\n\n00:00.000 --> 00:02.000\n<v Ana>Welcome, okapi &lt;3\n\n00:02.000 --> 00:03.000\nThis way.\n",
  "1-module/media/tour.es.vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\nBienvenidos\n",
  "1-module/media/secret.vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\nFor no learner\n",
};
const LISTEN = "module/listen.html";

let browser: Browser;
let site: BuiltSite;
let bases: string[];
before(async () => {
  const content = path.join(await temporaryFolder(), "content");
  await writeFiles(content, COURSE);
  site = await buildForTest(content);
  bases = [(await serve(site.folder, "/training/")).base, `${pathToFileURL(site.folder).href}/`];
  browser = await openBrowser();
});
after(() => browser.close());

/** The page at each of its addresses, with all that it has asked for so far, and what its console has said. */
async function eachWay(use: (page: Page, asked: string[], said: string[], base: string) => Promise<void>) {
  for (const base of bases) {
    const page = await browser.newPage(NOTHING_KEPT);
    page.setDefaultTimeout(20_000);
    const asked: string[] = [];
    const said: string[] = [];
    page.on("request", (request) => asked.push(request.url().replace(base, "")));
    page.on("console", (message) => isOfTests(message) || said.push(message.text()));
    await page.goto(base + LISTEN, { waitUntil: "networkidle" });
    await use(page, asked, said, base);
    await page.close();
  }
}

/** Plays what has this name, as a click on its button does, until it has come some way. */
const play = (page: Page, name: string) =>
  page.locator(`[aria-label="${name}"]`).evaluate(async (player: HTMLMediaElement) => {
    await player.play();
    while (player.currentTime < 0.2) await new Promise((done) => setTimeout(done, 20));
    player.pause();
  });

test("nothing of a film is loaded before it is played but its poster; then it plays, over HTTP and from a disk", async () => {
  await eachWay(async (page, asked, said, base) => {
    const ofMedia = () => asked.filter((url) => /\.(?:wav|vtt)$/.test(url));
    assert.deepEqual(ofMedia(), [], base);
    assert.ok(asked.includes("module/media/room.png"));
    await play(page, "A short tone");
    await play(page, "A tour");
    assert.deepEqual([...new Set(ofMedia())].slice(0, 2), [
      "module/media/Voice%20one.wav",
      "module/media/tone.wav",
    ]);
    assert.deepEqual(
      asked.filter((url) => /^[a-z]+:/.test(url) && !url.startsWith("data:")),
      [],
    );
    assert.deepEqual(said, []);
  });
});

test("captions are shown when asked for, over HTTP and from a disk", async () => {
  await eachWay(async (page, _asked, said) => {
    const shown = await page.locator("video").evaluate(async (film: HTMLVideoElement) => {
      const tracks = [...film.textTracks];
      for (const track of tracks) track.mode = "showing";
      await film.play();
      while (tracks.some((track) => !track.activeCues?.length))
        await new Promise((done) => setTimeout(done, 20));
      film.pause();
      return tracks.map(({ kind, label, language, activeCues }) => {
        const cue = activeCues![0] as VTTCue;
        return [kind, label, language, cue.getCueAsHTML().textContent];
      });
    });
    assert.deepEqual(shown, [
      ["captions", "English", "en", "Welcome, okapi <3"],
      ["subtitles", "español", "es", "Bienvenidos"],
    ]);
    assert.deepEqual(said, []);
  });
});

test("what is said can be read, found and printed", async () => {
  const page = await browser.newPage(NOTHING_KEPT);
  await page.goto(bases[0]! + LISTEN);
  const fold = page.locator("details", { hasText: "Transcript: A tour (English)" });
  assert.equal(await fold.locator("p").first().isVisible(), false);
  await fold.locator("summary").click();
  assert.equal(
    (await fold.innerText()).replace(/\s+/g, " "),
    "Transcript: A tour (English) Ana: Welcome, okapi <3 This way.",
  );
  await page.keyboard.press("/");
  await page.getByRole("searchbox").fill("okapi");
  await page.locator(".search-results > li").first().waitFor();
  assert.equal(await page.locator(".search-results h3 a").first().textContent(), "Listen");
  await page.keyboard.press("Escape");

  await page.emulateMedia({ media: "print" });
  assert.equal(await page.locator("video").isVisible(), false);
  assert.ok(await page.getByText("A tour: module/media/tone.wav").isVisible());
  assert.ok(await page.getByText("A short tone: module/media/Voice one.wav").isVisible());
  await page.close();
});

test("a film has its room before it plays, the whole width of the text at most", async () => {
  const page = await browser.newPage({ ...NOTHING_KEPT, viewport: { width: 360, height: 740 } });
  await page.goto(bases[0]! + LISTEN);
  const before = (await page.locator("video").boundingBox())!;
  assert.ok(Math.abs(before.height / before.width - 360 / 640) < 0.01, JSON.stringify(before));
  assert.ok(before.x >= 0 && before.x + before.width <= 360);
  const sound = (await page.locator("audio").boundingBox())!;
  assert.equal(sound.width, before.width);
  await play(page, "A tour");
  assert.deepEqual(await page.locator("video").boundingBox(), before);
  await page.close();
});

test("the pages keep the rules of HTML and of accessibility; facilitators' films are on their pages alone", async () => {
  const html = await readFile(path.join(site.folder, LISTEN), "utf8");
  assert.deepEqual(await faultsOfHtml(html, LISTEN), []);
  assert.doesNotMatch(html, /secret|no learner|autoplay|facilitators/i);
  const files = await readdir(path.join(site.folder, "module/media"));
  assert.deepEqual(files.sort(), [
    "Voice one.wav",
    "room.png",
    "said.txt",
    "secret.vtt",
    "secret.wav",
    "tone.wav",
    "tour.es.vtt",
    "tour.vtt",
  ]);
  const page = await browser.newPage(NOTHING_KEPT);
  assert.deepEqual(await violationsInTwoLooks(page, bases[0]! + LISTEN), []);
  await page.close();
  const led = await readFile(path.join(site.folder, `facilitate/${LISTEN}`), "utf8");
  assert.match(led, /secret\.wav/);
});

test("the policy lets no film of another host play", async () => {
  const page = await browser.newPage(NOTHING_KEPT);
  const asked: string[] = [];
  await page.route(/^https:/, (route) => {
    asked.push(route.request().url());
    return route.abort();
  });
  await page.goto(bases[0]! + LISTEN);
  const name = /^Film on cdn\.example\.org: Elsewhere/;
  assert.equal(
    await page.getByRole("link", { name }).getAttribute("href"),
    "https://cdn.example.org/film.mp4",
  );
  const error = await page.locator("audio").evaluate(async (player: HTMLMediaElement) => {
    player.src = "https://cdn.example.org/film.mp4";
    return player.play().then(
      () => "it plays",
      (fault) => fault.name,
    );
  });
  assert.equal(error, "NotSupportedError");
  assert.deepEqual(asked, []);
  await page.close();
});
