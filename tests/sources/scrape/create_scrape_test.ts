import { assertAlmostEquals, assertEquals } from "@std/assert";

import type { WebResult } from "@/lib/ports/web_fetch.ts";

import { pageOf, scrapeOf, ScrapeStage } from "./scrapes.ts";

const CPU = '100 * (1 - avg(rate(node_cpu_seconds_total{mode="idle"})))';

function idle(...seconds: readonly number[]): string {
  return seconds.map((value, cpu) => `node_cpu_seconds_total{cpu="${cpu}",mode="idle"} ${value}\n`)
    .join("");
}

Deno.test("createScrape() sends a sign of life at once, and rates from the second page on", async () => {
  const stage = new ScrapeStage(scrapeOf({ metrics: { cpu: CPU } }));
  await stage.scrape(idle(100, 200));
  assertEquals([stage.samples, stage.failures], [[{}], [null]]);
  await stage.scrape(idle(105, 207.5));
  assertEquals([stage.samples.at(-1), stage.failure], [{ cpu: 37.5 }, null]);
  assertEquals(stage.errors, []);
  await stage.source.stop();
});

Deno.test("createScrape() is never below nothing after the exporter began again", async () => {
  const stage = new ScrapeStage(scrapeOf({ metrics: { latency: "increase(x_total)" } }));
  for (const value of [1_000, 1_010, 3, 8]) await stage.scrape(`x_total ${value}\n`);
  assertEquals(stage.samples, [{}, { latency: 10 }, { latency: 3 }, { latency: 5 }]);
  await stage.source.stop();
});

Deno.test("createScrape() measures rates by the clock that nobody sets", async () => {
  const stage = new ScrapeStage(scrapeOf({ metrics: { latency: "rate(x_total)" } }));
  await stage.scrape("x_total 0\n");
  stage.clock.step(-3_600_000);
  await stage.scrape("x_total 50\n");
  assertEquals(stage.samples.at(-1), { latency: 5 });
  await stage.source.stop();
});

Deno.test("createScrape() sends no sample when it fails, says why, and that it is over", async (t) => {
  const where = "http://db.example.com:9100/metrics";
  const rows: [name: string, answer: WebResult, reason: string, detail: string][] = [
    [
      "no answer in time",
      { kind: "failed", reason: "timeout", detail: "No answer from db within 10000 ms" },
      ...["timeout", "No answer from db within 10000 ms"] as const,
    ],
    [
      "too long a page",
      { kind: "failed", reason: "too large", detail: "db sends more than 10 bytes" },
      ...["too large", "db sends more than 10 bytes"] as const,
    ],
    [
      "a status",
      pageOf("x 1\n", { status: 503 }),
      ...["status 503", `${where} answers with status 503`] as const,
    ],
    [
      "a redirect that leads nowhere",
      pageOf("", { status: 302 }),
      ...["status 302", `${where} answers with status 302`] as const,
    ],
    [
      "a web page",
      pageOf("<!DOCTYPE html>\n", { type: "text/html" }),
      "not exposition",
      `${where} is no exposition: line 1: a line must begin with the name of a metric, ` +
      'got "<!DOCTYPE html>" (its type is "text/html")',
    ],
    [
      "a page that was broken off",
      pageOf("x 1\ny 2"),
      "not exposition",
      `${where} is no exposition: line 2: the last line must end with a line feed: the page was broken off`,
    ],
    [
      "OpenMetrics that was broken off",
      pageOf("x 1\n", { type: "application/openmetrics-text; version=1.0.0" }),
      "not exposition",
      `${where} is no exposition: line 2: the page must end with "# EOF": it was broken off`,
    ],
    [
      "bytes",
      pageOf(new Uint8Array([0xff, 0xfe, 0x0a])),
      ...["not exposition", `${where} is no exposition: it is not UTF-8`] as const,
    ],
    [
      "protobuf",
      pageOf("", { type: "application/vnd.google.protobuf; encoding=delimited" }),
      ...["not exposition", `${where} sends protobuf; it must be text or OpenMetrics`] as const,
    ],
  ];
  for (const [name, answer, reason, detail] of rows) {
    await t.step(name, async () => {
      const stage = new ScrapeStage();
      await stage.scrape(answer);
      assertEquals([stage.samples, stage.failure], [[], { reason, detail }]);
      await stage.scrape("x 1\n");
      assertEquals([stage.samples, stage.failure, stage.errors], [[{}], null, []]);
      await stage.source.stop();
    });
  }
});

Deno.test("createScrape() takes rates over a failure in between", async () => {
  const stage = new ScrapeStage(scrapeOf({ metrics: { latency: "rate(x_total)" } }));
  await stage.scrape("x_total 0\n");
  await stage.scrape(pageOf("", { status: 500 }));
  await stage.scrape("x_total 60\n");
  assertEquals(stage.samples, [{}, { latency: 3 }]);
  await stage.source.stop();
});

