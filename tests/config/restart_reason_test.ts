import { assertEquals } from "@std/assert";

import { explainRestart } from "@/lib/config/restart_reason.ts";

Deno.test("explainRestart() says all that a restart is for, and nothing if it is for nothing", () => {
  const hosts = ["a.example:443", "b.example:587"];
  assertEquals(explainRestart({ hosts: [], isHistoryElsewhere: false }), null);
  assertEquals(
    explainRestart({ hosts, isHistoryElsewhere: false }),
    "restart Vitals to let it reach a.example:443, b.example:587",
  );
  assertEquals(
    explainRestart({ hosts: [], isHistoryElsewhere: true }),
    "restart Vitals to keep its history where history.path says now",
  );
  assertEquals(
    explainRestart({ hosts: ["a.example:443"], isHistoryElsewhere: true }),
    "restart Vitals to let it reach a.example:443, and to keep its history where history.path says now",
  );
});
