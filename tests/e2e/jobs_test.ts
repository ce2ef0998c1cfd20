import { assert, assertEquals } from "@std/assert";

import { openPage, untilLive } from "./browser.ts";
import { RunningApp } from "./running_app.ts";

const JOB = {
  services: [{
    name: "nightly-backup",
    source: { kind: "heartbeat", cron: "0 3 * * *", timeZone: "Europe/Berlin", maxRun: "2h" },
  }],
};

async function say(app: RunningApp, what: string, body: string | null = null): Promise<void> {
  const path = `/api/heartbeats/nightly-backup${what}`;
  const response = await fetch(app.origin + path, { method: "POST", body });
  assertEquals([response.status, await response.json()], [202, { accepted: 1 }]);
}

Deno.test("jobs: why a run failed stands on the card until one succeeds", async () => {
  await using app = await RunningApp.start(JOB);
  await using open = await openPage(`${app.origin}/`);
  const card = open.page.locator("#service-nightly-backup");
  await untilLive(open.page);
  assertEquals(await card.locator("dt").allTextContents(), []);
  assert((await card.innerText()).includes("0 3 * * * Europe/Berlin"));
  await say(app, "/start");
  await say(app, "/3", "no space left on /backup");
  await card.getByText("exit 3: no space left on /backup").waitFor();
  const alerts = open.page.getByRole("complementary", { name: "Active alerts" });
  await alerts.getByText("the last run failed").waitFor();
  await say(app, "/start");
  await say(app, "/0");
  await open.page.locator('#service-nightly-backup[data-tone="ok"]').waitFor();
  assertEquals(await card.locator(".note").count(), 0);
  assertEquals(await card.locator("dt").allTextContents(), ["Errors", "Duration"]);
  assertEquals(open.errors, []);
});

Deno.test("jobs: a run under way survives kill -9, and its page tells of it", async () => {
  await using app = await RunningApp.start(JOB);
  await say(app, "/start?run=eu-7");
  await app.end("SIGKILL");
  await app.start();
  await using open = await openPage(`${app.origin}/services/nightly-backup`);
  await open.page.getByText(/run eu-7 under way for/).waitFor();
  await untilLive(open.page);
  await say(app, "?run=eu-7");
  await open.page.getByText(/run eu-7 under way for/).waitFor({ state: "detached" });
  const { metrics } = await (await fetch(`${app.origin}/api/services/nightly-backup`)).json();
  assert(metrics.duration.value > 0);
  assertEquals(open.errors, []);
});
