import { assertEquals, assertMatch } from "@std/assert";

import { QUIET, RunningApp } from "./running_app.ts";
import { openPage, untilLive } from "./browser.ts";

Deno.test("reconnect: a killed server is shown, and the page recovers when it is back", async () => {
  await using app = await RunningApp.start(QUIET);
  await app.push({ service: "checkout", metrics: { cpu: 41.2 } });
  await using open = await openPage(`${app.origin}/`);
  const { page } = open;
  await untilLive(page);

  await app.end("SIGKILL");
  await page.locator(".live").getByText("Reconnecting").waitFor();
  await page.getByText("Stale since").waitFor();
  assertMatch(await page.locator("#service-checkout").innerText(), /41\.2 %/);

  await app.start();
  await app.push({ service: "checkout", metrics: { cpu: 52.3 } });
  await untilLive(page);
  await page.locator("#service-checkout").getByText("52.3 %", { exact: true }).waitFor();
  await page.getByText("Stale since").waitFor({ state: "detached" });
  assertEquals(await page.locator("article").count(), 1);
});

Deno.test("reconnect: a server that is told to end says that it restarts", async () => {
  await using app = await RunningApp.start(QUIET);
  const socket = new WebSocket(`${app.origin.replace("http", "ws")}/api/live`);
  await new Promise((resolve) => socket.onmessage = resolve);
  const closed = new Promise<CloseEvent>((resolve) => socket.onclose = resolve);
  assertEquals(await app.end("SIGTERM"), 0);
  assertEquals((await closed).code, 1012);
});
