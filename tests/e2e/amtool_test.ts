import { assertEquals, assertMatch } from "@std/assert";

import type { GettableAlert } from "@/lib/alertmanager/alert_view.ts";
import type { GettableSilence } from "@/lib/alertmanager/silence_view.ts";

import { type ChildEnd, runToEnd } from "./child_process.ts";
import { PROJECT, QUIET, RunningApp } from "./running_app.ts";

async function amtool(app: RunningApp, ...args: string[]): Promise<ChildEnd> {
  const address = `--alertmanager.url=${app.origin}`;
  const program = "/usr/bin/amtool";
  return await runToEnd({ program, args: [...args, address], folder: PROJECT });
}

/** Runs what must succeed without a word of warning, and reads what it prints. */
async function ask<Answer>(app: RunningApp, ...args: string[]): Promise<Answer> {
  const { code, stdout, stderr } = await amtool(app, ...args, "--output=json");
  assertEquals([code, stderr], [0, ""], stdout);
  return JSON.parse(stdout);
}

async function startFiring(...services: readonly string[]): Promise<RunningApp> {
  const app = await RunningApp.start({
    ...QUIET,
    receivers: [{ name: "ops", kind: "log" }],
    services: services.map((name) => ({ name, tags: ["shop"], source: { kind: "push" } })),
  });
  const start = Date.now() - 10_000;
  for (const [index, service] of services.entries()) {
    for (const second of [0, 1, 2]) {
      await app.push({ service, at: start + second * 1_000, metrics: { cpu: 91 + index } });
    }
  }
  return app;
}

function names(alerts: readonly GettableAlert[]): string[] {
  return alerts.map(({ labels }) => labels.service ?? "").sort();
}

Deno.test("amtool lists the alerts of Vitals, and finds some of them", async () => {
  await using app = await startFiring("auth-eu", "auth-us", "cart");
  const { code, stdout, stderr } = await amtool(app, "alert");
  assertEquals([code, stderr], [0, ""]);
  assertMatch(stdout, /^HIGH_CPU +\S+ \S+ UTC +.*auth-eu.* active/m);
  const all = await ask<GettableAlert[]>(app, "alert", "query");
  assertEquals(names(all), ["auth-eu", "auth-us", "cart"]);
  assertEquals(all[0]?.receivers, [{ name: "ops" }]);
  const rows: [args: string[], services: string[]][] = [
    [['service=~"auth-.*"'], ["auth-eu", "auth-us"]],
    [["HIGH_CPU", "service!=cart", 'severity="warning"'], ["auth-eu", "auth-us"]],
    [["tag=shop", "service=cart"], ["cart"]],
    [["--receiver=ops", "service=cart"], ["cart"]],
    [["--receiver=pager"], []],
    [["HIGH_MEMORY"], []],
  ];
  for (const [args, services] of rows) {
    assertEquals(names(await ask(app, "alert", "query", ...args)), services, args.join(" "));
  }
});

Deno.test("amtool adds a silence, changes it and ends it", async () => {
  await using app = await startFiring("auth-eu", "cart");
  const why = ["--author=ann", "--comment=new disk"];
  const id = (await amtool(app, "silence", "add", 'service=~"auth-.*"', ...why)).stdout.trim();
  const own = await (await fetch(`${app.origin}/api/silences/${id}`)).json();
  assertEquals([own.matcher, own.author, own.reason, own.mutes], [
    { service: "auth-*", rule: null, tag: null, severity: null },
    ...["ann", "new disk", 1],
  ]);
  assertEquals(names(await ask(app, "alert", "query")), ["cart"]);
  const [muted] = await ask<GettableAlert[]>(app, "alert", "query", "--silenced");
  assertEquals([muted?.labels.service, muted?.status.silencedBy], ["auth-eu", [id]]);

  const [listed] = await ask<GettableSilence[]>(app, "silence", "query");
  assertEquals([listed?.id, listed?.status.state], [id, "active"]);
  assertEquals((await ask<GettableSilence[]>(app, "silence", "query", "service=cart")).length, 0);

  const update = await amtool(app, "silence", "update", "--duration=3h", id);
  assertEquals([update.code, update.stderr], [0, ""]);
  const [longer, ...more] = await ask<GettableSilence[]>(app, "silence", "query");
  assertEquals([longer?.id, more.length], [id, 0]);
  const lengthMs = Date.parse(longer?.endsAt ?? "") - Date.parse(longer?.startsAt ?? "");
  assertEquals(Math.round(lengthMs / 60_000), 180);

  assertEquals((await amtool(app, "silence", "expire", id)).code, 0);
  assertEquals((await ask<GettableSilence[]>(app, "silence", "query")).length, 0);
  const [over] = await ask<GettableSilence[]>(app, "silence", "query", "--expired");
  assertEquals([over?.id, over?.status.state], [id, "expired"]);
  assertEquals(names(await ask(app, "alert", "query")), ["auth-eu", "cart"]);
});

Deno.test("amtool says why a silence cannot be", async () => {
  await using app = await startFiring("cart");
  const why = ["--author=ann", "--comment=x"];
  const { code, stderr } = await amtool(app, "silence", "add", 'service=~"a|b"', ...why);
  assertEquals(code, 1);
  assertMatch(stderr, /matchers\[0\] must be a regular expression of letters/);
  const missing = await amtool(app, "silence", "expire", "s9");
  assertEquals(missing.code, 1);
  assertEquals((await ask<GettableSilence[]>(app, "silence", "query")).length, 0);
});

Deno.test("amtool shows the token of operators where there is one", async () => {
  const token = "a-token-of-operators";
  await using app = await RunningApp.start(QUIET, { VITALS_TOKEN: token });
  const add = ["silence", "add", "service=cart", "--author=ann", "--comment=x"];
  assertEquals((await amtool(app, ...add)).code, 1);
  const file = await Deno.makeTempFile({ prefix: "vitals_amtool_" });
  try {
    await Deno.writeTextFile(file, `authorization:\n  credentials: ${token}\n`);
    const shown = `--http.config.file=${file}`;
    const { code, stderr } = await amtool(app, ...add, shown);
    assertEquals([code, stderr], [0, ""]);
    assertEquals((await ask<GettableSilence[]>(app, "silence", "query", shown)).length, 1);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("amtool shows what answers", async () => {
  await using app = await startFiring();
  const { code, stdout, stderr } = await amtool(app, "cluster", "show");
  assertEquals([code, stderr], [0, ""]);
  assertMatch(stdout, /disabled/);
});
