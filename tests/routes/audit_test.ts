import { assert, assertEquals, assertStringIncludes } from "@std/assert";

import type { AuditEntry } from "@/lib/ports/audit.ts";
import { alert } from "@/tests/components/views.ts";
import { ORIGIN, problemOf, startWeb, type Web } from "@/tests/routes/web.ts";

const OWN = "correct-horse-battery-staple";
const ID = "HIGH_CPU:checkout:loyw3v28";
const BEARER = { authorization: `Bearer ${OWN}` };
const JSON_TYPE = { "content-type": "application/json" };

async function act(web: Web, method: string, path: string, body?: unknown): Promise<void> {
  const response = await web.fetch(path, {
    method,
    headers: { ...BEARER, ...body === undefined ? {} : JSON_TYPE },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  await response.body?.cancel();
}

async function read(web: Web, query = ""): Promise<readonly AuditEntry[]> {
  return await (await web.fetch(`/api/audit${query}`, { headers: BEARER })).json();
}

Deno.test("every act is noted with who, from where, what, on what, and what was answered", async () => {
  const web = await startWeb({ token: OWN });
  const view = alert("HIGH_CPU", "checkout", { id: ID });
  web.desk.details.set(ID, { alert: view, transitions: [], notifications: [] });
  await act(web, "POST", `/api/alerts/${encodeURIComponent(ID)}/ack`, {
    by: "Anna",
    note: "secret",
  });
  await act(web, "POST", "/api/silences", { match: { service: "a" }, duration: "1h" });
  await act(web, "POST", "/api/silences", { match: {} });
  await act(web, "DELETE", "/api/silences/none?token=secret");
  await act(web, "POST", "/api/scenarios/current", { name: "cpu-spike" });
  await act(web, "POST", "/api/samples", { service: "a" });
  const entries = await read(web);
  const own = { who: "VITALS_TOKEN", address: "127.0.0.1", kind: "act", at: web.clock.now() };
  assertEquals<unknown>(entries, [
    { id: 5, ...own, what: "POST /api/scenarios/current", subject: "cpu-spike", status: 404 },
    { id: 4, ...own, what: "DELETE /api/silences/:id", subject: "none", status: 404 },
    { id: 3, ...own, what: "POST /api/silences", subject: "", status: 422 },
    { id: 2, ...own, what: "POST /api/silences", subject: "silence-1", status: 201 },
    { id: 1, ...own, what: "POST /api/alerts/:id/ack", subject: ID, status: 200 },
  ]);
  assertEquals(web.log.lines.filter((line) => line.includes("operator act")).length, 5);
  for (const secret of [OWN, "secret"]) {
    assert(!web.log.lines.join("\n").includes(secret) && !JSON.stringify(entries).includes(secret));
  }
});

Deno.test("of an act by the API of Alertmanager is noted what was answered there", async () => {
  const web = await startWeb({ token: OWN });
  await act(web, "POST", "/api/v2/silences", {});
  assertEquals((await read(web)).map(({ what, status }) => [what, status]), [
    ["POST /api/v2/silences", 400],
  ]);
});

Deno.test("what others choose of an act is cut off in the log, too", async () => {
  const web = await startWeb({ token: OWN });
  await act(web, "DELETE", `/api/silences/${"x".repeat(2_000)}`);
  const [line = ""] = web.log.lines.filter((each) => each.includes("operator act"));
  assert(line.includes("x".repeat(200)) && !line.includes("x".repeat(201)), line);
});

Deno.test("signing in, signing out and refused tokens are noted", async () => {
  const web = await startWeb({ token: OWN });
  const post = (path: string, token: string, cookie = "") =>
    web.fetch(path, {
      method: "POST",
      headers: { host: "127.0.0.1:8000", origin: ORIGIN, cookie },
      body: new URLSearchParams({ token }),
    });
  await (await post("/login", "wrong")).body?.cancel();
  const done = await post("/login", OWN);
  const cookie = (done.headers.get("set-cookie") ?? "").split(";", 1).join("");
  await (await post("/logout", "", cookie)).body?.cancel();
  const entries = await read(web);
  assertEquals(entries.map(({ kind, who, what, status }) => [kind, who, what, status]), [
    ["session", "VITALS_TOKEN", "POST /logout", 303],
    ["session", "VITALS_TOKEN", "POST /login", 303],
    ["refused", "unknown", "POST /login", 401],
  ]);
  for (const secret of [OWN, "wrong", cookie]) assert(!JSON.stringify(entries).includes(secret));
});

Deno.test("without a token it was this machine", async () => {
  const web = await startWeb();
  await (await web.fetch("/api/silences/none", { method: "DELETE" })).body?.cancel();
  assertEquals(web.audit.list({ limit: 1, before: null })[0]?.who, "loopback");
});

Deno.test("an act is noted before it is waited for that all is written", async () => {
  const web = await startWeb();
  await (await web.fetch("/api/silences/none", { method: "DELETE" })).body?.cancel();
  assertEquals([web.gate.waits, web.audit.list({ limit: 9, before: null }).length], [1, 1]);
});

Deno.test("GET /api/audit pages by a Link header", async () => {
  const web = await startWeb({ token: OWN });
  for (const id of ["a", "b", "c"]) await act(web, "DELETE", `/api/silences/${id}`);
  const first = await web.fetch("/api/audit?limit=2", { headers: BEARER });
  const link = first.headers.get("link") ?? "";
  assertEquals((await first.json()).map(({ subject }: AuditEntry) => subject), ["c", "b"]);
  assertEquals(link, '</api/audit?limit=2&cursor=2>; rel="next"');
  assertEquals((await read(web, "?limit=2&cursor=2")).map(({ subject }) => subject), ["a"]);
  await problemOf(await web.fetch("/api/audit?cursor=x", { headers: BEARER }), 422);
});

Deno.test("GET /audit shows it in words, as text, and leads on", async () => {
  const web = await startWeb({ token: OWN });
  await act(web, "DELETE", `/api/silences/${encodeURIComponent("<script>x</script>")}`);
  await act(web, "POST", "/api/receivers/ops/test");
  const headers = { ...BEARER, accept: "text/html" };
  const response = await web.fetch("/audit?limit=1", { headers });
  assertEquals([response.status, response.headers.get("cache-control")], [200, "no-store"]);
  const html = await response.text();
  assertStringIncludes(html, "Tried a receiver out");
  assertStringIncludes(html, 'href="/audit?limit=1&amp;cursor=2"');
  const older = await (await web.fetch("/audit?cursor=2", { headers })).text();
  assertStringIncludes(older, "&lt;script>x&lt;/script>");
  assert(!older.includes("<script>x"));
});
