import { assert, assertEquals, assertMatch } from "@std/assert";
import { Webhook } from "standardwebhooks";

import { MailServer } from "../support/mail_server.ts";
import { ReceivingServer } from "../support/receiving_server.ts";
import { QUIET, RunningApp } from "./running_app.ts";

const KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

function configOf(url: string, others: readonly unknown[] = []): unknown {
  const ops = {
    ...{ name: "ops", kind: "webhook", url, secret: "${HOOK_SECRET}" },
    ...{ groupWait: "0s", groupInterval: "0s" },
  };
  return { ...QUIET, receivers: [ops, ...others] };
}

/** Asks again until the answer is as wanted: a test ends, and passes sooner. */
async function until<Value>(
  ask: () => Promise<Value>,
  isWanted: (value: Value) => boolean,
): Promise<Value> {
  for (;;) {
    const value = await ask();
    if (isWanted(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function read<Value>(app: RunningApp, path: string): Promise<Value> {
  return await (await fetch(`${app.origin}${path}`)).json();
}

Deno.test("notifications: a real receiver gets exactly firing and resolved, in order and signed", async () => {
  await using hooks = new ReceivingServer();
  const variables = { HOOK_URL: `${hooks.origin}/secret-path`, HOOK_SECRET: KEY };
  await using app = await RunningApp.start(configOf("${HOOK_URL}"), variables);
  for (const cpu of [90, 91, 93.1]) await app.push({ service: "checkout", metrics: { cpu } });
  await hooks.until(1);
  await app.push({ service: "checkout", metrics: { cpu: 20 } });
  await hooks.until(2);
  assertEquals(hooks.received.map(({ method, path }) => `${method} ${path}`), [
    "POST /secret-path",
    "POST /secret-path",
  ]);
  const [firing, resolved] = hooks.messages;
  assertEquals([firing?.reason, resolved?.reason], ["first", "resolved"]);
  assertEquals(firing?.incident, resolved?.incident);
  assertEquals(firing?.title, "checkout: HIGH_CPU, CPU 93.1 % above 85 % for 3 samples");
  for (const { headers, body } of hooks.received) {
    new Webhook(KEY).verify(body, Object.fromEntries(headers));
  }
  const log = await until(
    () => read<{ state: string; explanation: string }[]>(app, "/api/notifications"),
    ([last]) => last?.state === "delivered",
  );
  assertEquals(log.map(({ state, explanation }) => [explanation, state]), [
    ["resolved", "delivered"],
    ["first", "delivered"],
  ]);
  for (const path of ["/api/receivers", "/api/notifications", "/api/health", "/"]) {
    const text = await (await fetch(`${app.origin}${path}`)).text();
    assert(!text.includes("secret-path") && !text.includes(KEY), path);
  }
});

Deno.test("notifications: what is acknowledged or silenced over HTTP tells nobody more", async () => {
  await using hooks = new ReceivingServer();
  const variables = { HOOK_SECRET: KEY };
  await using app = await RunningApp.start(configOf(`${hooks.origin}/x`), variables);
  const made = await fetch(`${app.origin}/api/silences`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ match: { service: "quiet" }, duration: "1h", author: "Anna" }),
  });
  assertEquals((await made.json()).state, "active");
  for (const service of ["quiet", "loud"]) {
    for (const cpu of [90, 91, 93]) await app.push({ service, metrics: { cpu } });
  }
  await hooks.until(1);
  const alerts = await read<{ id: string; service: string; silencedBy: unknown }[]>(
    app,
    "/api/alerts",
  );
  assertEquals(
    alerts.map(({ service, silencedBy }) => [service, silencedBy !== null]).toSorted(),
    [["loud", false], ["quiet", true]],
  );
  const loud = alerts.find(({ service }) => service === "loud");
  const acknowledged = await fetch(`${app.origin}/api/alerts/${loud?.id}/ack`, { method: "POST" });
  assertEquals((await acknowledged.json()).acknowledged.by, "operator");
  const tested = await fetch(`${app.origin}/api/receivers/ops/test`, { method: "POST" });
  assertEquals(await tested.json(), { result: "delivered", detail: "HTTP 204" });
  assertEquals(hooks.messages.map(({ reason, service }) => `${reason} ${service}`), [
    "first loud",
    "test ",
  ]);
});

Deno.test("notifications: the server reaches its receivers and nothing else", async () => {
  await using hooks = new ReceivingServer();
  await using others = new ReceivingServer();
  await using app = await RunningApp.start(configOf(`${hooks.origin}/x`), { HOOK_SECRET: KEY });
  const later = { name: "later", kind: "slack", url: `${others.origin}/y` };
  await app.configure(configOf(`${hooks.origin}/x`, [later]));
  const { host } = new URL(others.origin);
  const health = await until(
    () => read<{ checks: { config: { output?: string } } }>(app, "/api/health"),
    ({ checks }) => checks.config.output !== undefined,
  );
  assertEquals(health.checks.config.output, `restart Vitals to let it reach ${host}`);
  const refused = await fetch(`${app.origin}/api/receivers/later/test`, { method: "POST" });
  const { status, detail } = await refused.json();
  assertEquals([status, detail], [
    502,
    `Cannot deliver to later: Vitals may not reach ${host} yet: restart it, so that it gets the permission`,
  ]);
  assertEquals(others.received, []);
  const done = await fetch(`${app.origin}/api/receivers/ops/test`, { method: "POST" });
  await done.body?.cancel();
  assertEquals([done.status, hooks.received.length], [200, 1]);
});

Deno.test("notifications: a variable that is new in the file asks for a restart", async () => {
  await using hooks = new ReceivingServer();
  const variables = { HOOK_SECRET: KEY, LATER_URL: `${hooks.origin}/secret-path` };
  await using app = await RunningApp.start(configOf(`${hooks.origin}/x`), variables);
  const later = { name: "later", kind: "slack", url: "${LATER_URL}" };
  await app.configure(configOf(`${hooks.origin}/x`, [later]));
  const health = await until(
    () => read<{ checks: { config: { output?: string } } }>(app, "/api/health"),
    ({ checks }) => checks.config.output !== undefined,
  );
  assertMatch(
    health.checks.config.output ?? "",
    /^the last good configuration is in force: .*receivers\[1\]\.url .*: restart Vitals to let it read LATER_URL$/s,
  );
});

Deno.test("notifications: a mail server is reached by its name", async () => {
  await using server = new MailServer();
  const url = `smtp://localhost:${await server.listen()}`;
  const mail = { from: "Vitals <vitals@example.com>", to: ["ops@example.com"] };
  const receivers = [{ name: "ops", kind: "email", url, ...mail }];
  await using app = await RunningApp.start({ ...QUIET, receivers });
  const tested = await fetch(`${app.origin}/api/receivers/ops/test`, { method: "POST" });
  assertEquals(await tested.json(), { result: "delivered", detail: "taken by the mail server" });
  assertEquals(server.recipients, ["ops@example.com"]);
});
