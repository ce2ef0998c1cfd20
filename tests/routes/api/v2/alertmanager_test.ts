import { assertEquals, assertMatch } from "@std/assert";

import type { GettableAlert } from "@/lib/alertmanager/alert_view.ts";
import { MATCH_ALL } from "@/lib/domain/matcher.ts";
import { startWeb, type Web } from "@/tests/routes/web.ts";

const NOW = 1_700_000_000_000;
const LOCAL = {
  remoteAddr: { transport: "tcp", hostname: "127.0.0.1", port: 1 },
  completed: Promise.resolve(),
} as const;

const POSTED = {
  matchers: [{ name: "service", value: "auth-.*", isRegex: true, isEqual: true }],
  startsAt: new Date(NOW).toISOString(),
  endsAt: new Date(NOW + 60_000).toISOString(),
  createdBy: "ann",
  comment: "disk",
};

async function startAlerting(): Promise<Web> {
  const web = await startWeb();
  for (const service of ["auth", "cart", "db"]) {
    web.source.sample(service, "cpu", 99);
    web.source.alertTo(service, service === "db" ? "pending" : "firing");
  }
  web.source.tag("auth", "identity");
  const { services, alerts } = web.source.dashboard();
  const mute = { kind: "silence", id: "s1", until: 0, author: "", reason: "" } as const;
  web.monitor.list = [...services];
  web.monitor.alertList = alerts.map((alert) =>
    alert.service === "cart" ? { ...alert, silencedBy: mute } : alert
  );
  web.monitor.routeList = [{ name: "ops", matcher: MATCH_ALL, minSeverity: "warning" }];
  return web;
}

async function servicesOf(web: Web, query: string): Promise<string[]> {
  const alerts: GettableAlert[] = await (await web.fetch(`/api/v2/alerts${query}`)).json();
  return alerts.map(({ labels }) => labels.service ?? "").sort();
}

