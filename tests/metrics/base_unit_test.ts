import { assertEquals } from "@std/assert";

import { findBaseUnit } from "@/lib/metrics/base_unit.ts";

Deno.test("findBaseUnit() knows the units of time, size and share", () => {
  const rows: [unit: string, value: number, name: string | null, base: number][] = [
    ["%", 41.2, "ratio", 0.412],
    ["ms", 120.5, "seconds", 0.1205],
    ["min", 2, "seconds", 120],
    ["MiB", 1.5, "bytes", 1_572_864],
    ["°C", 21, "celsius", 21],
    ["", 7, null, 7],
  ];
  for (const [unit, value, name, base] of rows) {
    const found = findBaseUnit(unit);
    assertEquals([found.name, found.toBase(value)], [name, base], unit);
  }
});

Deno.test("findBaseUnit() keeps what it can of an unknown unit", () => {
  const units = ["req/s", "req / s", "orders/h", "m²", "€", "pages"];
  assertEquals(
    units.map((unit) => findBaseUnit(unit).name),
    ["req_per_second", "req_per_second", "orders_per_h", "m", null, "pages"],
  );
  assertEquals(findBaseUnit("pages").toBase(3), 3);
});
