import { assertEquals } from "@std/assert";

import { RefusalTeller } from "@/lib/access/refusal_teller.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { RecordedLog } from "@/tests/support/recorded_log.ts";

function start() {
  const [clock, log, noted] = [new FakeClock(), new RecordedLog(), [] as string[]];
  const audit = {
    noteRefused: ({ address }: { readonly address: string }) => void noted.push(address),
  };
  return { clock, log, noted, teller: new RefusalTeller({ clock, log, audit }) };
}

const REST = { what: "POST /login", status: 401 };

Deno.test("RefusalTeller tells of an address every ten minutes, with what it left out", async () => {
  const { clock, log, noted, teller } = start();
  for (let second = 0; second < 1_200; second++) {
    teller.tell({ address: "192.0.2.66", ...REST });
    await clock.advance(1_000);
  }
  assertEquals(noted, ["192.0.2.66", "192.0.2.66"]);
  assertEquals(log.fields.map(({ omitted }) => omitted), [0, 599]);
});

Deno.test("RefusalTeller tells of twenty addresses in that time, however many there are", async () => {
  const { clock, log, noted, teller } = start();
  for (let index = 0; index < 200; index++) teller.tell({ address: `192.0.2.${index}`, ...REST });
  assertEquals(noted.length, 20);
  await clock.advance(600_000);
  teller.tell({ address: "192.0.2.250", ...REST });
  assertEquals(noted.length, 21);
  assertEquals(log.fields.at(-1)?.omittedElsewhere, 180);
});

Deno.test("RefusalTeller counts a /64 of IPv6 as one address", () => {
  const { noted, teller } = start();
  for (let index = 0; index < 9; index++) teller.tell({ address: `2001:db8::${index}`, ...REST });
  assertEquals(noted, ["2001:db8::0"]);
});
