import { assertEquals, assertFalse } from "@std/assert";

import type { Instant } from "@/lib/domain/instant.ts";
import type { MaintenanceWindow } from "@/lib/domain/maintenance.ts";
import { MATCH_ALL } from "@/lib/domain/matcher.ts";
import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import { DEFAULT_RULES, type Rule } from "@/lib/domain/rule.ts";
import type { Status } from "@/lib/domain/status.ts";
import { createMemoryHistory } from "@/lib/history/memory_history.ts";
import { type History, HistoryError } from "@/lib/ports/history.ts";
import type { MonitorConfig } from "@/lib/ports/monitor_config.ts";
import type { ServiceOutline } from "@/lib/ports/status_source.ts";
import { servicesIn, type StatusView } from "@/lib/protocol/status_view.ts";
import { MAX_SERVICES, readStatus, type StatusSources } from "@/lib/status_page/read_status.ts";
import { configOf } from "@/tests/support/config.ts";
import { FakeHistory } from "@/tests/support/fake_history.ts";
import { alertStep, append, statusChange } from "@/tests/support/histories.ts";

const DAY = 86_400_000;
const MINUTE = 60_000;

/** 2026-11-24T12:00:00Z. */
const NOW = Date.parse("2026-11-24T12:00:00Z");

const HIGH_LATENCY = DEFAULT_RULES.filter(({ name }) => name === "HIGH_LATENCY")[0] as Rule;

/** A service by its changes, of which the last one is how it is. */
type Course = readonly (readonly [daysAgo: number, status: Status])[];

const LETTERS = { up: ".", degraded: "d", down: "X", maintenance: "m", unknown: "?" };

interface World extends Disposable {
  readonly sources: StatusSources;
  read(config?: MonitorConfig): Promise<StatusView>;
}

function outlineOf(name: string, course: Course): ServiceOutline {
  const [daysAgo, status] = course.at(-1) ?? [0, "UNKNOWN"];
  return {
    name,
    tags: name.includes("-") ? [name.slice(0, name.indexOf("-"))] : [],
    status,
    since: NOW - daysAgo * DAY,
  };
}

async function worldOf(
  courses: Readonly<Record<string, Course>>,
  alerts: (history: History) => Promise<void> = () => Promise.resolve(),
): Promise<World> {
  const history = createMemoryHistory({ retention: DEFAULT_RETENTION });
  const first = Math.min(
    NOW,
    ...Object.values(courses).flat().map(([daysAgo]) => NOW - daysAgo * DAY),
  );
  await history.open(first);
  for (const [service, course] of Object.entries(courses)) {
    const transitions = course.map(([daysAgo, status]) =>
      statusChange(service, NOW - daysAgo * DAY, status)
    );
    await append(history, { at: NOW, transitions });
  }
  await alerts(history);
  const outlines = Object.entries(courses).map(([name, course]) => outlineOf(name, course));
  const sources = { history, source: { outlines: () => outlines, alertsOf: () => [] } };
  return {
    sources,
    read: (config = configOf()) => readStatus(sources, { config, now: NOW }),
    [Symbol.dispose]: () => void history.close(),
  };
}

function tell({ incidents }: StatusView): string[] {
  return incidents.map(({ name, words, outcome }) => `${name} ${words}. ${outcome}`);
}

Deno.test("readStatus() shows ninety days, what is now, and what happened", async () => {
  using world = await worldOf({
    web: [[200, "HEALTHY"]],
    pay: [[50, "HEALTHY"], [3, "DOWN"], [3 - 12 / 1_440, "HEALTHY"]],
    cron: [[80, "HEALTHY"], [40, "DOWN"], [39, "HEALTHY"], [0.1, "DOWN"]],
  });
  const view = await world.read();
  assertEquals([view.status, view.headline], ["down", "1 of 3 services is down"]);
  const rows = servicesIn(view).map(({ name, status, days, uptime }) => {
    const letters = days.map((cell) => LETTERS[cell.status]).join("");
    return [name, status, letters, uptime?.toFixed(4)];
  });
  assertEquals(rows, [
    ["cron", "down", "?".repeat(9) + ".".repeat(40) + "XX" + ".".repeat(38) + "X", "0.9862"],
    ["pay", "up", "?".repeat(39) + ".".repeat(47) + "X" + "...", "0.9998"],
    ["web", "up", ".".repeat(90), "1.0000"],
  ]);
  assertEquals(tell(view), [
    "cron is down. Not yet recovered.",
    "pay was down for 12 min. Recovered at 12:12 UTC.",
  ]);
  assertEquals([view.hasPast, view.leftOut, view.maintenance], [true, 0, []]);
});

Deno.test("readStatus() keeps the beginning of an incident that is older than its days", async () => {
  using world = await worldOf({ old: [[300, "HEALTHY"], [100, "DOWN"]] });
  const [incident] = (await world.read()).incidents;
  assertEquals(incident?.from, NOW - 100 * DAY);
});

Deno.test("readStatus() leaves out what was over more than fourteen days ago", async () => {
  using world = await worldOf({ a: [[30, "HEALTHY"], [15, "DOWN"], [14.6, "HEALTHY"]] });
  assertEquals((await world.read()).incidents, []);
});

