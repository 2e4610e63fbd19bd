/** A section on a projector, in a real browser: by keyboard, divided to fit, with the speaker's window, on paper. */
import assert from "node:assert/strict";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { violations } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { inContext } from "../support/contexts.ts";
import { type BuiltSite, buildForTest, CONTENT } from "../support/sites.ts";

let shipped: BuiltSite;
let browser: Browser;
before(async () => {
  shipped = await buildForTest(CONTENT);
  browser = await openBrowser();
});
after(() => browser.close());

const urlOf = (address: string) => pathToFileURL(path.join(shipped.folder, address)).href;
const SECTION = "facilitate/connected-learning/keeping-safe.html";
const project = (tab: Page) => tab.getByRole("button", { name: "Project this section" }).click();
const place = (tab: Page) => tab.locator("[data-place]").innerText();
const onSlide = (tab: Page) => tab.locator(".led-slide--on").innerText();

async function onPage(
  use: (tab: Page) => Promise<void>,
  options: BrowserContextOptions = { viewport: { width: 1280, height: 720 } },
): Promise<void> {
  await inContext(
    browser,
    async (context) => {
      const tab = await context.newPage();
      tab.on("pageerror", (error) => assert.fail(String(error)));
      await tab.goto(urlOf(SECTION));
      await use(tab);
    },
    options,
  );
}

