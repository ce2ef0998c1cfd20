import { assertEquals, assertFalse } from "@std/assert";

import type { ServiceView } from "@/lib/protocol/views.ts";
import { startWeb, type Web } from "@/tests/routes/web.ts";
import { configOf } from "@/tests/support/config.ts";
import { parseXml, textsOf } from "@/tests/support/xml.ts";

async function startWithServices(): Promise<Web> {
  const web = await startWeb();
  const now = web.clock.now();
  web.monitor.list = ["pay", "a.b", "secret"].map((name) =>
    ({ name, tags: [], status: "HEALTHY", since: now - 86_400_000 }) as unknown as ServiceView
  );
  web.history.statusList = [{ at: now - 86_400_000, status: "HEALTHY" }];
  web.config = configOf({
    status: { services: ["pay", "a.*"], names: new Map([["pay", "Payments"]]) },
  });
  return web;
}

Deno.test("GET /badge/:service.svg shows what is asked for", async (t) => {
  const web = await startWithServices();
  const rows: [path: string, status: number, title: string][] = [
    ["/badge/pay.svg", 200, "Payments: operational"],
    ["/badge/a.b.svg", 200, "a.b: operational"],
    ["/badge/pay.svg?label=Shop%20%3C3", 200, "Shop <3: operational"],
    ["/badge/pay.svg?show=uptime&days=7", 200, "Payments uptime (7 d): 100 %"],
    ["/badge/pay.svg?show=uptime&days=91", 400, "badge: days must be 1 to 90"],
    ["/badge/nobody.svg", 404, "service: unknown"],
    ["/badge/secret.svg", 404, "service: unknown"],
    ["/badge/constructor.svg", 404, "service: unknown"],
  ];
  for (const [path, status, title] of rows) {
    await t.step(path, async () => {
      const response = await web.fetch(path);
      assertEquals(response.status, status);
      assertEquals(textsOf(parseXml(await response.text()), "title"), [title]);
    });
  }
});

Deno.test("GET /badge/:service.svg can be shown anywhere and runs nothing", async () => {
  const web = await startWithServices();
  for (const path of ["/badge/pay.svg", "/badge/nobody.svg"]) {
    const { headers, body } = await web.fetch(path, {
      headers: { origin: "https://other.example" },
    });
    await body?.cancel();
    assertEquals(headers.get("content-type"), "image/svg+xml; charset=utf-8");
    assertEquals(headers.get("cache-control"), "public, max-age=30");
    assertEquals(headers.get("access-control-allow-origin"), "*");
    assertEquals(headers.get("cross-origin-resource-policy"), "cross-origin");
    const policy = headers.get("content-security-policy") ?? "";
    assertEquals(
      policy,
      "default-src 'none'; frame-ancestors 'self'; sandbox",
    );
    assertFalse(policy.includes("script-src"));
  }
});

Deno.test("GET /badge/:service.svg knows no service without a status page", async () => {
  const web = await startWithServices();
  web.config = configOf({ status: { enabled: false } });
  const response = await web.fetch("/badge/pay.svg");
  await response.body?.cancel();
  assertEquals(response.status, 404);
});