Deno.test("readStatus() takes words from alerts that have ended", async () => {
  const from = NOW - 2 * DAY;
  using world = await worldOf(
    { checkout: [[30, "HEALTHY"], [2, "DEGRADED"], [1.9, "HEALTHY"]] },
    (history) =>
      append(history, {
        at: NOW,
        transitions: [{ ...alertStep("a1", "resolved", from + MINUTE, from), rule: HIGH_LATENCY }],
      }),
  );
  assertEquals(tell(await world.read()), [
    "checkout was slow for 2 h 24 min. Recovered at 14:24 UTC.",
  ]);
});

Deno.test("readStatus() shows a change that is not written yet", async () => {
  using world = await worldOf({ a: [[30, "HEALTHY"]] });
  const source = {
    ...world.sources.source,
    outlines:
      (): ServiceOutline[] => [{ name: "a", tags: [], status: "DOWN", since: NOW - MINUTE }],
  };
  const view = await readStatus({ ...world.sources, source }, { config: configOf(), now: NOW });
  assertEquals(tell(view), ["a is down. Not yet recovered."]);
  assertEquals(servicesIn(view)[0]?.days.at(-1)?.heldMs.down, MINUTE);
});

Deno.test("readStatus() knows a service that never sent anything for what it is", async () => {
  using world = await worldOf({ a: [] });
  const [service] = servicesIn(await world.read());
  assertEquals([service?.status, service?.uptime], ["unknown", null]);
  assertEquals(new Set(service?.days.map(({ status }) => status)), new Set(["unknown"]));
});

Deno.test("readStatus() shows what configuration wants, under its names and headings", async () => {
  using world = await worldOf({
    "a-1": [[1, "HEALTHY"]],
    secret: [[1, "DOWN"]],
    "b-1": [[1, "HEALTHY"]],
    "a-2": [[1, "HEALTHY"]],
  });
  const config = configOf({
    push: ["b-1", "a-2"],
    status: {
      ...{ title: "Example", description: "All of it.", services: ["a-*", "b-*"] },
      names: new Map([["a-1", "Sign-in"]]),
    },
  });
  const view = await world.read(config);
  assertEquals([view.title, view.description, view.headline], [
    ...["Example", "All of it.", "All services are operational"],
  ]);
  assertEquals(
    view.groups.map(({ name, services }) => [name, ...services.map((each) => each.name)]),
    [
      ["a", "a-2", "Sign-in"],
      ["b", "b-1"],
    ],
  );
  assertFalse(JSON.stringify(view).includes("secret"));
});

function windowOf(
  name: string,
  from: Instant,
  to: Instant,
  service: string | null,
): MaintenanceWindow {
  return {
    ...{ name, matcher: { ...MATCH_ALL, service }, reason: "a secret of the team" },
    schedule: { kind: "once", startsAt: from, endsAt: to },
  };
}

Deno.test("readStatus() shows maintenance as maintenance", async () => {
  using world = await worldOf({
    pay: [[30, "HEALTHY"], [0.05, "DOWN"]],
    web: [[30, "HEALTHY"], [5, "DOWN"], [4.9, "HEALTHY"]],
  });
  const view = await world.read(configOf({
    maintenance: [
      windowOf("later", NOW + DAY, NOW + 2 * DAY, null),
      windowOf("now", NOW - DAY, NOW + DAY, "pay"),
      windowOf("past", NOW - 6 * DAY, NOW - 4.5 * DAY, "web"),
      windowOf("far", NOW + 15 * DAY, NOW + 16 * DAY, null),
      windowOf("others", NOW, NOW + DAY, "unknown-*"),
      {
        ...windowOf("rule", NOW - DAY, NOW + DAY, null),
        matcher: { ...MATCH_ALL, rule: "HIGH_CPU" },
      },
    ],
    status: { maintenance: new Map([["now", "New disks"]]) },
  }));
  assertEquals([view.status, view.headline], [
    "maintenance",
    "1 of 2 services is under maintenance",
  ]);
  assertEquals(view.incidents, []);
  assertEquals(servicesIn(view).map(({ uptime }) => uptime), [1, 1]);
  assertEquals(servicesIn(view)[1]?.days.at(-6)?.status, "maintenance");
  assertEquals(
    view.maintenance.map(({ title, services, isActive }) => [title, services, isActive]),
    [
      ["New disks", ["pay"], true],
      ["Planned maintenance", [], false],
    ],
  );
  assertFalse(JSON.stringify(view).includes("secret"));
});

Deno.test("readStatus() shows the present when history cannot be read", async (t) => {
  using world = await worldOf({ a: [[0.5, "DOWN"]], b: [[1, "HEALTHY"]] });
  const history = new FakeHistory();
  history.fault = new HistoryError("busy", "Cannot read the history: it is busy");
  const view = await readStatus({ ...world.sources, history }, { config: configOf(), now: NOW });
  await t.step("and nothing of the past", () => {
    assertEquals(view.hasPast, false);
    assertEquals(servicesIn(view).map(({ status, days, uptime }) => [status, days, uptime]), [
      ["down", [], null],
      ["up", [], null],
    ]);
    assertEquals(tell(view), ["a is down. Not yet recovered."]);
  });
  await t.step("and asks once", () => assertEquals(history.asked.length, 1));
});

Deno.test("readStatus() shows so many services and counts the others", async () => {
  using world = await worldOf({});
  const outlines = Array.from(
    { length: MAX_SERVICES + 3 },
    (_, index) => outlineOf(`s${index}`, []),
  );
  const source = { ...world.sources.source, outlines: () => outlines };
  const view = await readStatus({ ...world.sources, source }, { config: configOf(), now: NOW });
  assertEquals([servicesIn(view).length, view.leftOut], [MAX_SERVICES, 3]);
});
