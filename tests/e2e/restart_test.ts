import { assert, assertEquals, assertMatch } from "@std/assert";

import { serverPermissions } from "@/tools/permissions.ts";

import { openPage, untilLive } from "./browser.ts";
import { runToEnd } from "./child_process.ts";
import { PROJECT, QUIET, RunningApp } from "./running_app.ts";

/** What a person sees of a card and of the alerts: no numbers that tick. */
async function see(app: RunningApp): Promise<Record<string, unknown>> {
  await using open = await openPage(`${app.origin}/`);
  const { page } = open;
  await untilLive(page);
  const card = page.locator("#service-checkout");
  return {
    values: await card.locator("dd").allInnerTexts(),
    sparklines: await card.locator("svg path").evaluateAll((paths) =>
      paths.map((path) => (path.getAttribute("d") ?? "") !== "")
    ),
    alerts: await page.locator("li.alert").evaluateAll((rows) =>
      rows.map((row) => row.textContent?.match(/HIGH_CPU|CPU 93.1 %|Anna/g)?.join())
    ),
  };
}

async function readFacts(app: RunningApp): Promise<unknown> {
  const alerts = await (await fetch(`${app.origin}/api/alerts?state=active`)).json();
  const { metrics, status, since } = await (await fetch(`${app.origin}/api/services/checkout`))
    .json();
  const facts = alerts.map((alert: Record<string, unknown>) =>
    ["id", "state", "since", "firedAt", "evidence", "acknowledged"].map((key) => alert[key])
  );
  return { metrics, status, since, facts };
}

Deno.test("restart: after kill -9 the dashboard shows the same alerts, ages and sparklines", async () => {
  await using app = await RunningApp.start(QUIET);
  for (let sent = 0; sent < 40; sent++) {
    await app.push({ service: "checkout", metrics: { cpu: sent < 30 ? 20 + sent : 93.1 } });
  }
  const [alert] = await (await fetch(`${app.origin}/api/alerts`)).json();
  const body = JSON.stringify({ by: "Anna", note: "on it" });
  const headers = { "content-type": "application/json" };
  const acknowledged = await fetch(`${app.origin}/api/alerts/${alert.id}/ack`, {
    ...{ method: "POST", headers, body },
  });
  await acknowledged.body?.cancel();
  const before = [await see(app), await readFacts(app)];
  await app.end("SIGKILL");
  await app.start();
  assertEquals([await see(app), await readFacts(app)], before);
});

Deno.test("restart: with VITALS_DATA=:memory: a new process begins anew, and all else is the same", async () => {
  await using app = await RunningApp.start(QUIET, { VITALS_DATA: ":memory:" });
  for (const cpu of [20, 93.1, 93.1, 93.1]) {
    await app.push({ service: "checkout", metrics: { cpu } });
  }
  const path = `${app.origin}/api/services/checkout`;
  const { metrics } = await (await fetch(`${path}/history?from=-1m`)).json();
  assertEquals(metrics.cpu.avg, [20, 93.1, 93.1, 93.1]);
  const events = await (await fetch(`${path}/events`)).json();
  assert(events.some((event: { change?: string }) => event.change === "firing"));
  await app.end("SIGKILL");
  await app.start();
  assertEquals(await (await fetch(`${app.origin}/api/services`)).json(), []);
});

Deno.test("restart: a folder that another Vitals has is one clear line, and exit code 1", async () => {
  const folder = await Deno.makeTempDir({ prefix: "vitals_e2e_" });
  try {
    await using _app = await RunningApp.start(QUIET, { VITALS_DATA: folder });
    const env = { HOST: "127.0.0.1", PORT: "0", VITALS_DATA: folder };
    const args = ["run", ...serverPermissions(env, PROJECT), "serve.ts"];
    const { code, stderr } = await runToEnd({ args, folder: PROJECT, env });
    assertEquals(code, 1);
    assertMatch(stderr, /^Cannot open the history in .+: another process has it open; stop .+\n$/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
