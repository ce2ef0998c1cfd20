import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import {
  decideNotification,
  type FlappingRule,
  type IncidentAlert,
  type IncidentFacts,
  type TellPolicy,
  type Told,
} from "@/lib/domain/decide_notification.ts";
import type { HoldReason } from "@/lib/domain/notification.ts";

const POLICY: TellPolicy = {
  groupWaitMs: 2_000,
  groupIntervalMs: 60_000,
  repeatMs: 3_600_000,
  sendResolved: true,
};

const SILENCED: HoldReason = { code: "silenced", by: "Anna", until: 50_000 };
const INHIBITED: HoldReason = { code: "inhibited", by: "db" };
const ACKNOWLEDGED: HoldReason = { code: "acknowledged", by: "Ben" };

function alert(rule: string, change: Partial<IncidentAlert> = {}): IncidentAlert {
  return { id: `${rule}:s:1`, rule, severity: "warning", firedAt: 0, muted: null, ...change };
}

function flap(rule: string, change: Partial<FlappingRule> = {}): FlappingRule {
  return { rule, severity: "warning", muted: null, ...change };
}

function told(rules: Told["rules"], change: Partial<Told> = {}): Told {
  return { rules, flapping: [], at: 2_000, ...change };
}

interface Row {
  readonly name: string;
  readonly told: Told | null;
  readonly alerts?: readonly IncidentAlert[];
  readonly flapping?: readonly FlappingRule[];
  readonly policy?: Partial<TellPolicy>;
  readonly now: number;
  readonly wants: string;
}

const CPU = alert("CPU");
const DOWN = alert("DOWN", { severity: "critical", firedAt: 5_000 });

const ROWS: readonly Row[] = [
  {
    name: "the first message waits for what fails together",
    told: null,
    alerts: [CPU],
    now: 1_999,
    wants: "gathering until 2000",
  },
  { name: "then it is told", told: null, alerts: [CPU], now: 2_000, wants: "send first CPU" },
  {
    name: "all that fires by then is told in one message",
    told: null,
    alerts: [DOWN, CPU],
    now: 2_000,
    wants: "send first DOWN+CPU",
  },
  {
    name: "what was told is not told again before the reminder",
    told: told({ CPU: "warning" }),
    alerts: [CPU],
    now: 3_601_999,
    wants: "told until 3602000",
  },
  {
    name: "a reminder comes while it fires and nobody is on it",
    told: told({ CPU: "warning" }),
    alerts: [CPU],
    now: 3_602_000,
    wants: "send repeat CPU",
  },
  {
    name: "no reminder where none is wanted",
    told: told({ CPU: "warning" }),
    alerts: [CPU],
    policy: { repeatMs: null },
    now: 9_999_999_999,
    wants: "told until null",
  },
  {
    name: "no reminder of what is acknowledged",
    told: told({ CPU: "warning" }),
    alerts: [alert("CPU", { muted: ACKNOWLEDGED })],
    now: 9_999_999_999,
    wants: "acknowledged by Ben",
  },
  {
    name: "a further warning waits for the group interval",
    told: told({ CPU: "warning" }),
    alerts: [CPU, alert("MEMORY", { firedAt: 5_000 })],
    now: 61_999,
    wants: "gathering until 62000",
  },
  {
    name: "then it is told with what still fires",
    told: told({ CPU: "warning" }),
    alerts: [CPU, alert("MEMORY", { firedAt: 5_000 })],
    now: 62_000,
    wants: "send more CPU+MEMORY",
  },
  {
    name: "what gets worse is told at once",
    told: told({ CPU: "warning" }),
    alerts: [DOWN, CPU],
    now: 5_000,
    wants: "send escalated DOWN+CPU",
  },
  {
    name: "an alert that becomes critical is told at once, also beside another critical one",
    told: told({ CPU: "warning", DOWN: "critical" }),
    alerts: [DOWN, alert("CPU", { severity: "critical" })],
    now: 5_000,
    wants: "send escalated DOWN+CPU",
  },
  {
    name: "a further critical alert of an incident that is critical waits like others",
    told: told({ DOWN: "critical" }),
    alerts: [DOWN, alert("DISK", { severity: "critical" })],
    now: 5_000,
    wants: "gathering until 62000",
  },
  {
    name: "one that becomes a warning again is no news",
    told: told({ CPU: "critical" }),
    alerts: [CPU],
    now: 5_000,
    wants: "told until 3602000",
  },
  {
    name: "a silenced alert is not told, with the reason",
    told: null,
    alerts: [alert("CPU", { muted: SILENCED })],
    now: 10_000,
    wants: "silenced by Anna until 50000",
  },
  {
    name: "an inhibited alert is not told, with the reason",
    told: null,
    alerts: [alert("CPU", { muted: INHIBITED })],
    now: 10_000,
    wants: "inhibited by db",
  },
  {
    name: "beside a muted alert an open one is told alone",
    told: null,
    alerts: [alert("DOWN", { severity: "critical", muted: SILENCED }), CPU],
    now: 10_000,
    wants: "send first CPU",
  },
  {
    name: "the reason is that of the worst alert",
    told: null,
    alerts: [alert("DOWN", { muted: SILENCED }), alert("CPU", { muted: INHIBITED })],
    now: 10_000,
    wants: "silenced by Anna until 50000",
  },
  {
    name: "resolved is told once to who was told",
    told: told({ CPU: "warning" }),
    now: 20_000,
    wants: "send resolved ",
  },
  {
    name: "resolved is told also while what is left is muted",
    told: told({ CPU: "warning" }),
    alerts: [alert("MEMORY", { muted: SILENCED })],
    now: 20_000,
    wants: "send resolved ",
  },
  {
    name: "not while one of several that were told still fires",
    told: told({ CPU: "warning", DOWN: "critical" }),
    alerts: [CPU],
    now: 20_000,
    wants: "told until 3602000",
  },
  {
    name: "not while what was told is muted now",
    told: told({ CPU: "warning" }),
    alerts: [alert("CPU", { muted: INHIBITED })],
    now: 20_000,
    wants: "inhibited by db",
  },
  {
    name: "nor to who does not want to know",
    told: told({ CPU: "warning" }),
    policy: { sendResolved: false },
    now: 20_000,
    wants: "never told",
  },
  {
    name: "who was not told that it began is not told that it ended",
    told: null,
    now: 1_000,
    wants: "never told",
  },
  {
    name: "flapping is told at once",
    told: told({ CPU: "warning" }),
    alerts: [CPU],
    flapping: [flap("CPU")],
    now: 3_000,
    wants: "send flapping CPU",
  },
  {
    name: "and once",
    told: told({ CPU: "warning" }, { flapping: ["CPU"] }),
    alerts: [CPU],
    flapping: [flap("CPU")],
    now: 9_999_999_999,
    wants: "flapping",
  },
  {
    name: "nothing is resolved while it flaps",
    told: told({ CPU: "warning" }, { flapping: ["CPU"] }),
    flapping: [flap("CPU")],
    now: 20_000,
    wants: "flapping",
  },
  {
    name: "once it has calmed down and is good, that is told",
    told: told({ CPU: "warning" }, { flapping: ["CPU"] }),
    now: 20_000,
    wants: "send resolved ",
  },
  {
    name: "flapping that is muted is not told",
    told: null,
    alerts: [alert("CPU", { muted: SILENCED })],
    flapping: [flap("CPU", { muted: SILENCED })],
    now: 20_000,
    wants: "silenced by Anna until 50000",
  },
  {
    name: "beside a flapping alert others are told",
    told: told({ CPU: "warning" }, { flapping: ["CPU"] }),
    alerts: [DOWN, CPU],
    flapping: [flap("CPU")],
    now: 20_000,
    wants: "send escalated DOWN",
  },
];

