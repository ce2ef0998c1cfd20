/**
 * Promise 4 with real processes: a server under load is killed again and again, each time at a random moment.
 * `VITALS_KILLS` says how often; `deno task test:fault` kills it two hundred times.
 */

import { assert, assertEquals } from "@std/assert";

import type { EventView, HistoryView } from "@/lib/protocol/history_views.ts";

import { RunningApp } from "../e2e/running_app.ts";
import { ReceivingServer } from "../support/receiving_server.ts";
import { PushClient } from "./push_client.ts";

const KILLS = Number(Deno.env.get("VITALS_KILLS") ?? "12");

const SERVICES = ["api", "db", "web"];

type AlertEvent = Extract<EventView, { kind: "alert" }>;

interface Message {
  readonly id: string;
  readonly reason: string;
  readonly alerts: readonly { readonly id: string; readonly firedAt: number }[];
  readonly service: string;
}

function configOf(url: string): unknown {
  const ops = { name: "ops", kind: "webhook", url, groupWait: "0s", groupInterval: "0s" };
  return {
    services: [],
    rules: [{ name: "HIGH_CPU", metric: "cpu", above: 85, for: 3, severity: "warning" }],
    alerting: { flapping: { changes: 20, window: "1s" } },
    receivers: [{ ...ops, rate: "1000 in 1s" }],
  };
}

async function read<Value>(app: RunningApp, path: string): Promise<Value> {
  const response = await fetch(`${app.origin}${path}`);
  const text = await response.text();
  assertEquals(response.status, 200, `${path}: ${text}`);
  return JSON.parse(text);
}

/** Reads all instants of a service, a range at a time. */
async function readInstants(app: RunningApp, service: string, from: number): Promise<Set<number>> {
  const found = new Set<number>();
  const path = `/api/services/${service}/history`;
  for (let begin = from; begin < Date.now(); begin += 5_000) {
    const query = `from=${begin}&to=${begin + 5_000}&points=5000`;
    const { stepMs, metrics } = await read<HistoryView>(app, `${path}?${query}`);
    assertEquals(stepMs, 0, "raw samples are wanted");
    for (const at of metrics.cpu?.t ?? []) found.add(at);
  }
  return found;
}

async function readAlertEvents(app: RunningApp, service: string): Promise<AlertEvent[]> {
  const found: AlertEvent[] = [];
  for (let before: string | null = null;;) {
    const cursor: string = before === null ? "" : `&before=${before}`;
    const path = `/api/services/${service}/events?limit=1000${cursor}`;
    const page: readonly EventView[] = await read(app, path);
    found.push(...page.filter((event) => event.kind === "alert"));
    const last = page.at(-1);
    if (last === undefined || page.length < 1_000) return found.reverse();
    before = last.id;
  }
}

/** Ids of the messages for each reason and alert. */
function idsByContent(messages: readonly Message[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { id, reason, alerts } of messages) {
    for (const alert of alerts) {
      const key = `${reason} ${alert.id}`;
      found.set(key, (found.get(key) ?? new Set()).add(id));
    }
  }
  return found;
}

/** A number from 0 to 1 that a seed and a turn decide, for moments that can be had again. */
function chance(seed: number, turn: number): number {
  let x = (seed ^ Math.imul(turn + 1, 0x9e3779b1)) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b) >>> 0;
  return ((x ^ (x >>> 13)) >>> 0) / 2 ** 32;
}

Deno.test(`killed ${KILLS} times under load: nothing acknowledged is lost, nothing is told anew`, async () => {
  const seed = Date.now() % 100_000;
  const began = Date.now() - 1;
  await using hooks = new ReceivingServer();
  await using app = await RunningApp.start(configOf(`${hooks.origin}/hook`));
  const clients = SERVICES.map((service) => new PushClient(service, app.origin));
  try {
    for (let turn = 0; turn < KILLS; turn++) {
      await new Promise((resolve) => setTimeout(resolve, 5 + 600 * chance(seed, turn)));
      // Some of what is told is not taken at first, so that a queue is there to be lost.
      if (turn % 3 === 0) hooks.script.push(() => new Response(null, { status: 503 }));
      await app.end("SIGKILL");
      await app.start();
    }
    await Promise.all(clients.map((client) => client.end()));
    await untilDelivered(app);
    const messages = hooks.messages as unknown as Message[];
    for (const [index, service] of SERVICES.entries()) {
      const sent = clients[index]?.sent ?? [];
      const kept = await readInstants(app, service, began);
      const missing = sent.filter(({ at, acknowledged }) => acknowledged && !kept.has(at));
      assertEquals(missing, [], `seed ${seed}: acknowledged samples of ${service} are missing`);
      checkStory(await readAlertEvents(app, service), { sent, messages, seed });
      const acknowledged = sent.filter((sample) => sample.acknowledged).length;
      assert(acknowledged > 5 * KILLS, `seed ${seed}: ${acknowledged} acknowledged only`);
    }
    const { status } = await read<{ status: string }>(app, "/api/health");
    assertEquals(status, "pass");
  } finally {
    for (const client of clients) await client.abort();
  }
});

async function untilDelivered(app: RunningApp): Promise<void> {
  for (;;) {
    const [receiver] = await read<{ queued: number }[]>(app, "/api/receivers");
    const alerts = await read<unknown[]>(app, "/api/alerts?state=active");
    if (receiver?.queued === 0 && alerts.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

interface Facts {
  readonly sent: PushClient["sent"];
  readonly messages: readonly Message[];
  readonly seed: number;
}

/** Each alert that fired was told once, and so was its end, which a good sample brought about. */
function checkStory(events: readonly AlertEvent[], { sent, messages, seed }: Facts): void {
  const ids = idsByContent(messages);
  const fired = events.filter(({ change }) => change === "firing");
  assert(fired.length > 0, `seed ${seed}: nothing fired`);
  for (const { alert, at } of fired) {
    assertEquals(ids.get(`first ${alert}`)?.size, 1, `seed ${seed}: first of ${alert}`);
    assertEquals(ids.get(`resolved ${alert}`)?.size, 1, `seed ${seed}: end of ${alert}`);
    const ends = events.filter((event) => event.alert === alert && event.change === "resolved");
    assertEquals(ends.length, 1, `seed ${seed}: ends of ${alert}`);
    const [end] = ends;
    const isGood = sent.some((sample) =>
      sample.cpu === 20 && sample.at >= at - 1 && sample.at <= (end?.at ?? 0) + 1
    );
    assert(isGood, `seed ${seed}: ${alert} resolved without a good sample`);
  }
}
