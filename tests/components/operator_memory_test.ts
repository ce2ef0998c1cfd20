import { assertEquals } from "@std/assert";

import { type Drawer, OperatorMemory } from "@/components/operator_memory.ts";

import { FakeDrawer } from "./fake_drawer.ts";

Deno.test("OperatorMemory keeps the name for good and the token until the tab is closed", () => {
  const [lasting, passing] = [new FakeDrawer(), new FakeDrawer()];
  const memory = new OperatorMemory(() => lasting, () => passing);
  assertEquals([memory.name, memory.token], ["", ""]);
  memory.name = "Anna";
  memory.token = "secret";
  assertEquals([memory.name, memory.token], ["Anna", "secret"]);
  assertEquals(lasting.values, ["Anna"]);
  assertEquals(passing.values, ["secret"]);
});

Deno.test("OperatorMemory does without where storage is forbidden", () => {
  const forbidden = (): Drawer => {
    throw new Error("SecurityError");
  };
  const memory = new OperatorMemory(forbidden, forbidden);
  memory.name = "Anna";
  assertEquals([memory.name, memory.token], ["", ""]);
});
