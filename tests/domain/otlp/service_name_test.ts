import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";

import { serviceOfResource } from "@/lib/domain/otlp/service_name.ts";
import { SERVICE_NAME } from "@/lib/domain/sample.ts";

Deno.test("serviceOfResource() cleans a name, always in the same way", async (t) => {
  const rows: [name: string, service: string][] = [
    ["checkout", "checkout"],
    ["Checkout", "checkout"],
    ["Checkout Service (EU)", "checkout-service-eu"],
    ["shop/cart", "shop-cart"],
    ["  été  ", "t"],
    ["a".repeat(80), "a".repeat(64)],
    ["com.example.Shop_1", "com.example.shop_1"],
  ];
  for (const [name, service] of rows) {
    await t.step(name, () => {
      assertEquals(serviceOfResource({ "service.name": name }), { kind: "named", service });
    });
  }
});

Deno.test("serviceOfResource() refuses what nobody has named, and says what to do", () => {
  for (const name of ["", "unknown_service", "unknown_service:node", "..", "///"]) {
    const found = serviceOfResource({ "service.name": name });
    assert(found.kind === "nameless", name);
    assertStringIncludes(found.problem, "set OTEL_SERVICE_NAME");
    assertStringIncludes(found.problem, "?service=");
  }
  assertEquals(serviceOfResource({}).kind, "nameless");
});

Deno.test("serviceOfResource() gives names of services or none", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 90 }), (name) => {
    const found = serviceOfResource({ "service.name": name });
    if (found.kind === "named") assert(SERVICE_NAME.test(found.service), found.service);
  }));
});
