import { assertEquals } from "@std/assert";

import { type Drawer, OperatorMemory } from "@/components/operator_memory.ts";

import { FakeDrawer } from "./fake_drawer.ts";

Deno.test("OperatorMemory keeps the name", () => {
  const drawer = new FakeDrawer();
  const memory = new OperatorMemory(() => drawer);
  assertEquals(memory.name, "");
  memory.name = "Anna";
  assertEquals(memory.name, "Anna");
  assertEquals(drawer.values, ["Anna"]);
});

Deno.test("OperatorMemory does without where storage is forbidden", () => {
  const forbidden = (): Drawer => {
    throw new Error("SecurityError");
  };
  const memory = new OperatorMemory(forbidden);
  memory.name = "Anna";
  assertEquals(memory.name, "");
});
