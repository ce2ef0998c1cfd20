import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";

import { digestOf } from "@/lib/access/token_book.ts";
import { ORIGIN, startWeb, type Web, type WebOptions } from "@/tests/routes/web.ts";

const OWN = "correct-horse-battery-staple";
const HTML = { accept: "text/html" };
/** As browsers say it of a page of Vitals. */
const OWN_SITE = { host: "127.0.0.1:8000", origin: ORIGIN };
const TOKENS = [
  { name: "reader", sha256: digestOf("token of reader"), scopes: ["read"] },
  { name: "agent", sha256: digestOf("token of agent"), scopes: ["ingest"] },
] as const;

function signIn(
  web: Web,
  token: string,
  headers: Record<string, string> = {},
  to = "/",
): Promise<Response> {
  return web.fetch("/login", {
    method: "POST",
    headers: { ...HTML, ...OWN_SITE, "sec-fetch-site": "same-origin", ...headers },
    body: new URLSearchParams({ to, username: "vitals", token }),
  });
}

/** Returns the cookie of an answer as browsers send it back. */
function cookieOf(response: Response): string {
  return (response.headers.get("set-cookie") ?? "").split(";", 1).join("");
}

async function startSignedIn(options: WebOptions = { token: OWN }, token = OWN) {
  const web = await startWeb(options);
  const cookie = cookieOf(await signIn(web, token));
  return { web, cookie };
}

Deno.test("GET /login shows a form that managers of passwords know, and no scripts of its own", async () => {
  const web = await startWeb({ token: OWN });
  const response = await web.fetch("/login?to=/alerts", { headers: HTML });
  assertEquals([response.status, response.headers.get("cache-control")], [200, "no-store"]);
  const html = await response.text();
  assertMatch(html, /<form class="form sign-in" method="post" action="\/login">/);
  assertStringIncludes(html, '<input type="hidden" name="to" value="/alerts"');
  assertMatch(html, /<input[^>]*name="username"[^>]*autocomplete="username"/i);
  assertMatch(html, /<input[^>]*type="password"[^>]*autocomplete="current-password"/i);
  assert(!html.includes('href="/alerts"'), "no way to pages that cannot be seen");
  assert(!html.includes("http-equiv"));
});

