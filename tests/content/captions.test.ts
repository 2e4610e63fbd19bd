/** What is read of captions, of which transcripts are made: the words and their times, and nothing else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { CAPTIONS_LIMIT, readCaptions } from "../../scripts/site/content/captions.ts";
import { examine } from "../../scripts/site/content/files.ts";

const read = (text: string) => readCaptions(Buffer.from(text));

test("words, times and speakers; names, settings, notes, styles and tags are none of them", () => {
  const cues = read(`\ufeffWEBVTT - a tour\r
Kind: captions\r
\r
STYLE
::cue { color: red }

NOTE
not this

first
00:01.500 --> 00:04.000 align:start line:0
<v.loud Ana Li><i>Come</i> <00:02.000>in!
- Thank you.


01:00:00.000-->01:00:01.000
&lt;b&gt; &amp;amp; a&nbsp;b

00:05.000 --> 00:06.000
<i></i>
`);
  assert.deepEqual(cues, [
    { from: 1.5, to: 4, speaker: "Ana Li", text: "Come in! - Thank you." },
    { from: 3600, to: 3601, text: "<b> &amp; a b" },
  ]);
});

test("what does not begin with WEBVTT is none, nor what is not UTF-8", () => {
  for (const text of ["", "WEBVTTX\n", " WEBVTT", "1\n00:00:00,000 --> 00:00:01,000\na\n"]) {
    assert.equal(read(text), undefined, JSON.stringify(text));
  }
  assert.equal(readCaptions(Buffer.from("WEBVTT\n\ncaf\xe9", "latin1")), undefined);
  assert.deepEqual(read("WEBVTT"), []);
  assert.deepEqual(read("WEBVTT\n\n00:00:00,000 --> 00:00:01,000\na\n\n00:61.000 --> 00:62.000\nb"), []);
});

test("captions longer than those of any film are not published", () => {
  const { fault, captions } = examine("a.vtt", Buffer.alloc(CAPTIONS_LIMIT + 1, "WEBVTT\n\n"));
  assert.equal(fault, "has 1,000,001 bytes, more than the 1,000,000 captions may have");
  assert.equal(captions, undefined);
});
