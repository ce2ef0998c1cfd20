import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";

import type { ServiceView } from "@/lib/protocol/views.ts";
import { RIGHT_TEXT, WRONG_TEXT } from "@/tests/domain/exposition/corpus.ts";
import { parseExposition } from "@/lib/domain/exposition/parse_exposition.ts";

import { cutOff, endless, FakeExporter, NodeExporter, pause } from "./exporter.ts";
import { RunningApp } from "./running_app.ts";

/** A page as an exporter gave it, read in a way that shares nothing with Vitals. */
class PlainPage {
  readonly #lines: readonly string[];

  constructor(text: string) {
    this.#lines = text.split("\n");
  }

  /** The sum of the values of all lines that begin like this. */
  sum(begin: string): number {
    const found = this.#lines.filter((line) => line.startsWith(begin));
    if (found.length === 0) throw new Error(`no line begins with ${begin}`);
    return found.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
  }

  get idle(): number {
    return this.#lines.filter((line) =>
      line.startsWith("node_cpu_seconds_total{") && line.includes('mode="idle"')
    ).reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
  }

  get memory(): number {
    return 100 *
      (1 - this.sum("node_memory_MemAvailable_bytes ") / this.sum("node_memory_MemTotal_bytes "));
  }
}

function cpuBetween(one: PlainPage, other: PlainPage): number {
  const total = other.sum("node_cpu_seconds_total{") - one.sum("node_cpu_seconds_total{");
  return 100 * (1 - (other.idle - one.idle) / total);
}

async function viewOf(app: RunningApp, service: string): Promise<ServiceView> {
  const response = await fetch(`${app.origin}/api/services/${service}`);
  return await response.json();
}

/** Asks for a service until it is as wanted. */
async function until(
  app: RunningApp,
  service: string,
  isWanted: (view: ServiceView) => boolean,
): Promise<ServiceView> {
  for (let tries = 0; tries < 300; tries++) {
    const view = await viewOf(app, service);
    if (isWanted(view)) return view;
    await pause(100);
  }
  throw new Error(`${service} stays ${JSON.stringify(await viewOf(app, service))}`);
}

async function htmlOf(app: RunningApp, path: string): Promise<string> {
  const response = await fetch(`${app.origin}${path}`);
  return await response.text();
}

Deno.test("scrape: a real host is one line of the configuration, with node_exporter's own numbers", async () => {
  await using exporter = await NodeExporter.start();
  const pages: PlainPage[] = [];
  await using between = new FakeExporter({
    "/metrics": async ({ headers }) => {
      const accept = headers.get("accept") ?? "";
      const answer = await fetch(exporter.url, { headers: { accept } });
      const text = await answer.text();
      pages.push(new PlainPage(text));
      return new Response(text, {
        headers: { "content-type": answer.headers.get("content-type") ?? "" },
      });
    },
  });
  const source = { kind: "scrape", preset: "node_exporter", interval: "1s" };
  await using app = await RunningApp.start({
    services: [
      { name: "host", source: { ...source, url: exporter.url } },
      { name: "seen", source: { ...source, url: `${between.origin}/metrics` } },
    ],
  });

  const host = await until(app, "host", ({ metrics }) => (metrics["cpu"]?.recent.length ?? 0) >= 2);
  assertEquals([host.failure, host.status], [null, "HEALTHY"]);
  assertEquals(Object.keys(host.metrics).sort(), ["cpu", "memory"]);

  const seen = await until(app, "seen", ({ metrics }) => (metrics["cpu"]?.recent.length ?? 0) >= 3);
  const { cpu, memory } = seen.metrics;
  for (const [index, value] of memory?.recent.entries() ?? []) {
    assertAlmostEquals(value, pages[index]?.memory ?? NaN, 1e-6);
  }
  for (const [index, value] of cpu?.recent.entries() ?? []) {
    const [one, other] = pages.slice(index, index + 2);
    assert(one !== undefined && other !== undefined);
    assertAlmostEquals(value, cpuBetween(one, other), 1e-6);
  }
  const [, totalKib] = /^MemTotal: +(\d+) kB$/m.exec(await Deno.readTextFile("/proc/meminfo")) ??
    [];
  assertEquals(pages[0]?.sum("node_memory_MemTotal_bytes "), Number(totalKib) * 1_024);
  assertStringIncludes(await htmlOf(app, "/services/host"), "Memory");
});

/** A histogram between 0.1 and 0.3 s, and counters of requests. */
function httpPage(ok: number, bad: number): string {
  return [
    "# TYPE http_requests_total counter",
    `http_requests_total{code="200"} ${ok}`,
    `http_requests_total{code="500"} ${bad}`,
    "# TYPE http_request_duration_seconds histogram",
    ...[["0.1", 0], ["0.3", ok + bad], ["+Inf", ok + bad]].map(([le, count]) =>
      `http_request_duration_seconds_bucket{le="${le}"} ${count}`
    ),
    "",
  ].join("\n");
}

Deno.test("scrape: rates survive a restart of the program, quantiles come of its histogram", async () => {
  const counts = [[1_000, 100], [1_090, 110], [27, 3], [27, 3], [67, 3]] as const;
  let asked = 0;
  await using exporter = new FakeExporter({
    "/metrics": () => {
      const [ok, bad] = counts[Math.min(asked++, counts.length - 1)] ?? [0, 0];
      return new Response(httpPage(ok, bad), { headers: { "content-type": "text/plain" } });
    },
  });
  const source = { kind: "scrape", preset: "generic-http", interval: "1s" };
  await using app = await RunningApp.start({
    services: [{ name: "shop", source: { ...source, url: `${exporter.origin}/metrics` } }],
  });
  const { metrics, failure } = await until(
    app,
    "shop",
    ({ metrics }) => (metrics["errorRate"]?.recent.length ?? 0) >= 3,
  );
  assertEquals(metrics["errorRate"]?.recent.slice(0, 3).map((each) => Math.round(each * 10) / 10), [
    ...[10, 10, 0],
  ]);
  for (const value of metrics["latency"]?.recent ?? []) assertAlmostEquals(value, 290, 1e-6);
  assertEquals(failure, null);
});

