import { signal } from "@preact/signals";
import { assert, assertEquals, assertFalse } from "@std/assert";
import { renderToString } from "preact-render-to-string";

import { type AlertsData, type AlertsQuery, parseAlertsQuery } from "@/components/alerts_data.ts";
import AlertsPage from "@/islands/AlertsPage.tsx";
import type { AlertView, SilenceView } from "@/lib/protocol/views.ts";

import { alert, notification, NOW, service, snapshot } from "./views.ts";

const NOTHING: AlertsData = {
  ...{ history: { alerts: [], next: null }, silences: [], maintenance: [], receivers: [] },
  ...{ notifications: [], decisions: {}, activeSilences: 0, failingReceivers: 0 },
};
const ANNA = { by: "Anna", at: NOW, note: "", severity: "warning" } as const;

Deno.test("AlertsPage puts each alert where it belongs", () => {
  const html = renderAlerts("", {
    alerts: [
      alert("HIGH_CPU", "open"),
      alert("HIGH_CPU", "taken", { acknowledged: ANNA }),
      alert("HIGH_CPU", "child", {
        inhibitedBy: { kind: "down", service: "db", alert: null, until: null },
      }),
      alert("HIGH_CPU", "early", { state: "pending", firedAt: null }),
    ],
  });
  const places = ["open", "acknowledged", "muted", "pending"].map((group) =>
    [...sectionOf(html, group).matchAll(/href="\/#service-(\w+)"/g)].map(([, name]) => name)
  );
  assertEquals(places, [["open"], ["taken"], ["child"], ["early"]]);
});

Deno.test("AlertsPage says what would stand where nothing stands", async (t) => {
  const rows: readonly (readonly [params: string, words: string])[] = [
    ["", "Nothing wants you."],
    ["", "An alert that somebody is on stands here"],
    ["", "silenced, in maintenance or inhibited stand here"],
    ["", "A breach that has not lasted long enough yet"],
    ["view=history", "Alerts that fired and are over stand here"],
    ["view=history&service=x", "No alert that ended fits."],
    ["view=silences", "A silence mutes matching alerts for a time"],
    ["view=silences", "Times known in advance at which alerts are muted"],
    ["view=delivery", "Nobody is told."],
    ["view=delivery", "Every decision to tell somebody"],
    ["view=delivery&state=failed", "No entry fits."],
  ];
  for (const [params, words] of rows) {
    await t.step(`${params} ${words}`, () => assert(renderAlerts(params).includes(words)));
  }
});

Deno.test("AlertsPage lists fifty alerts of a group and leads to more", () => {
  const alerts = Array.from({ length: 1_000 }, (_, index) => alert("HIGH_CPU", `s${index}`));
  const few = renderAlerts("", { alerts });
  assertEquals(few.match(/<li class="alert"/g)?.length, 50);
  assert(few.includes("And 950 more."));
  assert(few.includes('href="/alerts?n=200#open"'));
  const all = renderAlerts("n=1000", { alerts });
  assertEquals(all.match(/<li class="alert"/g)?.length, 1_000);
});

Deno.test("AlertsPage has an address for each of its parts", () => {
  const html = renderAlerts("view=silences");
  const tabs = html.slice(html.indexOf('class="tabs"'), html.indexOf("</nav>"));
  assertEquals([...tabs.matchAll(/href="([^"]*)"/g)].map(([, href]) => href), [
    "/alerts",
    "/alerts?view=history",
    "/alerts?view=silences",
    "/alerts?view=delivery",
  ]);
  assert(tabs.includes('href="/alerts?view=silences" aria-current="page"'));
});

Deno.test("AlertsPage shows when an ended alert fired, how long, how bad, and why it ended", () => {
  const ended = alert("HIGH_CPU", "auth", {
    ...{ state: "resolved", firedAt: NOW - 600_000, resolvedAt: NOW - 300_000, peak: 97.25 },
    message: "CPU 71.0 %, not above 85 %",
  });
  const html = renderAlerts("view=history", { data: { history: { alerts: [ended], next: null } } });
  const row = withoutTags(html.slice(html.indexOf("<tbody>"), html.indexOf("</tbody>")));
  assertEquals(
    row,
    "HIGH_CPUauthwarning22:03:20 UTC5 min97.3 %CPU 71.0 %, not above 85 %",
  );
  assert(html.includes('<a href="/alerts/auth%2FHIGH_CPU">'));
});

