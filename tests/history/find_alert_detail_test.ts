import { assert, assertEquals } from "@std/assert";

import { findAlertDetail } from "@/lib/history/find_alert_detail.ts";
import { FakeDesk } from "@/tests/routes/fake_desk.ts";
import { configOf } from "@/tests/support/config.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { FakeHistory } from "@/tests/support/fake_history.ts";
import { KeptState } from "@/tests/support/kept_state.ts";
import { Collector } from "@/lib/collector/collector.ts";

/** The record of an alert that fired and ended, as a monitor writes it. */
function record(): {
  readonly id: string;
  readonly steps: string[];
  readonly collector: Collector;
} {
  const [clock, kept] = [new FakeClock(), new KeptState()];
  const collector = new Collector({ clock, config: configOf(), publish() {}, ledger: kept });
  for (const cpu of [99, 98, 97, 20]) {
    clock.stall(1_000);
    collector.ingest([{ service: "checkout", metrics: { cpu } }]);
  }
  const steps = kept.transitions.filter((each) => each.kind === "alert");
  const [first] = steps;
  assert(first);
  return { id: first.id, steps: steps.map((step) => JSON.stringify(step)), collector };
}

Deno.test("findAlertDetail() finds on record what memory has forgotten, the same", async () => {
  const { id, steps, collector } = record();
  const history = new FakeHistory();
  history.transitionList = steps;
  const found = await findAlertDetail(id, { desk: new FakeDesk(), history });
  assertEquals(found?.alert, collector.alert(id));
  assertEquals(found?.transitions, collector.steps(id));
  assertEquals(history.asked, [["transitionsOf", id]]);
});

Deno.test("findAlertDetail() finds nothing of an alert that nobody knows, nor half of one", async () => {
  const { id, steps } = record();
  const history = new FakeHistory();
  assertEquals(await findAlertDetail(id, { desk: new FakeDesk(), history }), undefined);
  history.transitionList = steps.slice(0, -1);
  assertEquals(await findAlertDetail(id, { desk: new FakeDesk(), history }), undefined);
});