Deno.test("decideNotification() tells once, and says why it does not", async (t) => {
  for (const { name, told, alerts = [], flapping = [], policy, now, wants } of ROWS) {
    await t.step(name, () => {
      const facts = { alerts, flapping };
      const decision = decideNotification(told, {
        facts,
        policy: { ...POLICY, ...policy },
        now,
      });
      assertEquals(
        decision.kind === "send"
          ? `send ${decision.reason} ${decision.rules.join("+")}`
          : describe(decision.reason),
        wants,
      );
    });
  }
});

function describe(reason: HoldReason): string {
  const by = "by" in reason ? ` by ${reason.by}` : "";
  return reason.code + by + ("until" in reason ? ` until ${reason.until}` : "");
}

/** Incidents as they may be at some instant: up to three rules, each firing or not, muted or not. */
function anyFacts(): fc.Arbitrary<IncidentFacts> {
  const muted = fc.constantFrom(null, null, SILENCED, INHIBITED, ACKNOWLEDGED);
  const severity = fc.constantFrom("warning" as const, "critical" as const);
  const rule = fc.constantFrom("A", "B", "C");
  const alerts = fc.uniqueArray(fc.record({ rule, severity, muted }), {
    selector: ({ rule }) => rule,
  });
  return fc.record({ alerts, flapping: fc.subarray(["A", "B"]) }).map(({ alerts, flapping }) => ({
    alerts: alerts.map((each) => alert(each.rule, each)),
    flapping: flapping.map((rule) => flap(rule)),
  }));
}

Deno.test("decideNotification() comes to rest, and then has nothing more to say at that instant", () => {
  fc.assert(fc.property(fc.array(anyFacts(), { maxLength: 12 }), (history) => {
    let known: Told | null = null;
    for (const [index, facts] of history.entries()) {
      const now = 10_000 + index * 1_000_000;
      const context = { facts, policy: POLICY, now };
      let sent = 0;
      let decision = decideNotification(known, context);
      for (; decision.kind === "send"; decision = decideNotification(known, context)) {
        known = decision.told;
        assert(++sent <= 3, "goes on and on");
      }
      known = decision.told;
    }
  }));
});

Deno.test("decideNotification() tells an end exactly to those who know of a beginning", () => {
  fc.assert(fc.property(fc.array(anyFacts(), { maxLength: 12 }), (history) => {
    let known: Told | null = null;
    let isOpen = false;
    for (const [index, facts] of [...history, { alerts: [], flapping: [] }].entries()) {
      const context = { facts, policy: POLICY, now: 10_000 + index * 1_000_000 };
      let decision = decideNotification(known, context);
      for (; decision.kind === "send"; decision = decideNotification(known, context)) {
        if (decision.reason === "resolved") assert(isOpen, "ended without a beginning");
        isOpen = decision.reason !== "resolved";
        known = decision.told;
      }
      known = decision.told;
    }
    assert(!isOpen, "never ended");
  }));
});