Deno.test("a token begins a session that every page and the API take, and that its name signs", async () => {
  const web = await startWeb({ token: OWN, auth: { tokens: TOKENS } });
  const done = await signIn(web, ` ${OWN}\n`, {}, "/alerts?view=history");
  assertEquals([done.status, done.headers.get("location")], [303, "/alerts?view=history"]);
  const set = done.headers.get("set-cookie") ?? "";
  assertMatch(set, /^vitals_session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  const headers = { cookie: cookieOf(done), ...HTML };
  const html = await (await web.fetch("/", { headers })).text();
  assertMatch(html, /Signed in as <b>VITALS_TOKEN<\/b>/);
  assertStringIncludes(html, '<form class="account" method="post" action="/logout">');
  assertStringIncludes(html, 'href="/audit"');
  for (const secret of [OWN, cookieOf(done).split("=")[1] ?? ""]) assert(!html.includes(secret));
  const act = await web.fetch("/api/silences/none", {
    method: "DELETE",
    headers: { cookie: cookieOf(done), ...OWN_SITE },
  });
  assertEquals(act.status, 404);
  const again = await web.fetch("/login?to=/slides", { headers });
  assertEquals([again.status, again.headers.get("location")], [303, "/slides"]);
});

Deno.test("a session is good for what its token is, and for as long", async () => {
  const { web, cookie } = await startSignedIn({ auth: { tokens: TOKENS } }, "token of reader");
  const html = await (await web.fetch("/", { headers: { cookie, ...HTML } })).text();
  assert(!html.includes('href="/audit"'));
  const act = await web.fetch("/api/silences", { method: "POST", headers: { cookie } });
  assertEquals(act.status, 403);
  const audit = await web.fetch("/audit", { headers: { cookie, ...HTML } });
  assertEquals(audit.status, 403);
  assertStringIncludes(await audit.text(), "This is not allowed");
  await web.clock.advance(86_400_000);
  assertEquals((await web.fetch("/", { headers: { cookie, ...HTML } })).status, 303);
});

Deno.test("each sign-in makes another id, and the one before ends", async () => {
  const { web, cookie } = await startSignedIn();
  const other = cookieOf(await signIn(web, OWN, { cookie }));
  assert(other !== cookie);
  const read = (each: string) => web.fetch("/api/services", { headers: { cookie: each } });
  assertEquals([(await read(cookie)).status, (await read(other)).status], [401, 200]);
});

Deno.test("a wrong token is told in words, without any of it, and begins nothing", async (t) => {
  const rows: readonly [name: string, token: string, status: number, words: string][] = [
    ["wrong", "correct-hose", 401, "This is no token of this Vitals."],
    ["empty", "", 401, "This is no token of this Vitals."],
    ["for sending", "token of agent", 403, "This token is for sending samples, and sees nothing."],
  ];
  for (const [name, token, status, words] of rows) {
    await t.step(name, async () => {
      const web = await startWeb({ token: OWN, auth: { tokens: TOKENS } });
      const response = await signIn(web, token, {}, "/alerts");
      assertEquals([response.status, response.headers.get("set-cookie")], [status, null]);
      const html = await response.text();
      assertStringIncludes(html, words);
      assertStringIncludes(html, 'role="alert"');
      assertStringIncludes(html, '<input type="hidden" name="to" value="/alerts"');
      if (token !== "") assert(!html.includes(token) && !web.log.lines.join("\n").includes(token));
    });
  }
});

Deno.test("too many wrong tokens are told with when to come again, also to who has a right one", async () => {
  const web = await startWeb({ token: OWN });
  for (let index = 0; index < 10; index++) {
    await (await signIn(web, `guess ${index}`)).body?.cancel();
  }
  const response = await signIn(web, OWN);
  assertEquals([response.status, response.headers.get("retry-after")], [429, "30"]);
  assertStringIncludes(await response.text(), "Try again in 30 s.");
  await web.clock.advance(30_000);
  assertEquals((await signIn(web, OWN)).status, 303);
});

Deno.test("POST /logout ends the session and takes the cookie away", async () => {
  const { web, cookie } = await startSignedIn();
  const out = await web.fetch("/logout", { method: "POST", headers: { cookie, ...OWN_SITE } });
  assertEquals([out.status, out.headers.get("location")], [303, "/login"]);
  assertEquals(
    out.headers.get("set-cookie"),
    "vitals_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0",
  );
  assertEquals((await web.fetch("/api/services", { headers: { cookie } })).status, 401);
  const stranger = await web.fetch("/logout", { method: "POST" });
  assertEquals([stranger.status, stranger.headers.get("location")], [303, "/login"]);
});

Deno.test("no page of another site signs in or out", async () => {
  const { web, cookie } = await startSignedIn();
  const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  assertEquals((await signIn(web, OWN, foreign)).status, 403);
  const out = await web.fetch("/logout", { method: "POST", headers: { cookie, ...foreign } });
  assertEquals(out.status, 403);
  const act = { method: "POST", headers: { cookie, ...foreign }, body: "{}" };
  assertEquals((await web.fetch("/api/silences", act)).status, 403);
  assertEquals(web.audit.list({ limit: 9, before: null }).map(({ what }) => what), ["POST /login"]);
  assertEquals((await web.fetch("/api/services", { headers: { cookie } })).status, 200);
});

Deno.test("over https, be it at a trusted proxy, the cookie is for https and this host alone", async () => {
  const web = await startWeb({ token: OWN, auth: { trustProxy: 1 } });
  const proxy = { "x-forwarded-for": "192.0.2.7", "x-forwarded-proto": "https" };
  const done = await signIn(web, OWN, proxy);
  assertMatch(
    done.headers.get("set-cookie") ?? "",
    /^__Host-vitals_session=[^;]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
  );
  const cookie = cookieOf(done);
  const read = (headers: HeadersInit) => web.fetch("/api/services", { headers });
  assertEquals((await read({ ...proxy, cookie })).status, 200);
  const plain = cookie.replace("__Host-", "");
  assertEquals((await read({ ...proxy, cookie: plain })).status, 401);
});

Deno.test("who comes from a page of another site is sent on a step, on which browsers send the cookie", async () => {
  const web = await startWeb({ token: OWN });
  const headers = { ...HTML, "sec-fetch-site": "cross-site" };
  const html = await (await web.fetch("/login?to=/alerts/a", { headers })).text();
  assertStringIncludes(
    html,
    'http-equiv="refresh" content="0; url=/login?to=%2Falerts%2Fa&amp;again=1"',
  );
  const once = await (await web.fetch("/login?to=/alerts/a&again=1", { headers })).text();
  assert(!once.includes("http-equiv"));
});

Deno.test("where no token is set, nobody can sign in and nobody need", async () => {
  const web = await startWeb();
  assertStringIncludes(
    await (await web.fetch("/login", { headers: HTML })).text(),
    "no token is set",
  );
  const done = await signIn(web, "anything");
  assertEquals([done.status, done.headers.get("set-cookie")], [303, null]);
  assert(!(await (await web.fetch("/", { headers: HTML })).text()).includes("/login"));
});

Deno.test("where reads are public, pages offer to sign in", async () => {
  const web = await startWeb({ token: OWN, auth: { publicReads: true } });
  const html = await (await web.fetch("/alerts?view=now", { headers: HTML })).text();
  assertStringIncludes(html, '<a class="ghost account" href="/login?to=%2Falerts">Sign in</a>');
});

Deno.test("POST /login takes a form, and no more than a form", async () => {
  const web = await startWeb({ token: OWN });
  const post = (body: BodyInit, type: string) =>
    web.fetch("/login", { method: "POST", headers: { "content-type": type, ...HTML }, body });
  assertEquals((await post(`{"token":"${OWN}"}`, "application/json")).status, 415);
  const form = "application/x-www-form-urlencoded";
  assertEquals((await post(`token=${"x".repeat(20_000)}`, form)).status, 413);
  assertEquals((await post("", form)).status, 401);
});