Deno.test("AlertsPage keeps the filters of the history in fields and links", () => {
  const html = renderAlerts("view=history&service=au&severity=critical&after=x", {
    data: { history: { alerts: [alert("HIGH_CPU", "auth")], next: "y" } },
  });
  assert(html.includes('name="service"') && html.includes('value="au"'));
  assert(/<option value="critical" selected[^>]*>/.test(html), html);
  assert(
    html.includes('href="/alerts?view=history&amp;service=au&amp;severity=critical&amp;after=y"'),
  );
  assert(html.includes('href="/alerts?view=history&amp;service=au&amp;severity=critical"'));
});

Deno.test("AlertsPage shows what each silence mutes, until when, by whom and why", () => {
  const html = renderAlerts("view=silences", {
    data: { silences: [silence("s1", { service: "auth", rule: "HIGH_CPU" })] },
  });
  const entry = withoutTags(html.slice(html.indexOf('id="silence-s1"')));
  assert(entry.includes("HIGH_CPU on auth"), entry);
  assert(entry.includes("until 23:13 UTC · mutes 2 alerts now"), entry);
  assert(entry.includes("by Anna: deploy"), entry);
  assert(html.includes('aria-label="End silence: HIGH_CPU on auth"'));
});

Deno.test("AlertsPage folds expired silences away, by the time of now", () => {
  const html = renderAlerts("view=silences", {
    data: { silences: [silence("over", { service: "a" }, NOW - 1)] },
  });
  const folded = html.slice(html.indexOf('<details class="folded">'));
  assert(folded.includes('id="silence-over"'));
  assertFalse(folded.includes("End silence"));
});

Deno.test("AlertsPage shows maintenance windows, now or next", () => {
  const matcher = { service: null, rule: null, tag: "batch", severity: null };
  const window = { name: "nightly", matcher, reason: "backups" };
  const span = { startsAt: NOW, endsAt: NOW + 3_600_000 };
  const html = withoutTags(renderAlerts("view=silences", {
    data: {
      maintenance: [
        { ...window, active: true, span },
        { ...window, name: "later", active: false, span },
        { ...window, name: "once", active: false, span: null },
      ],
    },
  }));
  assert(html.includes("Now: 22:13 UTC to 23:13 UTC · backups"), html);
  assert(html.includes("Next: 22:13 UTC to 23:13 UTC"));
  assert(html.includes("Does not come again"));
  assert(html.includes("Everything on all services tagged batch"));
});

Deno.test("AlertsPage shows receivers with their state and a test, and the log", () => {
  const html = renderAlerts("view=delivery", {
    data: {
      receivers: [
        {
          name: "ops",
          kind: "webhook",
          state: "failing",
          queued: 3,
          failure: "HTTP 503",
          deliveredAt: NOW,
        },
      ],
      notifications: [notification()],
      failingReceivers: 1,
    },
  });
  const text = withoutTags(html);
  assert(text.includes("last delivered 22:13:20 UTC · 3 waiting"), text);
  assert(text.includes("HTTP 503") && text.includes("1 failing"));
  assert(html.includes('aria-label="Test ops"'));
  assert(text.includes("ops (webhook): sent, first: delivered, HTTP 204"));
  assert(text.includes("auth: CPU 93.1 % above 85 % for 3 samples"));
});

Deno.test("AlertsPage has no inline style and no inline handler, which the page's policy would block", () => {
  for (const view of ["now", "history", "silences", "delivery"]) {
    assertFalse(/\sstyle=|\son\w+=/i.test(renderAlerts(`view=${view}`)));
  }
});

interface Given {
  readonly alerts?: readonly AlertView[];
  readonly data?: Partial<AlertsData>;
}

function renderAlerts(params: string, { alerts = [], data = {} }: Given = {}): string {
  const initial = signal(snapshot([service("auth")], { alerts }));
  const query: AlertsQuery = parseAlertsQuery(new URLSearchParams(params));
  return renderToString(
    <AlertsPage initial={initial} query={query} data={{ ...NOTHING, ...data }} hasReceivers />,
  );
}

function silence(
  id: string,
  conditions: Partial<SilenceView["matcher"]>,
  endsAt = NOW + 3_600_000,
): SilenceView {
  return {
    id,
    matcher: { service: null, rule: null, tag: null, severity: null, ...conditions },
    ...{
      startsAt: NOW - 60_000,
      endsAt,
      createdAt: NOW - 60_000,
      author: "Anna",
      reason: "deploy",
    },
    ...{ state: "active", mutes: 2 },
  };
}

function sectionOf(html: string, id: string): string {
  const start = html.indexOf(`<section class="panel" id="${id}"`);
  return html.slice(start, html.indexOf("</section>", start));
}

function withoutTags(html: string): string {
  return html.replaceAll(/<[^>]*>/g, "");
}