Deno.test("createScrape() shows an expression of the service that gives nothing on two pages", async (t) => {
  const rows: [name: string, expression: string, page: string, detail: string | null][] = [
    ["a name that is not there", "up * 2", "y 1\n", "latency has no value: there is no up"],
    [
      "labels that are not there",
      'sum(x{a="b"}) / sum(x)',
      'x{a="c"} 1\n',
      'latency has no value: there is no x{a="b"}',
    ],
    [
      "labels that do not fit",
      "x / y",
      'x{a="c"} 1\ny{a="d"} 1\n',
      "latency has no value: the series on both sides of an operator have no labels in common",
    ],
    [
      "several values",
      "x",
      'x{a="c"} 1\nx{a="d"} 1\n',
      'latency has 2 values by "x": sum, avg, min or max makes one of them',
    ],
    ["a division by nothing, as without requests", "y / x", "x 0\ny 0\n", null],
  ];
  for (const [name, expression, page, detail] of rows) {
    await t.step(name, async () => {
      const stage = new ScrapeStage(scrapeOf({ metrics: { latency: expression, cpu: "c" } }));
      await stage.scrape(`${page}c 7\n`);
      await stage.scrape(`${page}c 8\n`);
      assertEquals(stage.failure, detail === null ? null : { reason: "no value", detail });
      assertEquals(stage.samples, [{ cpu: 7 }, { cpu: 8 }]);
      await stage.source.stop();
    });
  }
});

Deno.test("createScrape() leaves out a value out of its range, and takes the others", async () => {
  const stage = new ScrapeStage(scrapeOf({ metrics: { cpu: "c", memory: "m", latency: "l" } }));
  await stage.scrape("c 250.00000001\nm 40\nl -1\n");
  assertEquals(stage.samples, [{ memory: 40 }]);
  assertEquals(stage.failure, {
    reason: "value",
    detail: "cpu must be from 0 to 100, got 250; latency must be from 0 to 3600000, got -1",
  });
  await stage.scrape("c 25\nm 40\nl 1\n");
  assertEquals(stage.failure, null);
  await stage.source.stop();
});

Deno.test("createScrape() says when the collector takes no more", async () => {
  const stage = new ScrapeStage();
  stage.taken = { kind: "full", reason: "Too many services", retryAfterMs: 1_000 };
  await stage.scrape("x 1\n");
  assertEquals(stage.failure, { reason: "full", detail: "Too many services" });
  await stage.source.stop();
});

Deno.test("createScrape() asks for OpenMetrics first, with its headers, within its bounds", async () => {
  const stage = new ScrapeStage(
    scrapeOf({ token: "${TOKEN}", headers: { "X-Scope": "shop" }, timeout: "2s", maxBytes: 2_048 }),
  );
  await stage.scrape("");
  const [request] = stage.asked;
  const { accept = "", ...headers } = Object.fromEntries(
    Object.entries(request?.headers ?? {}).map(([name, value]) => [name, value.reveal()]),
  );
  assertEquals(headers, { "x-scope": "shop", authorization: "Bearer the-TOKEN" });
  assertEquals(accept.startsWith("application/openmetrics-text;version=1.0.0;"), true);
  assertEquals([request?.timeoutMs, request?.maxBytes, request?.method], [2_000, 2_048, "GET"]);
  await stage.source.stop();
});

const HOST = (idleSeconds: number, userSeconds: number) =>
  `node_cpu_seconds_total{cpu="0",mode="idle"} ${idleSeconds}
node_cpu_seconds_total{cpu="0",mode="user"} ${userSeconds}
node_memory_MemAvailable_bytes 6e9
node_memory_MemTotal_bytes 8e9
node_load1 0.42
node_filesystem_avail_bytes{device="/dev/sda",fstype="ext4",mountpoint="/"} 30
node_filesystem_size_bytes{device="/dev/sda",fstype="ext4",mountpoint="/"} 120
`;

Deno.test("createScrape() knows a host by the preset node_exporter", async () => {
  const stage = new ScrapeStage(scrapeOf({ preset: "node_exporter" }));
  await stage.scrape(HOST(100, 50));
  assertEquals(stage.samples.at(-1), { memory: 25, load: 0.42, disk: 75 });
  await stage.scrape(HOST(107, 53));
  assertEquals(Object.keys(stage.samples.at(-1) ?? {}), ["cpu", "memory", "load", "disk"]);
  assertAlmostEquals(stage.samples.at(-1)?.["cpu"] ?? NaN, 30, 1e-9);
  assertEquals(stage.failure, null);
  await stage.source.stop();
});

