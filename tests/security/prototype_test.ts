import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";

import { ConfigError } from "@/lib/config/config_error.ts";
import { parseConfig } from "@/lib/config/parse_config.ts";
import { parseScenario } from "@/lib/config/parse_scenario.ts";
import { OPERATIONS } from "@/lib/protocol/openapi/operations.ts";
import { parseClientMessage } from "@/lib/protocol/parse_client_message.ts";
import { ProtocolError } from "@/lib/protocol/protocol_error.ts";
import { startWholeApp, type WholeApp } from "@/tests/routes/openapi/whole_app.ts";

/** What a merge or an assignment by name could put where every object finds it, as JSON. */
const POLLUTIONS: readonly (readonly [key: string, value: string])[] = [
  ["__proto__", '{"polluted":true,"toJSON":1,"length":1}'],
  ["constructor", '{"prototype":{"polluted":true}}'],
  ["prototype", '{"polluted":true}'],
  ["toString", "1"],
  ["hasOwnProperty", "null"],
];

/** Names that an object without entries has as well, and that a service may have. */
const NAMES = ["__proto__", "constructor", "prototype"];

/** What every object has, before anything was sent. */
const OWN = Reflect.ownKeys(Object.prototype).map(String).sort();

function assertClean(what: string): void {
  assertEquals(Reflect.ownKeys(Object.prototype).map(String).sort(), OWN, what);
  assert(!("polluted" in {}), what);
}

/** A text of JSON for each object in a value, in which that one has a further key. */
function* pollute(value: unknown): Generator<string> {
  const count = JSON.stringify(value).split("{").length - 1;
  for (let index = 0; index < count; index++) {
    for (const [key, inside] of POLLUTIONS) {
      let seen = 0;
      yield JSON.stringify(value).replaceAll(
        "{",
        (brace) => seen++ === index ? `{${JSON.stringify(key)}:${inside},` : brace,
      ).replaceAll(",}", "}");
    }
  }
}

async function withApp(run: (app: WholeApp) => Promise<void>): Promise<void> {
  const app = await startWholeApp();
  try {
    await run(app);
  } finally {
    await app.monitor.stop();
  }
}

const JSON_TYPE = { "content-type": "application/json" };

Deno.test("no body of any operation reaches the prototype of objects, whatever its keys are called", async () => {
  await withApp(async ({ web, firing, silence }) => {
    let sent = 0;
    for (const { path, method, body } of OPERATIONS) {
      if (body === undefined) continue;
      const address = path.replace("{id}", path.includes("silence") ? silence : firing)
        .replace(/\{\w+\}/g, "checkout");
      for (const example of [...body.content.map((each) => each.example), {}, [{}]]) {
        for (const text of pollute(example)) {
          const init = { method: method.toUpperCase(), headers: JSON_TYPE, body: text };
          const answer = await web.fetch(address, init);
          await answer.body?.cancel();
          assertLess(answer.status, 500, `${method} ${path} ${text}`);
          assertClean(`${method} ${path} ${text}`);
          sent++;
        }
      }
    }
    assert(sent > 100, `${sent}`);
    assertEquals(web.log.errors, []);
  });
});

Deno.test("no query reaches the prototype of objects, whatever its parameters are called", async () => {
  await withApp(async ({ web }) => {
    for (const { path, method } of OPERATIONS) {
      if (method !== "get" || path === "/api/live") continue;
      for (
        const query of ["__proto__=1", "__proto__[polluted]=1", "constructor.prototype.polluted=1"]
      ) {
        const answer = await web.fetch(`${path.replace(/\{\w+\}/g, "__proto__")}?${query}`);
        await answer.body?.cancel();
        assertLess(answer.status, 500, `${path}?${query}`);
        assertClean(`${path}?${query}`);
      }
    }
    assertEquals(web.log.errors, []);
  });
});

