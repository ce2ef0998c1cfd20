import { assert, assertEquals, assertMatch } from "@std/assert";

import { problemOf, startWeb } from "@/tests/routes/web.ts";

/** What Prometheus 2.42 sends. */
const PROMETHEUS = "application/openmetrics-text;version=1.0.0," +
  "application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

Deno.test("GET /metrics tells what the monitor has", async () => {
  const web = await startWeb();
  web.source.sample("checkout", "cpu", 40);
  web.source.alertTo("checkout", "firing");
  const { services, alerts } = web.source.dashboard();
  web.monitor.list = [...services];
  web.monitor.alertList = [...alerts];
  const response = await web.fetch("/metrics");
  const text = await response.text();
  assertEquals(response.status, 200);
  assertEquals(response.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  assertEquals(response.headers.get("cache-control"), "no-store");
  assertMatch(text, /^vitals_service_cpu_ratio\{service="checkout"\} 0\.4$/m);
  assertMatch(text, /^vitals_alert\{service="checkout",rule="HIGH_CPU",.*state="firing"\} 1$/m);
  assertMatch(text, /^vitals_samples_accepted_total 12$/m);
  assertMatch(text, /^vitals_build_info\{version="1\.2\.3"\} 1$/m);
  assertMatch(text, /^vitals_delivery_duration_seconds_bucket\{le="\+Inf"\} 0$/m);
  assertMatch(text, /^process_resident_memory_bytes 80000000$/m);
});

Deno.test("GET /metrics answers in the format that the client likes", async (t) => {
  const web = await startWeb();
  const rows: [accept: string, type: RegExp][] = [
    [PROMETHEUS, /^application\/openmetrics-text; version=1\.0\.0/],
    ["text/plain", /^text\/plain/],
    ["*/*", /^text\/plain/],
    ["text/html,*/*;q=0.8", /^text\/plain/],
    ["application/vnd.google.protobuf", /^text\/plain/],
  ];
  for (const [accept, type] of rows) {
    await t.step(accept, async () => {
      const response = await web.fetch("/metrics", { headers: { accept } });
      assertMatch(response.headers.get("content-type") ?? "", type);
      assertEquals(response.headers.get("vary"), "accept");
      const isOpen = (await response.text()).endsWith("\n# EOF\n");
      assertEquals(isOpen, type.source.includes("openmetrics"));
    });
  }
});

Deno.test("/metrics is only read", async () => {
  const web = await startWeb();
  const problem = await problemOf(await web.fetch("/metrics", { method: "POST" }), 405);
  assertEquals(problem.detail, "Cannot POST here: allowed are GET, HEAD, OPTIONS");
});

Deno.test("HEAD /metrics answers without a body", async () => {
  const web = await startWeb();
  const response = await web.fetch("/metrics", { method: "HEAD" });
  assertEquals([response.status, response.body], [200, null]);
  assertMatch(response.headers.get("content-type") ?? "", /^text\/plain/);
});

Deno.test("GET /metrics lets others have a turn while it tells of many services", async () => {
  const web = await startWeb();
  const services = 2_000;
  for (let index = 0; index < services; index++) web.source.sample(`s${index}`, "cpu", 40);
  web.monitor.list = [...web.source.dashboard().services];
  const text = await (await web.fetch("/metrics")).text();
  assertEquals(text.match(/^vitals_service_cpu_ratio/gm)?.length, services);
  assert(web.turns > 3, `${web.turns} turns`);
});
