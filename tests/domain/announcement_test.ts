import { assertEquals } from "@std/assert";

import { announceAlerts, type AnnouncedAlert, startHeard } from "@/lib/domain/announcement.ts";

const CPU: AnnouncedAlert = {
  id: "1",
  rule: "HIGH_CPU",
  service: "auth",
  severity: "warning",
  state: "firing",
  silencedBy: null,
  inhibitedBy: null,
  flapping: null,
};
const DOWN: AnnouncedAlert = { ...CPU, id: "2", rule: "SERVICE_DOWN", severity: "critical" };
const MUTES: readonly (readonly [name: string, mute: Partial<AnnouncedAlert>])[] = [
  ["silenced", { silencedBy: {} }],
  ["inhibited", { inhibitedBy: {} }],
  ["flapping", { flapping: {} }],
];

/** Says the alerts of each step in turn, and returns the words. */
function say(...steps: readonly (readonly AnnouncedAlert[])[]): string[][] {
  let heard: ReadonlyMap<string, AnnouncedAlert["severity"]> = new Map();
  return steps.map((alerts) => {
    const said = announceAlerts(heard, {
      active: alerts.filter(({ state }) => state !== "resolved"),
      resolved: alerts.filter(({ state }) => state === "resolved"),
    });
    heard = said.heard;
    return [said.urgent, said.calm];
  });
}

Deno.test("announceAlerts() lets critical alerts interrupt and others wait", () => {
  assertEquals(say([CPU, DOWN]), [["Alert: auth, SERVICE_DOWN.", "Alert: auth, HIGH_CPU."]]);
});

Deno.test("announceAlerts() says a firing alert once", () => {
  assertEquals(say([CPU], [CPU], [CPU, DOWN]).slice(1), [
    ["", ""],
    ["Alert: auth, SERVICE_DOWN.", ""],
  ]);
});

Deno.test("announceAlerts() says when a pending alert begins to fire", () => {
  assertEquals(say([{ ...CPU, state: "pending" }], [CPU]), [["", ""], [
    "",
    "Alert: auth, HIGH_CPU.",
  ]]);
});

Deno.test("announceAlerts() interrupts once when a warning becomes critical, also after it eased", () => {
  const worse: AnnouncedAlert = { ...CPU, severity: "critical" };
  assertEquals(say([CPU], [worse], [CPU], [worse]).slice(1), [
    ["Now critical: auth, HIGH_CPU.", ""],
    ["", ""],
    ["", ""],
  ]);
});

for (const [name, mute] of MUTES) {
  Deno.test(`announceAlerts() says a ${name} alert only once it is that no more`, () => {
    assertEquals(say([{ ...CPU, ...mute }], [CPU], [CPU]), [
      ["", ""],
      ["", "Alert: auth, HIGH_CPU."],
      ["", ""],
    ]);
  });
}

Deno.test("announceAlerts() does not say an alert again whose silence ends", () => {
  assertEquals(say([CPU], [{ ...CPU, silencedBy: {} }], [CPU]).slice(1), [["", ""], ["", ""]]);
});

Deno.test("announceAlerts() says a recovery calmly, also of a critical alert", () => {
  assertEquals(say([DOWN], [{ ...DOWN, state: "resolved" }])[1], [
    "",
    "Recovered: auth, SERVICE_DOWN.",
  ]);
});

Deno.test("announceAlerts() says no recovery of what it never said", async (t) => {
  const rows: readonly (readonly [name: string, before: AnnouncedAlert])[] = [
    ["a pending alert", { ...CPU, state: "pending" }],
    ...MUTES.map(([name, mute]) => [`a ${name} alert`, { ...CPU, ...mute }] as const),
  ];
  for (const [name, before] of rows) {
    await t.step(name, () => {
      assertEquals(say([before], [{ ...before, state: "resolved" }])[1], ["", ""]);
    });
  }
});

Deno.test("announceAlerts() takes an alert that is merely gone for no recovery", () => {
  assertEquals(say([DOWN], [])[1], ["", ""]);
});

Deno.test("announceAlerts() names the alerts that are news", () => {
  const { news } = announceAlerts(new Map([["1", "warning"]]), {
    active: [CPU, DOWN, { ...DOWN, id: "3", silencedBy: {} }],
    resolved: [],
  });
  assertEquals(news.map(({ id }) => id), ["2"]);
});

Deno.test("announceAlerts() forgets what is gone", () => {
  const heard = startHeard([CPU, DOWN]);
  assertEquals([...announceAlerts(heard, { active: [DOWN], resolved: [] }).heard.keys()], ["2"]);
});

Deno.test("startHeard() takes what a page opens with for said, but for what is muted", () => {
  assertEquals([...startHeard([CPU, { ...DOWN, silencedBy: {} }])], [["1", "warning"]]);
});

Deno.test("announceAlerts() counts what is too much to hear", () => {
  const many = ["1", "2", "3", "4", "5"].map((id) => ({ ...DOWN, id, service: `s${id}` }));
  assertEquals(say(many)[0], [
    "Alert: s1, SERVICE_DOWN. Alert: s2, SERVICE_DOWN. Alert: s3, SERVICE_DOWN. And 2 more.",
    "",
  ]);
});