test("keys and a remote go forth and back; the page is as it was afterwards", async () => {
  await onPage(async (tab) => {
    // But for what helps with the text, which comes when somebody points at it.
    const html = `(() => {
      const copy = document.querySelector(".section-body").cloneNode(true);
      for (const added of copy.querySelectorAll("button, form")) added.remove();
      return copy.innerHTML.replace(/ (?:style|tabindex|aria-haspopup)="[^"]*"/g, "");
    })()`;
    const before = await tab.evaluate(html);
    await project(tab);
    assert.match(await place(tab), /^1 \/ \d+$/);
    assert.match(await onSlide(tab), /keeping teens and yourself safe/);
    for (const key of ["ArrowRight", "PageDown", " "]) await tab.keyboard.press(key);
    assert.match(await place(tab), /^4 \//);
    await tab.keyboard.press("PageUp");
    assert.match(await place(tab), /^3 \//);
    await tab.keyboard.press("End");
    const last = await place(tab);
    assert.equal(last.split(" / ")[0], last.split(" / ")[1]);
    await tab.keyboard.press("Home");
    assert.match(await place(tab), /^1 \//);
    assert.deepEqual(await violations(tab), []);
    await tab.keyboard.press("b");
    assert.equal(await tab.locator("main").isVisible(), false);
    await tab.keyboard.press("b");
    await tab.reload();
    assert.match(await place(tab), /^1 \//);
    await tab.keyboard.press("Escape");
    assert.equal(await tab.evaluate(html), before);
    assert.equal(await tab.evaluate("document.activeElement.textContent"), "Project this section");
  });
});

for (const [width, height] of [
  [1280, 720],
  [800, 600],
  [390, 700],
] as const) {
  test(`at ${width} × ${height} all text is on some slide, each fits, and none shows a note`, async () => {
    await onPage(
      async (tab) => {
        // But for spaces, and what is folded.
        const words = async (selector: string) =>
          (
            await tab.evaluate<string[]>(
              `[...document.querySelectorAll("${selector}")].map((one) => {
                const copy = one.cloneNode(true);
                for (const added of copy.querySelectorAll("button")) added.remove();
                return copy.matches("button") ? "" : copy.textContent.replace(/\\s+/g, "");
              })`,
            )
          ).join("");
        const all = await words(".section-body > :not(.callout--trainer)");
        await project(tab);
        const slides = await tab.evaluate<{ fits: boolean; blocks: number; isNoteShown: boolean }[]>(`
          [...document.querySelectorAll(".led-slide")].map((slide) => {
            for (const one of document.querySelectorAll(".led-slide--on")) one.classList.remove("led-slide--on");
            slide.classList.add("led-slide--on");
            const blocks = [...slide.children].filter((one) => one.checkVisibility() && !one.matches("h2, h3, .led-slide-goes-on"));
            return {
              fits: slide.scrollHeight <= slide.clientHeight + 1,
              blocks: blocks.length,
              isNoteShown: [...slide.querySelectorAll(".callout--trainer")].some((one) => one.checkVisibility()),
            };
          })`);
        assert.ok(slides.length > 5);
        assert.ok(!slides.some(({ isNoteShown }) => isNoteShown));
        // What is longer than the screen by itself scrolls.
        assert.ok(slides.every(({ fits, blocks }) => fits || blocks === 1));
        assert.equal(
          await words(".led-slide:not(.led-slide--title) > :not(.callout--trainer, .led-slide-goes-on)"),
          all,
        );
      },
      { viewport: { width, height } },
    );
  });
}

test("the speaker's window has the notes, the time and what comes next, and leads", async () => {
  await onPage(async (tab) => {
    await project(tab);
    const [speaker] = await Promise.all([tab.waitForEvent("popup"), tab.keyboard.press("s")]);
    speaker.on("pageerror", (error) => assert.fail(String(error)));
    const text = (name: string) => speaker.locator(`[data-speaker] [data-text="${name}"]`);
    await speaker.getByText(/^1 \/ \d+$/).waitFor();
    assert.match(await text("title").innerText(), /keeping teens/);
    assert.match(await text("next").innerText(), /keeping teens/);
    assert.match(await speaker.locator(".callout--trainer").innerText(), /Give each table one policy/);
    assert.equal(await speaker.locator(".section-body > p:visible").count(), 0);
    await speaker.getByRole("button", { name: "Next" }).click();
    await speaker.getByText(/^2 \/ \d+$/).waitFor();
    assert.match(await place(tab), /^2 \//);
    await tab.keyboard.press("ArrowRight");
    await speaker.getByText(/^3 \/ \d+$/).waitFor();
    await speaker.getByText(/^0:0[1-9]$/).waitFor();
    assert.deepEqual(await violations(speaker), []);
    assert.deepEqual(await violations(tab), []);
    // Behind the last slide the next section begins, in both windows.
    await tab.keyboard.press("End");
    await tab.keyboard.press("ArrowRight");
    await tab.waitForURL(/interests\.html#site--slide-1$/);
    await speaker.waitForURL(/interests\.html#site--speaker$/);
    await speaker.getByText(/^1 \/ \d+$/).waitFor();
  });
});

describe("Elsewhere", () => {
  test("a wider screen has other slides, and the one in hand stays", async () => {
    await onPage(
      async (tab) => {
        await project(tab);
        for (let i = 0; i < 6; i++) await tab.keyboard.press("ArrowRight");
        const count = (await place(tab)).split(" / ")[1];
        await tab.evaluate(`(() => {
          const [first] = [...document.querySelector(".led-slide--on").children].filter((one) => !one.matches(".led-slide-goes-on"));
          (first.matches("ul, ol") ? first.firstElementChild : first).id = "in-hand";
        })()`);
        const isInHand = () =>
          tab.evaluate<boolean>("document.querySelector('.led-slide--on #in-hand') !== null");
        for (const [width, height] of [
          [1280, 720],
          [700, 500],
          [390, 700],
        ] as const) {
          await tab.setViewportSize({ width, height });
          // A browser tells of another size with the next picture.
          await tab.evaluate(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))",
          );
          assert.equal(await isInHand(), true, `${width}`);
          if (width === 1280) assert.notEqual((await place(tab)).split(" / ")[1], count);
        }
      },
      { viewport: { width: 390, height: 700 } },
    );
  });

  test("a question on a slide can be answered, and letters typed there are no commands", async () => {
    await onPage(async (tab) => {
      await project(tab);
      const slide = tab.locator(".led-slide--on");
      const number = await tab.evaluate<number>(
        "[...document.querySelectorAll('.led-slide')].findIndex((one) => one.querySelector('.callout--question'))",
      );
      assert.ok(number > 0);
      for (let i = 0; i < number; i++) await tab.keyboard.press("ArrowRight");
      await slide.getByRole("radio").first().check();
      assert.equal(await slide.getByRole("radio").first().isChecked(), true);
    });
  });

  test("a finger goes on, and after the slides are left it does nothing more", async () => {
    await onPage(async (tab) => {
      const swipe = () =>
        tab.evaluate(`(() => {
          const body = document.querySelector(".section-body");
          const at = (clientX) => new Touch({ identifier: 1, target: body, clientX });
          body.dispatchEvent(new TouchEvent("touchstart", { touches: [at(300)] }));
          body.dispatchEvent(new TouchEvent("touchend", { changedTouches: [at(100)] }));
        })()`);
      await project(tab);
      await swipe();
      assert.match(await place(tab), /^2 \//);
      await tab.keyboard.press("Escape");
      await swipe();
      assert.match(tab.url(), /keeping-safe\.html$/);
      await project(tab);
      await swipe();
      assert.match(await place(tab), /^2 \//);
    });
  });

  test("without scripts the section is there, and nothing offers to project it", async () => {
    await onPage(
      async (tab) => {
        assert.equal(await tab.getByRole("button", { name: "Project this section" }).count(), 0);
        assert.match(await tab.locator(".section-body").innerText(), /Read your policies first/);
      },
      { javaScriptEnabled: false },
    );
  });

  test("on paper each slide stands with room beside it, without controls", async () => {
    await onPage(async (tab) => {
      await project(tab);
      await tab.emulateMedia({ media: "print" });
      const slides = tab.locator(".led-slide");
      for (const slide of await slides.all()) assert.equal(await slide.isVisible(), true);
      assert.equal(await tab.locator(".led-slide-controls").isVisible(), false);
      assert.equal(await tab.locator(".callout--trainer").first().isVisible(), false);
    });
  });
});
