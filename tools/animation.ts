/**
 * Takes the animation of the README of a running Vitals whose simulated services are well: a fault is injected,
 * noticed, ended and recovered from. `deno task animation`, with its URL as argument if it is not at
 * 127.0.0.1:8000. Needs Chromium and ffmpeg.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { fileURLToPath } from "node:url";

import { type Browser, chromium, type Locator, type Page } from "playwright-core";

import { visit } from "./visit.ts";

const PICTURE = fileURLToPath(new URL("../docs/images/fault.webp", import.meta.url));

/** The service that gets the fault. */
const SERVICE = "payment-service";

/** What is seen; the picture is narrower. */
const SCREEN = { width: 1440, height: 930 };
const PICTURE_WIDTH = 960;

/** No two frames are nearer than that, in milliseconds. */
const LEAST_STEP_MS = 150;

/** How long the last frame stays, in milliseconds. */
const LAST_STEP_MS = 2_000;

/** How long the services may take to be well, and each step may take, in milliseconds. */
const PATIENCE_MS = 120_000;

interface Frame {
  readonly atMs: number;
  readonly png: Uint8Array;
}

if (import.meta.main) void main(Deno.args[0] ?? "http://127.0.0.1:8000/");

async function main(url: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: ["--headless", "--no-sandbox", "--disable-gpu"],
  });
  try {
    const frames = await film(await open(browser, url));
    await encode(frames);
    // deno-lint-ignore no-console -- says where the picture is
    console.log(`Written: ${PICTURE}, ${frames.length} frames`);
  } finally {
    await browser.close();
  }
}

/** The page is live by then, and all services are well. */
async function open(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ colorScheme: "dark", viewport: SCREEN });
  await context.addCookies([{ name: "first-steps", value: "done", url }]);
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await visit(page, url);
  await page.locator(".live").getByText(/Live · .*ms/).waitFor();
  await page.getByRole("heading", { name: /All \d+ services healthy/ }).waitFor();
  await page.evaluate(showPointer);
  return page;
}

/** Draws what stands for the hand, which the browser does not draw in pictures. */
function showPointer(): void {
  const dot = document.createElement("div");
  dot.popover = "manual";
  Object.assign(dot.style, {
    ...{ position: "fixed", inset: "auto", left: "60%", top: "80%", margin: "-9px", padding: "0" },
    ...{ width: "18px", height: "18px", borderRadius: "50%", border: "2px solid #fff" },
    ...{ background: "#fff6", pointerEvents: "none" },
  });
  document.body.append(dot);
  document.addEventListener("mousemove", ({ clientX, clientY }) => {
    // Anew on top of all, which may be a dialog.
    dot.hidePopover();
    dot.showPopover();
    Object.assign(dot.style, { left: `${clientX}px`, top: `${clientY}px` });
  });
}

/** Plays the story, and returns the frames that differ. */
async function film(page: Page): Promise<readonly Frame[]> {
  const frames: Frame[] = [];
  const session = await page.context().newCDPSession(page);
  session.on("Page.screencastFrame", ({ data, sessionId, metadata }) => {
    const atMs = (metadata.timestamp ?? 0) * 1_000;
    const last = frames.at(-1);
    if (last === undefined || atMs - last.atMs >= LEAST_STEP_MS) {
      frames.push({ atMs, png: Buffer.from(data, "base64") });
    }
    void session.send("Page.screencastFrameAck", { sessionId });
  });
  await session.send("Page.startScreencast", { format: "png" });
  await play(page);
  await session.send("Page.stopScreencast");
  return frames;
}

async function play(page: Page): Promise<void> {
  const card = page.locator(`[id="service-${SERVICE}"]`);
  const alert = page.locator(".alert", { hasText: "HIGH_CPU" });
  await page.waitForTimeout(1_500);
  await press(page, card.getByRole("button", { name: "Inject fault" }));
  await press(page, page.getByRole("dialog").getByRole("button", { name: "CPU spike" }));
  await card.locator(".badge", { hasText: "DEGRADED" }).waitFor();
  await alert.getByText("for 3 samples").waitFor();
  await page.waitForTimeout(2_500);
  await press(page, card.getByRole("button", { name: "End cpu-spike" }));
  await card.locator(".badge", { hasText: "HEALTHY" }).waitFor();
  await alert.waitFor({ state: "detached" });
  await page.waitForTimeout(1_000);
}

/** Moves there as a hand does, and presses. */
async function press(page: Page, button: Locator): Promise<void> {
  const box = await button.boundingBox();
  if (box === null) throw new Error("Cannot press a button: it is not on the page");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 20 });
  await page.waitForTimeout(400);
  await button.click();
}

async function encode(frames: readonly Frame[]): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "vitals_animation_" });
  try {
    const list = frames.map(({ atMs }, index) => {
      const nextMs = frames[index + 1]?.atMs ?? atMs + LAST_STEP_MS;
      return `file ${index}.png\nduration ${(nextMs - atMs) / 1_000}\n`;
    });
    await Deno.writeTextFile(`${folder}/list.txt`, list.join(""));
    for (const [index, { png }] of frames.entries()) {
      await Deno.writeFile(`${folder}/${index}.png`, png);
    }
    const args = [
      ...["-loglevel", "error", "-y", "-f", "concat", "-i", `${folder}/list.txt`],
      ...["-vf", `scale=${PICTURE_WIDTH}:-2:flags=lanczos`, "-fps_mode", "vfr"],
      ...["-c:v", "libwebp_anim", "-quality", "70", "-compression_level", "6", "-loop", "0"],
      PICTURE,
    ];
    const { success } = await new Deno.Command("ffmpeg", { args }).spawn().status;
    if (!success) throw new Error("Cannot write the animation: ffmpeg failed");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
