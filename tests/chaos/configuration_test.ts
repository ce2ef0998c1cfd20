import { assertEquals } from "@std/assert";

import { QUIET } from "../e2e/running_app.ts";
import { Storm, until } from "./storm.ts";

const NONSENSE: readonly unknown[] = [
  { services: "all of them" },
  { rules: [{ name: "HIGH_CPU", metric: "cpu", above: "much" }] },
  { services: [{ name: "a", dependsOn: ["b"] }, { name: "b", dependsOn: ["a"] }] },
  [],
  null,
  { limits: { services: 0 } },
];

Deno.test("chaos: a configuration that is edited into nonsense under load changes nothing, and is told of", async () => {
  await using storm = await Storm.begin(QUIET);
  for (const nonsense of NONSENSE) {
    await storm.app.configure(nonsense);
    await until(
      async () => (await storm.health()).checks.config?.status === "warn",
      () => Promise.resolve(`nobody says what is wrong with ${JSON.stringify(nonsense)}`),
    );
    await storm.calm("warn");
  }
  for (let turn = 0; turn < 20; turn++) {
    await storm.app.configure({ ...QUIET, limits: { services: 1_000 + turn } });
  }
  await storm.calm();
  await storm.app.configure({ ...QUIET, services: [{ name: "added" }] });
  await until(async () => {
    const services: { name: string }[] = await (await fetch(`${storm.app.origin}/api/services`))
      .json();
    return services.some(({ name }) => name === "added");
  }, () => Promise.resolve("the last good configuration is not followed"));
  assertEquals((await storm.health()).checks.config?.status, "pass");
});
