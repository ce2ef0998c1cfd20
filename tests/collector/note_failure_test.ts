import { assert, assertEquals } from "@std/assert";

import { Collector } from "@/lib/collector/collector.ts";
import { explainAlert } from "@/lib/domain/explain.ts";
import type { Change } from "@/lib/ports/change.ts";
import { configOf } from "@/tests/support/config.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { httpProbe } from "@/tests/sources/probe/probes.ts";

const TIMEOUT = { reason: "timeout", detail: "No answer from shop within 5000 ms" };
const REFUSED = { reason: "refused", detail: "No connection to shop: it refuses connections" };

function start() {
  const clock = new FakeClock();
  const changes: Change[] = [];
  const config = configOf({ sources: { shop: httpProbe() }, push: ["other"] });
  const collector = new Collector({ clock, config, publish: (each) => changes.push(each) });
  return { clock, changes, collector, config };
}

Deno.test("Collector.noteFailure() shows why a service could not be observed, and since when", async () => {
  const { clock, collector, changes } = start();
  const since = clock.now();
  assertEquals(collector.service("shop")?.failure, null);
  collector.noteFailure("shop", TIMEOUT);
  assertEquals(collector.service("shop")?.failure, { ...TIMEOUT, since });
  assertEquals(changes.length, 1);
  await clock.advance(1_000);
  collector.noteFailure("shop", REFUSED);
  assertEquals(collector.service("shop")?.failure, { ...REFUSED, since });
  assertEquals(collector.service("other")?.failure, null);
  collector.noteFailure("shop", null);
  assertEquals(collector.service("shop")?.failure, null);
  assertEquals(changes.length, 3);
});

Deno.test("Collector.noteFailure() publishes nothing where nothing is new, or nobody known", () => {
  const { collector, changes } = start();
  collector.noteFailure("shop", null);
  collector.noteFailure("nobody", TIMEOUT);
  assertEquals(changes, []);
  collector.noteFailure("shop", TIMEOUT);
  collector.noteFailure("shop", { ...TIMEOUT });
  assertEquals(changes.length, 1);
  assertEquals(collector.service("nobody"), undefined);
});

Deno.test("Collector.noteFailure() is no sign of life, and neither is its end", async () => {
  const { clock, collector } = start();
  for (let second = 0; second < 10; second++) {
    collector.noteFailure("shop", second % 2 === 0 ? TIMEOUT : null);
    await clock.advance(1_000);
  }
  const { status, lastHeartbeat } = collector.service("shop") ?? {};
  assertEquals([status, lastHeartbeat], ["DOWN", null]);
});

Deno.test("Collector.noteFailure() is told with an alert about silence, and is no part of its record", async () => {
  const { clock, collector, changes } = start();
  collector.noteFailure("shop", TIMEOUT);
  await clock.advance(3_600_000);
  const [alert] = collector.alertsOf("shop");
  const cause = `timeout: ${TIMEOUT.detail}`;
  assertEquals([alert?.rule, alert?.failure], ["SERVICE_DOWN", cause]);
  assert(alert && explainAlert(alert, clock.now()).endsWith(`; ${cause}`));
  assertEquals(collector.steps(alert.id).filter((step) => "failure" in step), []);
  assertEquals(collector.alertsOf("other").map((each) => each.failure), [undefined]);
  collector.noteFailure("shop", REFUSED);
  assertEquals(changes.at(-1)?.alerts, [alert.id]);
  assertEquals(collector.alert(alert.id)?.failure, `refused: ${REFUSED.detail}`);
  collector.accept({ service: "shop", metrics: {} });
  collector.noteFailure("shop", null);
  assertEquals(collector.alert(alert.id)?.failure, undefined);
});

Deno.test("Collector.noteFailure() is forgotten with the source that it is about", () => {
  const { collector, config } = start();
  collector.noteFailure("shop", TIMEOUT);
  collector.reconfigure({ ...config });
  assertEquals(collector.service("shop")?.failure?.reason, "timeout");
  const source = { ...httpProbe(), intervalMs: 1_000 };
  const services = config.services.map((service) =>
    service.name === "shop" ? { ...service, source } : service
  );
  collector.reconfigure({ ...config, services });
  assertEquals(collector.service("shop")?.failure, null);
});

Deno.test("Collector.accept() says what became of a sample", () => {
  const { clock, collector } = start();
  assertEquals(collector.accept({ service: "shop", metrics: { latency: 12 } }), {
    kind: "accepted",
    count: 1,
  });
  const future = { service: "shop", at: clock.now() + 3_600_000, metrics: {} };
  assertEquals(collector.accept(future).kind, "invalid");
});
