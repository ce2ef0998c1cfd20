import { assertEquals } from "@std/assert";

import { BUILT_IN_METRICS } from "@/lib/domain/metric.ts";
import type { Rule } from "@/lib/domain/rule.ts";
import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
import type { Status } from "@/lib/domain/status.ts";
import {
  composeHeadline,
  composeReasons,
  composeTitle,
  countStatuses,
  type VerdictAlert,
  type VerdictService,
} from "@/lib/domain/verdict.ts";

const NOW = 1_700_000_000_000;

Deno.test("countStatuses() counts each status, also the absent ones", () => {
  assertEquals(countStatuses(["DOWN", "HEALTHY", "HEALTHY"]), {
    DOWN: 1,
    DEGRADED: 0,
    UNKNOWN: 0,
    HEALTHY: 2,
  });
});

Deno.test("composeHeadline() names the worst first", async (t) => {
  const rows: readonly [headline: string, ...statuses: Status[]][] = [
    ["No services yet"],
    ["1 service healthy", "HEALTHY"],
    ["All 4 services healthy", "HEALTHY", "HEALTHY", "HEALTHY", "HEALTHY"],
    ["1 service down", "DOWN", "HEALTHY", "UNKNOWN"],
    ["2 services down", "DOWN", "DOWN"],
    ["1 service down, 1 degraded", "HEALTHY", "DEGRADED", "DOWN", "HEALTHY"],
    ["2 services degraded", "DEGRADED", "DEGRADED", "HEALTHY"],
    ["Waiting for the first heartbeat of 1 service", "UNKNOWN"],
    ["Waiting for the first heartbeat of 2 services", "UNKNOWN", "UNKNOWN"],
    ["3 services healthy, waiting for 1 more", "HEALTHY", "HEALTHY", "HEALTHY", "UNKNOWN"],
  ];
  for (const [headline, ...statuses] of rows) {
    await t.step(headline, () => assertEquals(composeHeadline(countStatuses(statuses)), headline));
  }
});

Deno.test("composeReasons() explains the worst services", async (t) => {
  const rows: readonly {
    readonly name: string;
    readonly services: readonly VerdictService[];
    readonly alerts?: readonly VerdictAlert[];
    readonly want: string;
  }[] = [
    {
      name: "the design's example, worst first whatever the order",
      services: [service("auth-service", "DEGRADED"), service("payment-service", "DOWN", 12_000)],
      alerts: [firing("auth-service", threshold("cpu"))],
      want:
        "payment-service stopped sending heartbeats 12 s ago. auth-service is above its CPU limit.",
    },
    {
      name: "a service that was never heard of",
      services: [{ name: "cron", status: "DOWN", lastHeartbeat: null }],
      want: "cron was never heard of.",
    },
    {
      name: "several limits of one service, each metric once",
      services: [service("auth", "DEGRADED")],
      alerts: [
        firing("auth", threshold("cpu")),
        firing("auth", threshold("cpu")),
        firing("auth", threshold("memory")),
        firing("auth", threshold("errorRate")),
      ],
      want: "auth is above its CPU, memory and error rate limits.",
    },
    {
      name: "a lower limit beside an upper one",
      services: [service("auth", "DEGRADED")],
      alerts: [
        firing("auth", threshold("cpu")),
        firing("auth", { ...threshold("memory"), direction: "below" }),
      ],
      want: "auth is above its CPU limit and is below its memory limit.",
    },
    {
      name: "a heartbeat rule that is a warning only",
      services: [service("auth", "DEGRADED")],
      alerts: [firing("auth", { ...HEARTBEAT, severity: "warning" })],
      want: "auth is late with its heartbeat.",
    },
    {
      name: "alerts of other services, pending and resolved ones do not count",
      services: [service("auth", "DEGRADED")],
      alerts: [
        firing("other", threshold("cpu")),
        { ...firing("auth", threshold("cpu")), state: "pending" },
        { ...firing("auth", threshold("cpu")), state: "resolved" },
      ],
      want: "auth is degraded.",
    },
    {
      name: "more than three are counted",
      services: ["d", "b", "a", "e", "c"].map((name) => service(name, "DOWN", 60_000)),
      want:
        ["a", "b", "c"].map((name) => `${name} stopped sending heartbeats 1 min ago. `).join("") +
        "And 2 more.",
    },
    {
      name: "all healthy",
      services: [service("auth", "HEALTHY")],
      want: "Every service reports, and none is beyond a limit.",
    },
    {
      name: "all healthy, one alert pending",
      services: [service("auth", "HEALTHY")],
      alerts: [{ ...firing("auth", threshold("cpu")), state: "pending" }],
      want: "1 alert is pending.",
    },
    {
      name: "still waiting",
      services: [{ name: "auth", status: "UNKNOWN", lastHeartbeat: null }],
      want: "No limit is broken so far.",
    },
    {
      name: "no services",
      services: [],
      want: "Send a sample, and its service appears.",
    },
  ];
  for (const { name, services, alerts = [], want } of rows) {
    await t.step(name, () => assertEquals(composeReasons({ services, alerts }, NOW), want));
  }
});

Deno.test("composeTitle() carries the worst status", async (t) => {
  const rows: readonly [title: string, ...statuses: Status[]][] = [
    ["Vitals"],
    ["● All healthy · Vitals", "HEALTHY"],
    ["○ 1 waiting · Vitals", "HEALTHY", "UNKNOWN"],
    ["▲ 2 degraded · Vitals", "DEGRADED", "DEGRADED", "UNKNOWN"],
    ["■ 1 down · Vitals", "DOWN", "DEGRADED"],
  ];
  for (const [title, ...statuses] of rows) {
    await t.step(title, () => assertEquals(composeTitle(countStatuses(statuses)), title));
  }
});

const HEARTBEAT: Rule = {
  kind: "missingHeartbeat",
  name: "SERVICE_DOWN",
  severity: "critical",
  limitMs: 5_000,
  criticalMs: null,
  keepFiringForMs: 0,
  services: ["*"],
};

function service(name: string, status: Status, silentMs = 0): VerdictService {
  return { name, status, lastHeartbeat: NOW - silentMs };
}

function firing(name: string, definition: Rule): VerdictAlert {
  return { service: name, state: "firing", definition };
}

function threshold(metric: string): Extract<Rule, { kind: "threshold" }> {
  for (const rule of DEFAULT_RULES) {
    if (rule.kind === "threshold" && rule.metric.id === metric) return rule;
  }
  throw new RangeError(
    `Cannot find a rule for "${metric}": known are ${BUILT_IN_METRICS.map((known) => known.id)}`,
  );
}
