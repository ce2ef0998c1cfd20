import { assertEquals } from "@std/assert";

import { findInhibition, type ParentFacts, parentFacts } from "@/lib/domain/dependency.ts";

import { run, sampleAt, silence } from "./rules.ts";

const ALIVE: ParentFacts = {
  service: "db",
  downAlert: null,
  recoveredAt: null,
  lastHeartbeat: 10_000,
  downAt: 15_000,
};

interface Row {
  readonly name: string;
  readonly parents: readonly Partial<ParentFacts>[];
  readonly now: number;
  readonly wants: string | null;
}

/** The alert in question began at 10 s; the grace is 30 s. */
const ROWS: readonly Row[] = [
  { name: "without parents nothing inhibits", parents: [], now: 11_000, wants: null },
  { name: "a parent that was heard of since is alive", parents: [{}], now: 11_000, wants: null },
  {
    name: "a parent that is DOWN inhibits until it is not",
    parents: [{ downAlert: "DOWN:db:1" }],
    now: 11_000,
    wants: "down db until null",
  },
  {
    name: "a parent that was not heard of since may be DOWN as well",
    parents: [{ lastHeartbeat: 9_999, downAt: 14_999 }],
    now: 11_000,
    wants: "unconfirmed db until 14999",
  },
  {
    name: "that wait ends at the parent's own limit",
    parents: [{ lastHeartbeat: 9_999, downAt: 14_999 }],
    now: 14_999,
    wants: null,
  },
  {
    name: "or after the grace, when the parent reports seldom",
    parents: [{ lastHeartbeat: 9_999, downAt: 3_600_000 }],
    now: 11_000,
    wants: "unconfirmed db until 40000",
  },
  {
    name: "a parent without a heartbeat rule is not waited for",
    parents: [{ lastHeartbeat: 9_999, downAt: null }],
    now: 11_000,
    wants: null,
  },
  {
    name: "a parent that has just come back gives its children time",
    parents: [{ recoveredAt: 11_000, lastHeartbeat: 12_000 }],
    now: 40_999,
    wants: "recovering db until 41000",
  },
  {
    name: "but not longer than the grace",
    parents: [{ recoveredAt: 11_000, lastHeartbeat: 12_000 }],
    now: 41_000,
    wants: null,
  },
  {
    name: "of several parents one that is DOWN counts",
    parents: [{ recoveredAt: 11_000 }, { service: "cache", downAlert: "DOWN:cache:1" }],
    now: 12_000,
    wants: "down cache until null",
  },
  {
    name: "of several others the one that takes longest",
    parents: [{ recoveredAt: 11_000 }, { service: "cache", recoveredAt: 12_000 }],
    now: 13_000,
    wants: "recovering cache until 42000",
  },
];

Deno.test("findInhibition() puts down to a parent what it may have caused", async (t) => {
  for (const { name, parents, now, wants } of ROWS) {
    await t.step(name, () => {
      const context = {
        since: 10_000,
        parents: parents.map((parent) => ({ ...ALIVE, ...parent })),
        graceMs: 30_000,
      };
      const found = findInhibition(context, now);
      assertEquals(found && `${found.kind} ${found.service} until ${found.until}`, wants);
    });
  }
});

Deno.test("parentFacts() names the alert that makes a service DOWN, and when silence would", () => {
  const { state } = run([sampleAt(1_000)], [silence()]);
  assertEquals(parentFacts(state, null), {
    service: "checkout",
    downAlert: null,
    recoveredAt: null,
    lastHeartbeat: 1_000,
    downAt: 6_000,
  });
  const { state: down } = run([sampleAt(1_000)], [silence()], 60_000);
  assertEquals(parentFacts(down, null).downAlert, down.alerts.SERVICE_DOWN?.id);
});

Deno.test("parentFacts() takes a warning about silence for no sign of DOWN", () => {
  const late = silence({ severity: "warning", limitMs: 2_000, criticalMs: 5_000 });
  const { state } = run([sampleAt(1_000)], [late], 4_000);
  const { downAlert, downAt } = parentFacts(state, null);
  assertEquals([downAlert, downAt], [null, 6_000]);
  const never = silence({ severity: "warning", limitMs: 2_000 });
  assertEquals(parentFacts(run([sampleAt(1_000)], [never]).state, null).downAt, null);
});
