import { assert, assertEquals, assertStringIncludes } from "@std/assert";

import { digestOf } from "@/lib/access/token_book.ts";
import type { TokenConfig } from "@/lib/ports/monitor_config.ts";
import type { Scope } from "@/lib/protocol/access_table.ts";
import { problemOf, startWeb, type Web } from "@/tests/routes/web.ts";

const OWN = "correct-horse-battery-staple";

function listed(name: string, ...scopes: Scope[]): TokenConfig {
  return { name, sha256: digestOf(`token of ${name}`), scopes };
}

const TOKENS = [listed("reader", "read"), listed("agent", "ingest"), listed("robot", "operate")];

interface From {
  readonly peer: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function ask(
  web: Web,
  [method, path]: readonly [string, string],
  from: From,
): Promise<Response> {
  const host = "127.0.0.1:8000";
  const request = new Request(`http://${host}${path}`, {
    method,
    headers: { host, ...from.headers },
    ...(method === "GET" ? {} : { body: path === "/api/samples" ? '{"service":"a"}' : null }),
  });
  return await web.handle(request, {
    remoteAddr: { transport: "tcp", hostname: from.peer, port: 5 },
    completed: Promise.resolve(),
  });
}

/** One request for each need; what it answers when it may, `null` for whatever is no refusal. */
const REQUESTS: readonly [
  need: Scope | "public",
  request: readonly [string, string],
  status: number | null,
][] = [
  ["public", ["GET", "/api/health"], 200],
  ["public", ["OPTIONS", "/api/silences"], 204],
  ["read", ["GET", "/api/services"], 200],
  ["read", ["GET", "/alerts/data"], 200],
  ["read", ["GET", "/api/none"], 404],
  ["ingest", ["POST", "/api/heartbeats/checkout"], 202],
  ["ingest", ["GET", "/api/heartbeats/checkout"], 202],
  ["ingest", ["POST", "/v1/metrics"], null],
  ["operate", ["DELETE", "/api/silences/none"], 404],
  ["operate", ["POST", "/api/none"], 404],
  ["operate", ["GET", "/api/audit"], 200],
];

const REFUSALS = [303, 401, 403, 429];

const CREDENTIALS: Readonly<Record<string, readonly Scope[] | null>> = {
  "": null,
  "Bearer wrong": null,
  "Basic eDp5": null,
  [`Bearer ${OWN}`]: ["ingest", "operate", "read"],
  "Bearer token of reader": ["read"],
  "Bearer token of agent": ["ingest"],
  "Bearer token of robot": ["operate", "read"],
};

Deno.test("who may do what: every scope, credentials, address and proxy header", async (t) => {
  const worlds = [
    { name: "no token", options: {} },
    { name: "no token, a trusted proxy", options: { auth: { trustProxy: 1 } } },
    { name: "tokens", options: { token: OWN, auth: { tokens: TOKENS } } },
    {
      name: "tokens, public reads",
      options: { token: OWN, auth: { tokens: TOKENS, publicReads: true } },
    },
    {
      name: "tokens, a trusted proxy",
      options: { token: OWN, auth: { tokens: TOKENS, trustProxy: 1 } },
    },
  ];
  const proxies = [
    {},
    { "x-forwarded-for": "127.0.0.1" },
    { "x-forwarded-for": "192.0.2.9" },
    { forwarded: "for=127.0.0.1" },
    { "x-real-ip": "127.0.0.1" },
    { via: "1.1 proxy" },
  ];
  for (const { name, options } of worlds) {
    for (const [authorization, scopes] of Object.entries(CREDENTIALS)) {
      await t.step(`${name}, ${authorization || "no credentials"}`, async () => {
        // The limit of tries has tests of its own: here each is the first.
        for (const peer of ["127.0.0.1", "::1", "192.0.2.7"]) {
          for (const proxy of proxies) {
            const web = await startWeb(options);
            for (const [need, request, status] of REQUESTS) {
              const headers = authorization === "" ? proxy : { ...proxy, authorization };
              const answer = await ask(web, request, { peer, headers });
              await answer.body?.cancel();
              const isLocal = peer !== "192.0.2.7" && Object.keys(proxy).length === 0;
              const refusal = name.startsWith("no token")
                ? need === "public" || need === "read" || isLocal ? null : 403
                : refusalWithTokens(need, scopes, {
                  isWrong: authorization === "Bearer wrong",
                  isPublic: name.includes("public"),
                });
              const found = REFUSALS.includes(answer.status) ? answer.status : null;
              const what = `${request} ${peer} ${Object.keys(proxy)}`;
              assertEquals(found, refusal, what);
              if (refusal === null && status !== null) assertEquals(answer.status, status, what);
            }
          }
        }
      });
    }
  }
});

function refusalWithTokens(
  need: Scope | "public",
  scopes: readonly Scope[] | null,
  { isWrong, isPublic }: { readonly isWrong: boolean; readonly isPublic: boolean },
): number | null {
  if (need === "public") return null;
  if (isWrong) return 401;
  if (need === "read" && isPublic) return null;
  if (scopes === null) return 401;
  return scopes.includes(need) ? null : 403;
}

Deno.test("a refusal says what is missing, in words and as RFC 6750 has it", async (t) => {
  const web = await startWeb({ token: OWN, auth: { tokens: TOKENS } });
  const rows: readonly [
    name: string,
    headers: Record<string, string>,
    status: number,
    challenge: string,
  ][] = [
    ["no token", {}, 401, 'Bearer realm="Vitals"'],
    ["wrong", { authorization: "Bearer x" }, 401, 'Bearer realm="Vitals", error="invalid_token"'],
    [
      "scope",
      { authorization: "Bearer token of reader" },
      403,
      'Bearer realm="Vitals", error="insufficient_scope", scope="operate"',
    ],
  ];
  for (const [name, headers, status, challenge] of rows) {
    await t.step(name, async () => {
      const answer = await ask(web, ["POST", "/api/silences"], { peer: "192.0.2.7", headers });
      assertEquals(answer.headers.get("www-authenticate"), challenge);
      assertEquals(answer.headers.get("cache-control"), "no-store");
      assertStringIncludes(String((await problemOf(answer, status)).detail), "Cannot do this");
    });
  }
});

Deno.test("a page leads to where one signs in, and back to itself; a program gets a problem", async () => {
  const web = await startWeb({ token: OWN });
  const html = { accept: "text/html,application/xhtml+xml" };
  const page = await ask(web, ["GET", "/alerts?view=history"], {
    peer: "192.0.2.7",
    headers: html,
  });
  assertEquals([page.status, page.headers.get("location")], [
    303,
    "/login?to=%2Falerts%3Fview%3Dhistory",
  ]);
  assertEquals(page.headers.get("cache-control"), "no-store");
  assertEquals(await page.text(), "");
  for (
    const [path, headers] of [["/alerts/data", {}], ["/metrics", {}], [
      "/api/services",
      html,
    ]] as const
  ) {
    await problemOf(await ask(web, ["GET", path], { peer: "192.0.2.7", headers }), 401);
  }
});

Deno.test("too many wrong tokens are answered with 429 and Retry-After, only to their address", async () => {
  const web = await startWeb({ token: OWN });
  const show = (token: string, peer: string) =>
    ask(web, ["GET", "/api/services"], { peer, headers: { authorization: `Bearer ${token}` } });
  for (let index = 0; index < 10; index++) {
    await problemOf(await show(`guess ${index}`, "192.0.2.66"), 401);
  }
  for (const token of ["another", OWN]) {
    const answer = await show(token, "192.0.2.66");
    assertEquals(answer.headers.get("retry-after"), "30");
    await problemOf(answer, 429);
  }
  const other = await show(OWN, "192.0.2.7");
  assertEquals((await other.json()).length, 0);
  await web.clock.advance(30_000);
  assertEquals((await show(OWN, "192.0.2.66")).status, 200);
  for (const secret of ["guess", "another", OWN]) {
    assert(!web.log.lines.join("\n").includes(secret));
  }
});

Deno.test("behind a trusted proxy each address has its own tries", async () => {
  const web = await startWeb({ token: OWN, auth: { trustProxy: ["127.0.0.1"] } });
  const show = (token: string, address: string) =>
    ask(web, ["GET", "/api/services"], {
      peer: "127.0.0.1",
      headers: { authorization: `Bearer ${token}`, "x-forwarded-for": `127.0.0.1, ${address}` },
    });
  for (let index = 0; index < 11; index++) {
    await (await show(`guess ${index}`, "192.0.2.66")).body?.cancel();
  }
  assertEquals((await show(OWN, "192.0.2.66")).status, 429);
  assertEquals((await show(OWN, "192.0.2.7")).status, 200);
});

Deno.test("GET /api/health tells strangers how it is, and nothing else", async () => {
  const web = await startWeb({ token: OWN });
  const stranger = await ask(web, ["GET", "/api/health"], { peer: "192.0.2.7" });
  assertEquals([stranger.status, await stranger.json()], [200, { status: "pass" }]);
  web.health = { ...web.health, status: "fail" };
  const failing = await ask(web, ["GET", "/api/health"], { peer: "192.0.2.7" });
  assertEquals([failing.status, await failing.json()], [503, { status: "fail" }]);
  const headers = { authorization: `Bearer ${OWN}` };
  const known = await ask(web, ["GET", "/api/health"], { peer: "192.0.2.7", headers });
  assertEquals((await known.json()).version, "1.2.3");
  const open = await startWeb();
  const anybody = await ask(open, ["GET", "/api/health"], { peer: "192.0.2.7" });
  assertEquals((await anybody.json()).version, "1.2.3");
});

Deno.test("static files are for everybody", async () => {
  const web = await startWeb({ token: OWN });
  const answer = await ask(web, ["GET", "/styles.css"], { peer: "192.0.2.7" });
  await answer.body?.cancel();
  assertEquals(answer.status, 200);
});

Deno.test("a refusal is told in the form of the API that was asked", async () => {
  const web = await startWeb({ token: OWN });
  const from = { peer: "192.0.2.7" };
  const alerts = await ask(web, ["GET", "/api/v2/alerts"], from);
  assertEquals([alerts.status, alerts.headers.get("content-type")], [401, "application/json"]);
  assertStringIncludes(alerts.headers.get("www-authenticate") ?? "", "Bearer");
  assertEquals(typeof await alerts.json(), "string");
  const exported = await ask(web, ["POST", "/v1/metrics"], from);
  assertEquals([exported.status, exported.headers.get("content-type")], [401, "application/json"]);
  assertStringIncludes(exported.headers.get("www-authenticate") ?? "", "Bearer");
  const { code, message } = await exported.json();
  assertEquals(code, 16);
  assertStringIncludes(message, "without a token");
  await problemOf(await ask(web, ["GET", "/metrics"], from), 401);
  await problemOf(await ask(web, ["GET", "/alerts"], from), 401);
  const person = { ...from, headers: { accept: "text/html,*/*;q=0.8" } };
  for (const path of ["/alerts", "/metrics", "/api", "/api/"]) {
    const { status, headers } = await ask(web, ["GET", path], person);
    assertEquals([status, headers.get("location")?.startsWith("/login")], [303, true], path);
  }
});