Deno.test("scrape: every failure says its reason on the card and once in the log, and touches no other", async () => {
  await using exporter = new FakeExporter({
    "/good": () => new Response("load 7\n"),
    "/page": () => new Response("<!DOCTYPE html>\n", { headers: { "content-type": "text/html" } }),
    "/cut": () => cutOff("load 7\nloa"),
    "/short": () => new Response("load 7\nloa"),
    "/endless": () => endless(null),
    "/dripping": () => endless(50),
    "/busy": () => new Response("later\n", { status: 503 }),
    "/empty": () => new Response("other 1\n"),
    "/hot": () => new Response("load 700\n"),
  });
  const metrics = { cpu: "load" };
  const serviceOf = (path: string, changes: Readonly<Record<string, unknown>> = {}) => ({
    name: path.slice(1),
    source: {
      ...{ kind: "scrape", url: `${exporter.origin}${path}`, interval: "1s", timeout: "900ms" },
      ...{ metrics, maxBytes: 65_536, ...changes },
    },
  });
  const page = () => new Response("load 7\n");
  await using secure = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {}, ...await readCertificate() },
    page,
  );
  using free = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const closed = free.addr.port;
  free.close();
  await using app = await RunningApp.start({
    services: [
      ...["/good", "/page", "/cut", "/short", "/endless", "/busy", "/empty", "/hot"].map((path) =>
        serviceOf(path)
      ),
      serviceOf("/dripping", { timeout: "300ms" }),
      serviceOf("/closed", { url: `http://127.0.0.1:${closed}/metrics` }),
      serviceOf("/unknown", { url: `https://127.0.0.1:${secure.addr.port}/metrics` }),
    ],
  });
  const wanted: Readonly<Record<string, readonly [reason: string, detail: string]>> = {
    page: ["not exposition", "line 1: a line must begin with the name of a metric"],
    short: ["not exposition", "line 2: the last line must end with a line feed"],
    cut: ["broken off", "broke off"],
    endless: ["too large", "65536 bytes"],
    dripping: ["timeout", "300 ms"],
    busy: ["status 503", "status 503"],
    empty: ["no value", "cpu has no value: there is no load"],
    hot: ["value", "cpu must be from 0 to 100, got 700"],
    closed: ["refused", "refuse"],
    unknown: ["tls", "certificate"],
  };
  const dashboard: string[] = [];
  for (const [name, [reason, detail]] of Object.entries(wanted)) {
    const { failure } = await until(app, name, ({ failure }) => failure !== null);
    assertEquals(failure?.reason, reason, name);
    assertStringIncludes(failure?.detail ?? "", detail);
    dashboard.push(failure?.detail ?? "");
  }
  const html = await htmlOf(app, "/");
  for (const detail of dashboard) assertStringIncludes(unescapeHtml(html), detail);

  const good = await until(app, "good", ({ metrics }) => (metrics["cpu"]?.recent.length ?? 0) >= 4);
  assertEquals([good.failure, new Set(good.metrics["cpu"]?.recent)], [null, new Set([7])]);
  const { stderr } = await app.endWithLog("SIGINT");
  const lines = stderr.split("\n").filter((line) => line.includes('"event":"source failed"'));
  const logged = lines.map((line) => JSON.parse(line).service).sort();
  assertEquals(logged, Object.keys(wanted).sort());
});

/** A certificate of an authority that nobody knows. */
async function readCertificate(): Promise<{ readonly cert: string; readonly key: string }> {
  const [cert = "", key = ""] = await Promise.all(
    ["certificate.pem", "key.pem"].map((name) =>
      Deno.readTextFile(new URL(`../fixtures/tls/${name}`, import.meta.url))
    ),
  );
  return { cert, key };
}

function unescapeHtml(html: string): string {
  return html.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">")
    .replaceAll("&#39;", "'").replaceAll("&amp;", "&");
}

/** Returns whether `promtool check metrics` reads a page; what it says about style does not count. */
async function doesPromtoolRead(text: string): Promise<boolean> {
  const child = new Deno.Command("/usr/bin/promtool", {
    args: ["check", "metrics"],
    ...{ stdin: "piped", stdout: "null", stderr: "null" },
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(text)).then(() => writer.close()).catch(() => {});
  const { code } = await child.status;
  assert([0, 1, 3].includes(code), `promtool ended with ${code}`);
  return code !== 1;
}

Deno.test("scrape: promtool takes and refuses the same pages", async (t) => {
  for (const { name, text } of RIGHT_TEXT) {
    await t.step(`takes ${name}`, async () => assert(await doesPromtoolRead(text)));
  }
  for (const { name, text } of WRONG_TEXT) {
    await t.step(`refuses ${name}`, async () => assert(!await doesPromtoolRead(text)));
  }
});

Deno.test("scrape: the page of node_exporter is right, in every format that it knows", async () => {
  await using exporter = await NodeExporter.start();
  const answer = await fetch(exporter.url);
  const text = await answer.text();
  assert(await doesPromtoolRead(text));
  const observations = parseExposition(text, { format: "text" });
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  assertEquals(observations.length, lines.length);
  assertEquals(
    observations.map(({ name, value }) => [name, value]),
    lines.map((line) => [/^[^{ ]+/.exec(line)?.[0], Number(line.slice(line.lastIndexOf(" ") + 1))]),
  );
});