async function post(web: Web, body: unknown, method = "POST", path = "silences") {
  const response = await web.handle(
    new Request(`http://127.0.0.1:8000/api/v2/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: body === null ? null : JSON.stringify(body),
    }),
    LOCAL,
  );
  const text = await response.text();
  return { status: response.status, answer: text === "" ? null : JSON.parse(text) };
}

Deno.test("GET /api/v2/alerts lists firing alerts, as the query wants", async (t) => {
  const web = await startAlerting();
  const rows: [query: string, services: string[]][] = [
    ["", ["auth", "cart"]],
    ["?silenced=false", ["auth"]],
    ["?active=false", ["cart"]],
    ["?inhibited=false&unprocessed=true&muted=false&later=1", ["auth", "cart"]],
    [`?filter=${encodeURIComponent('service=~"a.*"')}`, ["auth"]],
    [`?filter=service!=auth&filter=severity=warning`, ["cart"]],
    ["?filter=tag=identity", ["auth"]],
    ["?receiver=op.", ["auth", "cart"]],
    ["?receiver=op", []],
  ];
  for (const [query, services] of rows) {
    await t.step(query, async () => assertEquals(await servicesOf(web, query), services));
  }
});

Deno.test("GET /api/v2/alerts leads to the page of the alert, and names its tags", async () => {
  const web = await startAlerting();
  const [alert] = await (await web.fetch("/api/v2/alerts?filter=service=auth")).json();
  assertEquals(alert.generatorURL, "http://127.0.0.1:8000/alerts/alert-auth");
  assertEquals([alert.annotations.tags, alert.receivers], ["identity", [{ name: "ops" }]]);
  web.monitor.configuredOrigins = ["https://vitals.example.com"];
  const [known] = await (await web.fetch("/api/v2/alerts?filter=service=auth")).json();
  assertEquals(known.generatorURL, "https://vitals.example.com/alerts/alert-auth");
});

Deno.test("GET /api/v2/alerts says in one text what is wrong with the query", async (t) => {
  const web = await startAlerting();
  const rows: [query: string, text: RegExp][] = [
    ["?filter=what", /^Cannot read the matcher "what": it must be such as service="checkout"/],
    [`?filter=${encodeURIComponent('a=~"("')}`, /^Cannot use the regular expression "\(": /],
    ["?silenced=maybe", /silenced must be true or false, got "maybe"$/],
    ["?receiver=(", /^Cannot use the regular expression/],
    [`?${"filter=a=b&".repeat(33)}`, /^Cannot filter by 33 matchers: at most 32$/],
  ];
  for (const [query, text] of rows) {
    await t.step(query.slice(0, 40), async () => {
      const response = await web.fetch(`/api/v2/alerts${query}`);
      assertEquals(response.status, 400);
      assertEquals(response.headers.get("content-type"), "application/json");
      assertMatch(await response.json(), text);
    });
  }
});

Deno.test("GET /api/v2/alerts/groups groups by service and receiver", async () => {
  const web = await startAlerting();
  const groups = await (await web.fetch("/api/v2/alerts/groups?silenced=false")).json();
  assertEquals(groups.length, 1);
  const [{ labels, receiver, alerts }] = groups;
  assertEquals([labels, receiver, alerts.length], [{ service: "auth" }, { name: "ops" }, 1]);
});

Deno.test("GET /api/v2/receivers and /api/v2/status tell what amtool asks for", async () => {
  const web = await startAlerting();
  const receivers = await (await web.fetch("/api/v2/receivers")).json();
  assertEquals(receivers, [{ name: "ops" }, { name: "none" }]);
  const status = await (await web.fetch("/api/v2/status")).json();
  assertEquals(status.cluster, { status: "disabled", peers: [] });
  assertEquals(status.uptime, "2023-11-14T22:13:20.000Z");
  assertEquals(status.versionInfo.version, "0.25.0");
  assertEquals(status.versionInfo.revision, "vitals-1.2.3");
});

Deno.test("POST /api/v2/silences makes a silence of ours, which is then listed", async () => {
  const web = await startAlerting();
  const { status, answer } = await post(web, POSTED);
  assertEquals([status, answer], [200, { silenceID: "silence-1" }]);
  assertEquals(web.desk.acts, [["addSilence", {
    matcher: { ...MATCH_ALL, service: "auth-*" },
    startsAt: NOW,
    endsAt: NOW + 60_000,
    author: "ann",
    reason: "disk",
  }]]);
  assertEquals(web.gate.waits, 1, "the answer waits until it is written down");
  const [listed] = await (await web.fetch("/api/v2/silences")).json();
  const { id, matchers, createdBy, comment } = listed;
  assertEquals([id, matchers, listed.status], ["silence-1", POSTED.matchers, { state: "active" }]);
  assertEquals([createdBy, comment], ["ann", "disk"]);
  assertEquals(await (await web.fetch("/api/v2/silences?filter=service=b")).json(), []);
  assertEquals((await web.fetch("/api/v2/silence/silence-1")).status, 200);
});

Deno.test("POST /api/v2/silences refuses what cannot be said here, and changes nothing", async (t) => {
  const web = await startAlerting();
  const [matcher] = POSTED.matchers;
  const rows: [name: string, body: unknown, status: number, text: RegExp][] = [
    [
      "alternatives",
      { ...POSTED, matchers: [{ ...matcher, value: "a|b" }] },
      400,
      /matchers\[0\].*"a\|b"/,
    ],
    [
      "negative",
      { ...POSTED, matchers: [matcher, { ...matcher, isEqual: false }] },
      400,
      /matchers\[1\] must say/,
    ],
    ["unknown label", { ...POSTED, matchers: [{ ...matcher, name: "job" }] }, 400, /got "job"/],
    ["no matchers", { ...POSTED, matchers: [] }, 400, /at least one matcher/],
    ["no author", { ...POSTED, createdBy: "" }, 400, /createdBy must be 1 to 64/],
    ["no end", { ...POSTED, endsAt: undefined }, 400, /endsAt is missing/],
    ["more than we know", { ...POSTED, annotations: {} }, 400, /annotations unknown field/],
    ["no such silence", { ...POSTED, id: "s9" }, 404, /^There is no silence "s9"$/],
  ];
  for (const [name, body, status, text] of rows) {
    await t.step(name, async () => {
      const found = await post(web, body);
      assertEquals(found.status, status);
      assertMatch(found.answer, text);
    });
  }
  assertEquals(web.desk.acts, []);
});

Deno.test("DELETE /api/v2/silence/:id ends a silence, also one that is over", async () => {
  const web = await startAlerting();
  await post(web, POSTED);
  assertEquals(await post(web, null, "DELETE", "silence/silence-1"), { status: 200, answer: null });
  web.desk.refusal = { kind: "conflict", reason: "over" };
  assertEquals((await post(web, null, "DELETE", "silence/silence-1")).status, 200);
  web.desk.refusal = null;
  const missing = await post(web, null, "DELETE", "silence/s9");
  assertEquals([missing.status, missing.answer], [404, 'There is no silence "s9"']);
});

Deno.test("/api/v2 is written to by operators alone, and says so in its own way", async () => {
  const web = await startWeb({ token: "secret-token-of-operators" });
  const { status, answer } = await post(web, POSTED);
  const wanted = 'Cannot do this without a token: sign in, or send "Authorization: Bearer <token>"';
  assertEquals([status, answer], [401, wanted]);
  assertEquals(web.desk.acts, []);
});

Deno.test("/api/v2 says in its own way what it does not do", async () => {
  const web = await startAlerting();
  const alerts = await post(web, [], "POST", "alerts");
  assertEquals(alerts, { status: 405, answer: "Cannot POST here: allowed are GET, HEAD, OPTIONS" });
  const unknown = await web.fetch("/api/v2/what");
  assertEquals([unknown.status, await unknown.json()], [404, "Not Found"]);
});
