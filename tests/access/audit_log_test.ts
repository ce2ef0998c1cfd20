import { assert, assertEquals } from "@std/assert";

import { AuditLog } from "@/lib/access/audit_log.ts";
import type { AuditEntry, AuditNote } from "@/lib/ports/audit.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { KeptState } from "@/tests/support/kept_state.ts";
import { RecordedLog } from "@/tests/support/recorded_log.ts";

const ACT: AuditNote = {
  ...{ who: "anna", address: "192.0.2.7", what: "POST /api/alerts/:id/ack", subject: "a1" },
  status: 200,
};
const ALL = { limit: 10_000, before: null };

function start(ledger = new KeptState(), restored: readonly AuditEntry[] = []) {
  const [clock, log] = [new FakeClock(), new RecordedLog()];
  const limits = { act: 3, session: 1, refused: 2 };
  return { clock, log, ledger, audit: new AuditLog({ clock, log, ledger, restored, limits }) };
}

Deno.test("AuditLog keeps who did what, when and from where, newest first, and writes a line", async () => {
  const { clock, log, audit } = start();
  const at = clock.now();
  audit.noteAct(ACT);
  await clock.advance(5);
  audit.noteRefused({ ...ACT, who: "unknown", status: 401 });
  assertEquals(audit.list(ALL), [
    { id: 2, at: at + 5, kind: "refused", ...ACT, who: "unknown", status: 401 },
    { id: 1, at, kind: "act", ...ACT },
  ]);
  assertEquals([log.lines, log.fields], [["info: operator act"], [{ ...ACT }]]);
});

Deno.test("AuditLog pages by id", () => {
  const { audit } = start();
  for (const subject of ["a", "b", "c"]) audit.noteAct({ ...ACT, subject });
  const ids = (limit: number, before: number | null) =>
    audit.list({ limit, before }).map(({ subject }) => subject);
  assertEquals([ids(2, null), ids(2, 2), ids(2, 1)], [["c", "b"], ["a"], []]);
});

Deno.test("AuditLog keeps a bounded number of each kind, on disk too, and refusals push out no act", () => {
  const { audit, ledger } = start();
  audit.noteAct(ACT);
  for (let index = 0; index < 100; index++) audit.noteRefused({ ...ACT, status: 401 });
  assertEquals(audit.list(ALL).map(({ kind }) => kind), ["refused", "refused", "act"]);
  for (let index = 0; index < 100; index++) audit.noteAct(ACT);
  assertEquals(audit.list(ALL).length, 5);
  assertEquals(ledger.documents.size, 5);
});

Deno.test("AuditLog: whoever signs in again and again pushes out no act", () => {
  const { audit, log } = start();
  audit.noteAct(ACT);
  for (let index = 0; index < 100; index++) audit.noteSession({ ...ACT, what: "POST /login" });
  assertEquals(audit.list(ALL).map(({ kind, what }) => [kind, what]), [
    ["session", "POST /login"],
    ["act", ACT.what],
  ]);
  assertEquals(log.lines.length, 101);
});

Deno.test("AuditLog goes on after a restart from what is kept", () => {
  const first = start();
  for (const subject of ["a", "b", "c", "d"]) first.audit.noteAct({ ...ACT, subject });
  const restored = first.ledger.restored(0).audit;
  const second = start(first.ledger, restored);
  assertEquals(second.audit.list(ALL), first.audit.list(ALL));
  second.audit.noteAct({ ...ACT, subject: "e" });
  assertEquals(second.audit.list(ALL).map(({ id, subject }) => `${id} ${subject}`), [
    ...["5 e", "4 d", "3 c"],
  ]);
  assertEquals(first.ledger.documents.size, 3);
});

Deno.test("AuditLog cuts what is long", () => {
  const { audit } = start();
  audit.noteAct({ ...ACT, subject: "x".repeat(100_000), what: "y".repeat(100_000) });
  assert(JSON.stringify(audit.list(ALL)).length < 1_000);
});
