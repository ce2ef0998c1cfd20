import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { describeEnd, describeIncident, worstOf } from "@/lib/domain/incident_words.ts";
import {
  changedAt,
  endOf,
  findIncidents,
  type TellingAlert,
} from "@/lib/domain/public_incident.ts";
import type { PublicSpan, PublicStatus } from "@/lib/domain/public_status.ts";

const MINUTE = 60_000;

const LETTERS: Readonly<Record<string, PublicStatus>> = {
  ".": "up",
  d: "degraded",
  X: "down",
  m: "maintenance",
  "?": "unknown",
};

/** A minute a letter. */
function spansOf(letters: string): PublicSpan[] {
  const spans: PublicSpan[] = [];
  for (const [index, letter] of [...letters].entries()) {
    const status = LETTERS[letter] ?? "unknown";
    const before = spans.at(-1);
    const to = (index + 1) * MINUTE;
    if (before?.status === status) spans.splice(-1, 1, { ...before, to });
    else spans.push({ status, from: index * MINUTE, to });
  }
  return spans;
}

/** Each incident as beginning, end, and words. */
function tell(letters: string, alerts: readonly TellingAlert[] = []): string[] {
  return findIncidents(spansOf(letters), alerts).map((incident) => {
    const [from, to] = [incident.from, endOf(incident)].map((at) => at === null ? "" : at / MINUTE);
    return `${from}-${to} ${incident.end.kind}: ${describeIncident(incident)}`;
  });
}

function alert(metric: string | null, from: number, to: number | null): TellingAlert {
  return { metric, firedAt: from * MINUTE, resolvedAt: to === null ? null : to * MINUTE };
}

Deno.test("findIncidents() tells the course of trouble", async (t) => {
  const rows: [name: string, letters: string, told: string[]][] = [
    ["all is well", "......", []],
    ["nothing is known", "???", []],
    ["an outage", "..XXX..", ["2-5 recovered: was down for 3 min"]],
    ["it goes on", "..XX", ["2- ongoing: is down"]],
    ["it gets worse and better", ".ddXXd...", [
      "1-6 recovered: was down for 2 min and had degraded performance for 3 min",
    ]],
    ["better, but not well", ".XXd", [
      "1- ongoing: has degraded performance, after it was down for 2 min",
    ]],
    ["it comes back soon", "X....XX.", ["0-7 recovered: was down for 3 min"]],
    ["it comes back late", "X......XX.", [
      "0-1 recovered: was down for 1 min",
      "7-9 recovered: was down for 2 min",
    ]],
    ["nobody watched its end", ".XX??..", ["1-5 recovered: was down for 2 min"]],
    ["silence is no recovery", ".XX???", ["1- unseen: was down when last seen"]],
    ["seen again, and no better", ".X??XX.", ["1-6 recovered: was down for 3 min"]],
    ["maintenance takes over", ".XXmmm..", ["1-3 maintenance: was down for 2 min"]],
    ["maintenance is over, trouble is not", ".mmmX.", ["4-5 recovered: was down for 1 min"]],
    ["trouble before and after maintenance", "XmX", [
      "0-1 maintenance: was down for 1 min",
      "2- ongoing: is down",
    ]],
    ["from before the range", "XX.", ["0-2 recovered: was down for 2 min"]],
  ];
  for (const [name, letters, told] of rows) {
    await t.step(name, () => assertEquals(tell(letters), told));
  }
});

Deno.test("findIncidents() takes the words from the alerts of its time", async (t) => {
  const rows: [name: string, letters: string, alerts: TellingAlert[], told: string][] = [
    ["slow", ".dd.", [alert("latency", 1, 3)], "was slow for 2 min"],
    ["errors", ".dd.", [alert("errorRate", 1, 3)], "answered some requests with errors for 2 min"],
    ["what is not noticed", ".dd.", [alert("cpu", 1, 3)], "had degraded performance for 2 min"],
    ["a late heartbeat", ".dd.", [alert(null, 1, 3)], "had degraded performance for 2 min"],
    [
      "slow is what users notice",
      ".dd.",
      [alert("cpu", 1, 3), alert("latency", 2, 3)],
      "was slow for 2 min",
    ],
    [
      "both",
      ".dd.",
      [alert("errorRate", 1, 3), alert("latency", 2, 3)],
      "was slow and answered some requests with errors for 2 min",
    ],
    [
      "one of another time",
      ".dd.....",
      [alert("latency", 6, 7)],
      "had degraded performance for 2 min",
    ],
    ["now", ".dd", [alert("latency", 1, null)], "is slow"],
    ["down needs no reason", ".XX", [alert("latency", 1, null)], "is down"],
  ];
  for (const [name, letters, alerts, told] of rows) {
    await t.step(name, () => {
      assertEquals(tell(letters, alerts).map((line) => line.split(": ")[1]), [told]);
    });
  }
});

Deno.test("describeEnd() says how an incident stands", () => {
  const ends = ["X.", "Xm", "X", "X?"].flatMap((letters) => findIncidents(spansOf(letters), []));
  assertEquals(ends.map(describeEnd), [
    "Recovered at 00:01 UTC.",
    "Maintenance began at 00:01 UTC.",
    "Not yet recovered.",
    "Nothing was heard since.",
  ]);
  const end = { kind: "recovered", at: 90_000_000 } as const;
  assertEquals(describeEnd({ from: 0, end }), "Recovered at 2 Jan 1970, 01:00 UTC.");
  assertEquals(ends.map(changedAt), [MINUTE, MINUTE, 0, 0]);
  assertEquals(ends.map(worstOf), ["down", "down", "down", "down"]);
});

Deno.test("findIncidents() has all trouble in exactly one incident, in order", () => {
  const letters = fc.string({ unit: fc.constantFrom(...".dXm?"), maxLength: 60 });
  fc.assert(fc.property(letters, (text) => {
    const incidents = findIncidents(spansOf(text), []);
    const held = (letter: string) => [...text].filter((each) => each === letter).length * MINUTE;
    const sum = (key: "downMs" | "degradedMs") => incidents.reduce((ms, each) => ms + each[key], 0);
    assertEquals([sum("downMs"), sum("degradedMs")], [held("X"), held("d")]);
    for (const [index, incident] of incidents.entries()) {
      const before = incidents[index - 1];
      const endBefore = before && endOf(before);
      assert(before === undefined || (endBefore ?? Infinity) <= incident.from, "they overlap");
      assert((endOf(incident) ?? Infinity) > incident.from);
      assert(incident.downMs + incident.degradedMs > 0);
    }
  }));
});

Deno.test("findIncidents() keeps the beginning of an incident whatever comes after it", () => {
  const letters = fc.string({ unit: fc.constantFrom(...".dXm?"), maxLength: 40 });
  fc.assert(fc.property(letters, letters, (past, future) => {
    const known = findIncidents(spansOf(past), []).map(({ from }) => from);
    const later = findIncidents(spansOf(past + future), []).map(({ from }) => from);
    assertEquals(later.slice(0, known.length), known);
  }));
});
