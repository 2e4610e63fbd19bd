/**
 * Captions on `file:`, where browsers take none from files: to them each file is of another origin. What stands below
 * the film as text has the same words and their times. Everywhere else the files serve.
 */
if (location.protocol === "file:") {
  for (const track of document.querySelectorAll("track")) {
    const address = CSS.escape(track.getAttribute("src")!);
    const cues = document.querySelectorAll<HTMLElement>(`[data-captions="${address}"] [data-cue]`);
    if (!cues.length) continue;
    const film = track.parentElement as HTMLMediaElement;
    const made = film.addTextTrack(track.kind as TextTrackKind, track.label, track.srclang);
    made.mode = "disabled";
    for (const { dataset, innerHTML } of cues) {
      const [from, to] = dataset.cue!.split(" ").map(Number);
      // The text of a cue has tags too: as HTML it has its `<` as `&lt;`.
      made.addCue(new VTTCue(from!, to!, innerHTML));
    }
    track.remove();
  }
}
