import { assertEquals } from "@std/assert";
import { delay } from "@std/async";

import { Alertmanager } from "./alertmanager.ts";
import { runToEnd } from "./child_process.ts";
import { PROJECT, QUIET, RunningApp } from "./running_app.ts";

const LABELS = { alertname: "HIGH_CPU", service: "checkout", severity: "warning" };

/** Returns what a value is made of: its keys and the types beneath, of lists those of the first item. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (typeof value !== "object" || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]));
}

/** Returns of a shape what another has too: newer versions of the API have more. */
function pickShape(shape: unknown, other: unknown): unknown {
  if (Array.isArray(shape) && Array.isArray(other)) {
    return shape.map((inner, index) => pickShape(inner, other[index]));
  }
  if (!isObject(shape) || !isObject(other)) return shape;
  return Object.fromEntries(
    Object.entries(shape).filter(([key]) => key in other)
      .map(([key, inner]) => [key, pickShape(inner, other[key])]),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

async function read(origin: string, path: string): Promise<unknown> {
  const response = await fetch(`${origin}/api/v2/${path}`);
  assertEquals(response.status, 200);
  assertEquals(response.headers.get("content-type"), "application/json");
  return await response.json();
}

async function amtool(origin: string, ...args: string[]): Promise<string> {
  const address = `--alertmanager.url=${origin}`;
  const options = { program: "/usr/bin/amtool", args: [...args, address], folder: PROJECT };
  const { code, stdout, stderr } = await runToEnd(options);
  assertEquals([code, stderr], [0, ""]);
  return stdout;
}

/** The real one shows an alert and its group once it has dispatched it. */
async function untilGrouped(origin: string): Promise<void> {
  const signal = AbortSignal.timeout(20_000);
  while ((await read(origin, "alerts/groups") as unknown[]).length === 0) {
    await delay(50, { signal });
  }
}

Deno.test("/api/v2 answers as a real Alertmanager does with the same alert and silence", async () => {
  await using app = await RunningApp.start({
    ...QUIET,
    receivers: [{ name: "ops", kind: "log" }],
  });
  await using real = await Alertmanager.start();
  const start = Date.now() - 10_000;
  for (const second of [0, 1, 2]) {
    const at = start + second * 1_000;
    await app.push({ service: "checkout", at, metrics: { cpu: 95 } });
  }
  const labels = Object.entries(LABELS).map(([name, value]) => `${name}=${value}`);
  const words = ["summary=high", "description=very high"].map((each) => `--annotation=${each}`);
  const page = "--generator-url=http://127.0.0.1/alerts/1";
  await amtool(real.origin, "alert", "add", ...labels, ...words, page);
  await untilGrouped(real.origin);
  const silence = ["silence", "add", 'service=~"check.*"', "severity=warning"];
  for (const { origin } of [app, real]) {
    await amtool(origin, ...silence, "--author=ann", "--comment=new disk");
  }
  for (const path of ["alerts", "alerts/groups", "silences", "status"]) {
    const [ours, theirs] = [await read(app.origin, path), await read(real.origin, path)];
    const [our, their] = [shapeOf(ours), shapeOf(theirs)];
    assertEquals(pickShape(our, their), their, path);
  }
  const find = async (origin: string) => {
    const [alert] = await read(origin, "alerts") as Record<string, unknown>[];
    return [alert?.labels, alert?.fingerprint, alert?.receivers];
  };
  assertEquals(await find(app.origin), await find(real.origin));
  const matchers = async (origin: string) => {
    const [silence] = await read(origin, "silences") as { matchers: { name: string }[] }[];
    return silence?.matchers.toSorted((a, b) => a.name < b.name ? -1 : 1);
  };
  assertEquals(await matchers(app.origin), await matchers(real.origin));
  const receivers = await read(app.origin, "receivers") as unknown[];
  assertEquals(receivers.slice(0, 1), await read(real.origin, "receivers"));
});