Deno.test("createScrape() reads a real page of node_exporter", async () => {
  const fixture = new URL("../../fixtures/exposition/node_exporter_1.5.txt", import.meta.url);
  const stage = new ScrapeStage(scrapeOf({ preset: "node_exporter" }));
  await stage.scrape(await Deno.readTextFile(fixture));
  const { memory = NaN, load, disk = NaN } = stage.samples[0] ?? {};
  assertAlmostEquals(memory, 100 * (1 - 24_251_633_664 / 25_276_510_208), 1e-9);
  assertAlmostEquals(disk, 100 * (1 - 82_755_993_600 / 270_553_174_016), 1e-9);
  assertEquals([load, stage.failure], [1.07, null]);
  await stage.source.stop();
});

Deno.test("createScrape() says when nothing of a preset is on the page", async () => {
  const stage = new ScrapeStage(scrapeOf({ preset: "node_exporter", metrics: { latency: "x" } }));
  await stage.scrape("x 1\n");
  await stage.scrape("x 1\n");
  const detail = "the page has nothing that the preset node_exporter knows";
  assertEquals(stage.failure, { reason: "no value", detail });
  assertEquals(stage.samples.at(-1), { latency: 1 });
  await stage.source.stop();
});

interface HttpPage {
  readonly ok: number;
  readonly bad: number;
  readonly label?: string;
  readonly counter?: string;
  readonly duration?: string;
}

/** All requests take between 0.1 and 0.3 s. */
function httpPage({ ok, bad, label = "code", ...names }: HttpPage): string {
  const { counter = "http_requests_total", duration = "http_request_duration_seconds" } = names;
  const both = [[label, "200", ok], [label, "503", bad]] as const;
  return both.flatMap(([name, status, count]) => [
    `${counter}{${name}="${status}"} ${count}\n`,
    ...[["0.1", 0], ["0.3", count], ["+Inf", count]].map(([le, value]) =>
      `${duration}_bucket{${name}="${status}",le="${le}"} ${value}\n`
    ),
  ]).join("");
}

Deno.test("createScrape() knows a program by the preset generic-http", async (t) => {
  const rows: [name: string, names: Partial<HttpPage>][] = [
    ["the usual names", {}],
    ["the label status", { label: "status" }],
    ["the label status_code", { label: "status_code" }],
    [
      "Spring Boot",
      {
        label: "status",
        counter: "http_server_requests_seconds_count",
        duration: "http_server_requests_seconds",
      },
    ],
    [
      "OpenTelemetry",
      {
        label: "http_response_status_code",
        counter: "http_server_request_duration_seconds_count",
        duration: "http_server_request_duration_seconds",
      },
    ],
    ["no counter of its own", { counter: "http_request_duration_seconds_count" }],
  ];
  for (const [name, names] of rows) {
    await t.step(name, async () => {
      const stage = new ScrapeStage(scrapeOf({ preset: "generic-http" }));
      await stage.scrape(httpPage({ ok: 100, bad: 10, ...names }));
      await stage.scrape(httpPage({ ok: 195, bad: 15, ...names }));
      const { latency = NaN, errorRate = NaN } = stage.samples.at(-1) ?? {};
      assertAlmostEquals(latency, 290, 1e-6);
      assertAlmostEquals(errorRate, 5, 1e-9);
      await stage.scrape(httpPage({ ok: 195, bad: 15, ...names }));
      assertEquals([stage.samples.at(-1), stage.failure], [{}, null]);
      await stage.source.stop();
    });
  }
});

Deno.test("createScrape() counts no errors where none has ever been", async () => {
  const stage = new ScrapeStage(scrapeOf({ preset: "generic-http" }));
  await stage.scrape('http_requests_total{code="200"} 5\n');
  await stage.scrape('http_requests_total{code="200"} 9\n');
  assertEquals([stage.samples, stage.failure], [[{}, { errorRate: 0 }], null]);
  await stage.source.stop();
});

Deno.test("createScrape() takes what a service says before its preset", async () => {
  const metrics = { memory: "42 * vector(1)" };
  const stage = new ScrapeStage(scrapeOf({ preset: "node_exporter", metrics }));
  await stage.scrape(HOST(1, 1));
  assertEquals(stage.samples, [{ memory: 42, load: 0.42, disk: 75 }]);
  await stage.source.stop();
});

Deno.test("createScrape() asks no more once it was stopped, even if it was never started", async () => {
  const stage = new ScrapeStage();
  await stage.source.stop();
  await stage.scrape("");
  await stage.clock.advance(60_000);
  assertEquals([stage.asked, stage.clock.pending], [[], 0]);
});
