import { assertEquals } from "@std/assert";
import fc from "fast-check";

import { arrangeServices, selectServices } from "@/lib/domain/status_arrangement.ts";

type Known = Readonly<Record<string, readonly string[]>>;

const KNOWN: Known = { web: ["front"], "pay-a": ["shop"], cart: ["shop"], "pay-b": [], cron: [] };

function draw(rules: { services?: string[]; groups?: [string, string[]][] }, known = KNOWN) {
  const services = Object.entries(known).map(([name, tags]) => ({ name, tags }));
  const groups = (rules.groups ?? []).map(([name, patterns]) => ({ name, services: patterns }));
  const shown = selectServices(rules.services ?? ["*"], services);
  return arrangeServices(groups, shown)
    .map((group) => `${group.name}: ${group.services.map(({ name }) => name).join(" ")}`);
}

Deno.test("arrangeServices() follows the rules, else the tags", async (t) => {
  const rows: [string, string[], string[]][] = [
    ["by tag", draw({}), ["front: web", "shop: pay-a cart", "Other services: pay-b cron"]],
    ["tags that bring nothing together", draw({}, { a: ["x"], b: ["y"], c: [] }), ["null: a b c"]],
    ["no tags", draw({}, { b: [], a: [] }), ["null: b a"]],
    ["nothing", draw({}, {}), []],
    [
      "in the order of the patterns",
      draw({ services: ["pay-*", "web"] }, { ...KNOWN, "pay-a": [] }),
      [
        "null: pay-a pay-b web",
      ],
    ],
    ["under headings, the others last", draw({ groups: [["Pay", ["pay-*"]], ["None", ["x"]]] }), [
      "Pay: pay-a pay-b",
      "Other services: web cart cron",
    ]],
    ["each once", draw({ groups: [["A", ["web"]], ["B", ["*"]]] }), [
      "A: web",
      "B: pay-a cart pay-b cron",
    ]],
    ["no more than is shown", draw({ services: ["web"], groups: [["A", ["*"]]] }), ["A: web"]],
  ];
  for (const [name, drawn, wanted] of rows) await t.step(name, () => assertEquals(drawn, wanted));
});

Deno.test("arrangeServices() has each service that is shown exactly once", () => {
  const name = fc.string({ unit: fc.constantFrom(..."ab-"), minLength: 1, maxLength: 3 });
  const pattern = fc.string({ unit: fc.constantFrom(..."ab-*"), minLength: 1, maxLength: 3 });
  const known = fc.dictionary(name, fc.array(fc.constantFrom("x", "y"), { maxLength: 2 }));
  const groups = fc.array(fc.tuple(name, fc.array(pattern)), { maxLength: 3 });
  fc.assert(fc.property(known, fc.array(pattern), groups, (names, services, rows) => {
    const list = Object.entries(names).map(([each, tags]) => ({ name: each, tags }));
    const shown = selectServices(services, list);
    const rules = rows.map(([each, of]) => ({ name: each, services: of }));
    const arranged = arrangeServices(rules, shown).flatMap((group) => group.services);
    assertEquals(arranged.map((each) => each.name).sort(), shown.map((each) => each.name).sort());
  }));
});