Deno.test("services may be called as what every object has, and are shown like any other", async () => {
  await withApp(async ({ web, monitor, clock }) => {
    for (let second = 0; second < 4; second++) {
      const samples = NAMES.map((service) => ({ service, metrics: { cpu: 99 } }));
      assertEquals(monitor.collector.ingest(samples).kind, "accepted");
      await clock.advance(1_000);
    }
    const listed = await (await web.fetch("/api/services")).json();
    for (const name of NAMES) {
      const one = listed.find((each: { readonly name: string }) => each.name === name);
      assertEquals([name, one?.status], [name, "DEGRADED"]);
      for (
        const path of [
          ...[`/api/services/${name}`, `/api/services/${name}/history`, `/services/${name}`],
          ...[`/api/services/${name}/events`, `/api/services/${name}/timeline`],
          ...[`/badge/${name}.svg`, `/api/alerts?service=${name}`, `/alerts?view=history`],
        ]
      ) {
        const answer = await web.fetch(path);
        const text = await answer.text();
        assertEquals(answer.status, 200, path);
        assert(text.includes(name) || path.includes("history") || path.includes("timeline"), path);
      }
      const beat = await web.fetch(`/api/heartbeats/${name}`, { method: "POST" });
      await beat.body?.cancel();
      assertEquals(beat.status, 202);
    }
    for (
      const path of ["/", "/alerts", "/status", "/metrics", "/api/status", "/status/feed.atom"]
    ) {
      const answer = await web.fetch(path);
      const text = await answer.text();
      assertEquals([path, answer.status], [path, 200]);
      for (const name of NAMES) assert(text.includes(name) || path.includes("feed"), path);
    }
    assertClean("services");
    assertEquals(web.log.errors, []);
  });
});

Deno.test("services that are called so are found after the names of OpenTelemetry's attributes, too", async () => {
  await withApp(async ({ web }) => {
    const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });
    for (const name of NAMES) {
      const attributes = [
        attribute("service.name", name),
        ...NAMES.map((key) => attribute(key, "x")),
      ];
      const point = { asDouble: 0.5, timeUnixNano: "1700000013000000000", attributes };
      const metrics = [{ name: "process.cpu.utilization", gauge: { dataPoints: [point] } }];
      const answer = await web.fetch("/v1/metrics", {
        method: "POST",
        headers: JSON_TYPE,
        body: JSON.stringify({
          resourceMetrics: [{ resource: { attributes }, scopeMetrics: [{ metrics }] }],
        }),
      });
      assertEquals([answer.status, await answer.json()], [200, {}]);
    }
    assertClean("OTLP");
  });
});

Deno.test("a configuration reaches no prototype, and what it calls so is like any other", () => {
  const service = { name: "__proto__", tags: ["__proto__"], source: { kind: "push" } };
  const config = {
    services: [service, { name: "a", dependsOn: ["__proto__"], source: { kind: "push" } }],
    rules: [{ name: "constructor", metric: "cpu", above: 5, severity: "warning" }],
    receivers: [{ name: "toString", kind: "log" }],
    status: { names: { constructor: "The one" } },
  };
  const parsed = parseConfig(JSON.stringify(config), { env: () => undefined });
  assertEquals(parsed.services.map(({ name }) => name), ["__proto__", "a"]);
  assertEquals(parsed.status.names.get("constructor"), "The one");
  for (const text of [...pollute(config), ...pollute({})]) {
    try {
      parseConfig(text, { env: () => undefined });
    } catch (error) {
      assert(error instanceof ConfigError, text);
    }
    assertClean(text);
  }
});

Deno.test("a metric may not be called as what every object has", () => {
  const metric = { id: "constructor", label: "C", unit: "%", min: 0, max: 100 };
  const text = JSON.stringify({ metrics: [metric] });
  assertThrows(() => parseConfig(text, { env: () => undefined }), ConfigError, "constructor");
});

Deno.test("a scenario reaches no prototype", () => {
  for (const text of pollute({ name: "a", steps: [{}] })) {
    try {
      parseScenario(text, { name: "a", profiles: [] });
    } catch (error) {
      assert(error instanceof ConfigError, String(error));
    }
    assertClean(text);
  }
});

Deno.test("a message on the live socket reaches no prototype, and inherits nothing", () => {
  for (
    const text of [...pollute({ type: "ping", id: 1 }), '{"__proto__":{"type":"ping","id":1}}']
  ) {
    try {
      assertEquals(parseClientMessage(text), { type: "ping", id: 1 });
    } catch (error) {
      assert(error instanceof ProtocolError, text);
    }
    assertClean(text);
  }
});
