import { assertEquals } from "@std/assert";
import fc from "fast-check";

import { chooseMediaType } from "@/lib/protocol/accept.ts";

const JSON_TYPE = "application/json";
const CSV = "text/csv";

Deno.test("chooseMediaType() takes what the client likes best", async (t) => {
  const browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";
  const rows: [accept: string | null, chosen: string | null][] = [
    [null, JSON_TYPE],
    ["", JSON_TYPE],
    [" , ,", JSON_TYPE],
    ["*/*", JSON_TYPE],
    [browser, JSON_TYPE],
    ["application/json", JSON_TYPE],
    ["application/*", JSON_TYPE],
    ["text/csv", CSV],
    ["TEXT/CSV", CSV],
    ["text/*", CSV],
    ["text/html, text/csv", CSV],
    ["text/csv, application/json", JSON_TYPE],
    ["application/json;q=0.9, text/csv", CSV],
    ["application/json;q=0.9, text/csv;q=0.8", JSON_TYPE],
    ["application/json;q=0.5,text/csv;q=0.500", JSON_TYPE],
    ["text/csv, */*", CSV],
    ["text/csv, */*;q=0.1", CSV],
    ["text/csv;q=0.1, */*", JSON_TYPE],
    ["*/*, application/json;q=0", CSV],
    ["*/*;q=0.5, text/*;q=0.7, text/csv;q=0.2", JSON_TYPE],
    ["text/csv ; q = 0.3 , application/json ; Q=0.2", CSV],
    ["text/csv;header=present;q=1, application/json;q=0.9", CSV],
    ['text/csv;a="x,y;q=0", application/json;q=0.9', CSV],
    ["text/csv;q=0", null],
    ["text/csv;q=0.000, application/json;q=0", null],
    ["*/*;q=0", null],
    ["text/html", null],
    ["text/csvx", null],
    ["*/csv", null],
    ["application/xml, text/plain;q=0.1", null],
    // What cannot be read does not count.
    ["text/csv;q=2", JSON_TYPE],
    ["text/csv;q=high, application/json;q=0.1", JSON_TYPE],
    ["csv", JSON_TYPE],
    ['"', JSON_TYPE],
  ];
  for (const [accept, chosen] of rows) {
    await t.step(JSON.stringify(accept), () => {
      assertEquals(chooseMediaType(accept, [JSON_TYPE, CSV]), chosen);
    });
  }
});

Deno.test("chooseMediaType() does not depend on the order of the ranges", () => {
  const range = fc.tuple(
    fc.constantFrom("*/*", "text/*", CSV, JSON_TYPE, "application/*", "image/png"),
    fc.integer({ min: 0, max: 10 }).map((tenths) => tenths / 10),
  );
  const ranges = fc.uniqueArray(range, { selector: ([type]) => type });
  const format = (list: readonly (readonly [string, number])[]) =>
    list.map(([type, weight]) => `${type};q=${weight}`).join(", ");
  fc.assert(fc.property(ranges, (list) => {
    const offers = [JSON_TYPE, CSV];
    const chosen = chooseMediaType(format(list), offers);
    assertEquals(chooseMediaType(format(list.toReversed()), offers), chosen);
  }));
});
