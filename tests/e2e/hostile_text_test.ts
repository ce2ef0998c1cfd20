import { assert, assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";

import { digestOf } from "@/lib/access/token_book.ts";
import { ReceivingServer } from "@/tests/support/receiving_server.ts";

import { openPage, untilLive } from "./browser.ts";
import { RunningApp } from "./running_app.ts";

const TOKEN = "correct-horse-battery-staple";

/** At most 32 characters, as a tag may have. */
const SHORT = "<img src=x onerror=hacked=1>";

/** Ends attributes, elements and scripts, and acts on logs, terminals and the order of letters. */
const LONG = `"'></title></script><script>hacked=1</script><svg onload=hacked=1>${SHORT}`;

const ACTING = '\u001b[2J\r\n{"level":"error"}\u2028\u202egpj.exe\u009b2J';

/** Everything that somebody else may choose the words of. */
function configOf(receiver: string): unknown {
  const above = { above: 85, for: 1, severity: "critical" };
  return {
    metrics: [{ id: "weird", label: SHORT, unit: "<x-u>", min: 0, max: 100 }],
    services: [
      { name: "checkout", tags: [SHORT], source: { kind: "push" } },
      { name: "backup", tags: ["</script>"], source: { kind: "heartbeat", expectEvery: "1d" } },
      { name: "shop", source: { kind: "probe", url: `${receiver}/probe`, interval: "1s" } },
      {
        name: "page",
        source: {
          kind: "scrape",
          url: `${receiver}/page`,
          interval: "1s",
          preset: "node_exporter",
        },
      },
    ],
    rules: [
      { name: "HIGH_CPU", metric: "cpu", ...above },
      { name: "WEIRD", metric: "weird", ...above },
      { name: "SERVICE_DOWN", missingHeartbeat: "1h", severity: "critical" },
    ],
    receivers: [{ name: "ops", kind: "webhook", url: `${receiver}/hook` }],
    status: {
      ...{ title: SHORT, description: LONG, names: { checkout: SHORT } },
      groups: [{ name: SHORT, services: ["*"] }],
      maintenance: { nightly: LONG },
    },
    maintenance: [{
      ...{ name: "nightly", reason: LONG, match: { service: "backup" } },
      ...{ from: "2026-01-01T00:00:00Z", to: "2099-01-01T00:00:00Z" },
    }],
    auth: {
      tokens: [{ name: "anna", sha256: digestOf("token of anna"), scopes: ["operate"] }],
    },
  };
}

async function send(app: RunningApp, path: string, body: unknown): Promise<unknown> {
  const isText = typeof body === "string";
  const answer = await fetch(app.origin + path, {
    method: "POST",
    headers: {
      ...{
        authorization: `Bearer ${TOKEN}`,
        "user-agent": SHORT,
        referer: `${app.origin}/${SHORT}`,
      },
      ...isText ? {} : { "content-type": "application/json" },
    },
    body: isText ? body : JSON.stringify(body),
  });
  const text = await answer.text();
  assert(answer.status < 300, `${path}: ${answer.status} ${text}`);
  return text === "" ? null : JSON.parse(text);
}

/** Says everything that can be said. Returns the ids of an alert and of the one that is silenced. */
async function sayAll(app: RunningApp): Promise<string> {
  await app.push({ service: "checkout", metrics: { cpu: 99, weird: 99 } });
  const headers = { authorization: `Bearer ${TOKEN}` };
  const alerts = await (await fetch(`${app.origin}/api/alerts`, { headers })).json();
  const [{ id }] = alerts.filter(({ rule }: { readonly rule: string }) => rule === "HIGH_CPU");
  const about = { author: SHORT, reason: `${LONG} ${ACTING}` };
  await send(app, `/api/alerts/${encodeURIComponent(id)}/ack`, { by: SHORT, note: LONG + ACTING });
  await send(app, "/api/silences", { match: { tag: SHORT }, duration: "1h", ...about });
  await send(app, "/api/silences", { match: { service: "none" }, duration: "1h", ...about });
  await send(app, "/api/heartbeats/backup/start", "");
  await send(app, "/api/heartbeats/backup/3", LONG + ACTING);
  await send(app, "/api/heartbeats/backup/start?run=" + encodeURIComponent("x"), "");
  return id;
}

/** Returns what a page let a text do: nothing, if all is well. */
async function harmOf(page: Page): Promise<unknown> {
  return await page.evaluate(() => ({
    ran: "hacked" in globalThis,
    elements: document.querySelectorAll('img[src="x"], svg[onload], [onerror], x-u').length,
    scripts: [...document.scripts].filter(({ text }) => /^hacked/.test(text)).length,
  }));
}

const NO_HARM = { ran: false, elements: 0, scripts: 0 };

Deno.test("hostile text: in whatever is shown it is text, on every page, as served, after hydration and live", async (t) => {
  await using hooks = new ReceivingServer();
  const bad = () => new Response(LONG + ACTING, { status: 400, headers: { "x-a": SHORT } });
  hooks.script.push(...Array.from({ length: 200 }, () => bad));
  await using app = await RunningApp.start(configOf(hooks.origin), { VITALS_TOKEN: TOKEN });
  // Without the policy, which alone would keep a script from running.
  await using open = await openPage(`${app.origin}/login`, { bypassCSP: true });
  const { page } = open;
  await page.getByLabel("Token").fill("token of anna");
  await page.keyboard.press("Enter");
  await untilLive(page);
  // What arrives now is rendered by scripts.
  const id = await sayAll(app);
  await page.getByText("exit 3:").first().waitFor();
  assertEquals(await harmOf(page), NO_HARM);
  const paths = [
    ...["/", "/alerts", "/alerts?view=silences", "/alerts?view=history", "/alerts?view=delivery"],
    ...[`/alerts/${encodeURIComponent(id)}`, "/services/checkout", "/services/backup"],
    ...["/services/shop", "/services/page", "/audit", "/status", "/slides", "/api", "/login"],
    ...[`/login?to=/${LONG}`, `/alerts?view=history&service=${LONG}&rule=${LONG}`, `/${LONG}`],
    ...["/badge/checkout.svg", `/badge/checkout.svg?label=${LONG}`, "/status/feed.atom"],
    ...[`/services/${LONG}`, `/?status=${LONG}&tag=${LONG}`],
  ];
  const shown = new Set<string>();
  for (const path of paths) {
    await t.step(path.replaceAll(LONG, "…"), async () => {
      const answer = await page.goto(app.origin + path.replaceAll(LONG, encodeURIComponent(LONG)));
      const served = await answer?.text() ?? "";
      assert(!served.includes(SHORT), `${path} has it unescaped`);
      if (served.includes("&lt;img src=x onerror") || served.includes("\\u003cimg")) {
        shown.add(path);
      }
      if (await page.locator(".live").count() > 0) await untilLive(page);
      assertEquals(await harmOf(page), NO_HARM, path);
    });
  }
  for (const path of ["/", "/alerts?view=silences", "/services/checkout", "/status", "/alerts"]) {
    assert(shown.has(path), `${path} shows none of it: ${[...shown]}`);
  }
  await t.step("dialogs", async () => {
    await page.goto(`${app.origin}/`);
    await untilLive(page);
    for (const button of await page.getByRole("button", { name: /^Why/ }).all()) {
      await button.click();
      await page.getByRole("dialog").waitFor();
      assertEquals(await harmOf(page), NO_HARM);
      await page.keyboard.press("Escape");
    }
  });
  await page.close();
  const { stderr } = await app.endWithLog("SIGTERM");
  await t.step("the log has a line for each event, and none that somebody else wrote", () => {
    const lines = stderr.trimEnd().split("\n");
    for (const line of lines) {
      assertMatch(line, /^[^\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u);
      const { at, level, event } = JSON.parse(line);
      assert([at, level, event].every((each) => typeof each === "string"), line);
    }
    assert(lines.some((line) => line.includes("gpj.exe")), stderr);
  });
});
