import { assert, assertEquals } from "@std/assert";

import { AccessDesk } from "@/lib/access/access_desk.ts";
import { digestOf } from "@/lib/access/token_book.ts";
import type { Access, Caller } from "@/lib/ports/access.ts";
import type { AuthConfig, TokenConfig } from "@/lib/ports/monitor_config.ts";
import { Secret } from "@/lib/ports/secret.ts";
import type { Need, Scope } from "@/lib/protocol/access_table.ts";
import { configOf } from "@/tests/support/config.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { RecordedLog } from "@/tests/support/recorded_log.ts";

const OWN = "correct-horse-battery-staple";

interface Options {
  readonly token?: string;
  readonly auth?: Partial<AuthConfig>;
}

function start({ token, auth = {} }: Options = {}) {
  const clock = new FakeClock();
  const log = new RecordedLog();
  const refused: unknown[] = [];
  const desk = new AccessDesk({
    ...{ clock, log, auth: authOf(auth) },
    audit: { noteRefused: (note) => refused.push(note) },
    token: token === undefined ? null : new Secret(token),
  });
  return { clock, log, refused, desk };
}

function authOf(auth: Partial<AuthConfig>): AuthConfig {
  return configOf({ auth }).auth;
}

function listed(name: string, ...scopes: Scope[]): TokenConfig {
  return { name, sha256: digestOf(`token of ${name}`), scopes };
}

interface From {
  readonly peer?: string;
  readonly bearer?: string;
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function identify(
  desk: AccessDesk,
  { peer = "127.0.0.1", bearer, cookie, headers }: From = {},
): Caller {
  const given = new Headers({
    ...headers,
    ...bearer === undefined ? {} : { authorization: `Bearer ${bearer}` },
    ...cookie === undefined ? {} : { cookie: `vitals_session=${cookie}` },
  });
  return desk.identify({ peer, host: null, headers: given, isSecure: false, what: "GET /x" });
}

function kinds(desk: AccessDesk, from: From): readonly Access["kind"][] {
  const caller = identify(desk, from);
  return (["public", "read", "ingest", "operate"] as const)
    .map((need: Need) => desk.decide(caller, need).kind);
}

Deno.test("AccessDesk without a token: reads are open, all else is for this machine", () => {
  const { desk } = start();
  assert(!desk.hasTokens);
  assertEquals(kinds(desk, {}), ["granted", "granted", "granted", "granted"]);
  const stranger = ["granted", "granted", "elsewhere", "elsewhere"] as const;
  assertEquals(kinds(desk, { peer: "192.0.2.7" }), stranger);
  assertEquals(kinds(desk, { peer: "192.0.2.7", bearer: "any" }), stranger);
  assertEquals(kinds(desk, { headers: { "x-forwarded-for": "127.0.0.1" } }), stranger);
});

Deno.test("AccessDesk with tokens asks everybody for one, and each is good for its scopes", async (t) => {
  const tokens = [
    listed("a", "read"),
    listed("b", "ingest"),
    listed("c", "operate"),
    listed("d", "ingest", "read"),
  ];
  const { desk } = start({ token: OWN, auth: { tokens } });
  const [yes, no] = ["granted", "insufficient"] as const;
  const rows: readonly [name: string, from: From, kinds: readonly Access["kind"][]][] = [
    ["nothing", {}, ["granted", "missing", "missing", "missing"]],
    ["a wrong one", { bearer: "x" }, ["granted", "wrong", "wrong", "wrong"]],
    ["an empty one", { bearer: "" }, ["granted", "missing", "missing", "missing"]],
    ["a digest", { bearer: digestOf(OWN) }, ["granted", "wrong", "wrong", "wrong"]],
    ["VITALS_TOKEN", { bearer: OWN }, [yes, yes, yes, yes]],
    ["read", { bearer: "token of a" }, [yes, yes, no, no]],
    ["ingest", { bearer: "token of b" }, [yes, no, yes, no]],
    ["operate", { bearer: "token of c" }, [yes, yes, no, yes]],
    ["ingest and read", { bearer: "token of d" }, [yes, yes, yes, no]],
    ["credentials of another kind", { headers: { authorization: "Basic eDp5" } }, [
      ...["granted", "missing", "missing", "missing"] as const,
    ]],
  ];
  for (const [name, from, expected] of rows) {
    for (const peer of ["127.0.0.1", "192.0.2.7"]) {
      await t.step(
        `${name}, ${peer}`,
        () => assertEquals(kinds(desk, { ...from, peer }), expected),
      );
    }
  }
});

Deno.test("AccessDesk with publicReads lets everybody read, but nobody with a wrong token", () => {
  const { desk } = start({ token: OWN, auth: { publicReads: true } });
  assertEquals(kinds(desk, {}), ["granted", "granted", "missing", "missing"]);
  assertEquals(kinds(desk, { bearer: "x" }), ["granted", "wrong", "wrong", "wrong"]);
});

Deno.test("AccessDesk begins a session for a token that can see something", () => {
  const tokens = [listed("a", "read"), listed("b", "ingest")];
  const { desk } = start({ auth: { tokens } });
  const stranger = identify(desk);
  assertEquals(desk.signIn("x", stranger, "POST /login"), { kind: "wrong" });
  assertEquals(desk.signIn("token of b", stranger, "POST /login"), {
    ...{ kind: "insufficient", name: "b" },
  });
  const done = desk.signIn("token of a", stranger, "POST /login");
  assert(done.kind === "done");
  const caller = identify(desk, { cookie: done.cookie });
  assertEquals([caller.identity.kind, done.name], ["session", "a"]);
  assertEquals(kinds(desk, { cookie: done.cookie }), [
    ...["granted", "granted", "insufficient", "insufficient"] as const,
  ]);
});

Deno.test("AccessDesk gives another id at each sign-in, and ends the one before", () => {
  const { desk } = start({ token: OWN });
  const one = desk.signIn(OWN, identify(desk), "POST /login");
  assert(one.kind === "done");
  const two = desk.signIn(OWN, identify(desk, { cookie: one.cookie }), "POST /login");
  assert(two.kind === "done" && two.cookie !== one.cookie);
  assertEquals(identify(desk, { cookie: one.cookie }).identity.kind, "nobody");
  assertEquals(identify(desk, { cookie: two.cookie }).identity.kind, "session");
});

Deno.test("AccessDesk closes what is open when its session or its token ends", async (t) => {
  const tokens = [listed("a", "read")];
  async function open(
    by: "session" | "token",
    end: (world: ReturnType<typeof start>, caller: Caller) => void | Promise<void>,
  ) {
    const world = start({ auth: { tokens, sessionMs: 3_600_000 } });
    const { desk } = world;
    const done = desk.signIn("token of a", identify(desk), "POST /login");
    assert(done.kind === "done");
    const caller = identify(
      desk,
      by === "token" ? { bearer: "token of a" } : { cookie: done.cookie },
    );
    let closed = 0;
    desk.holdOpen(caller, () => closed++);
    assertEquals(closed, 0);
    await end(world, caller);
    return closed;
  }
  const rows: readonly [
    name: string,
    by: "session" | "token",
    closed: number,
    end: Parameters<typeof open>[1],
  ][] = [
    ["the session signs out", "session", 1, ({ desk }, caller) => desk.signOut(caller)],
    ["another signs out", "session", 0, ({ desk }) => desk.signOut(identify(desk))],
    [
      "the token goes",
      "token",
      1,
      ({ desk }) => desk.reconfigure(authOf({ tokens: [listed("x", "read")] })),
    ],
    [
      "the token of the session goes",
      "session",
      1,
      ({ desk }) => desk.reconfigure(authOf({ tokens: [listed("x", "read")] })),
    ],
    [
      "the token may not read any more",
      "token",
      1,
      ({ desk }) => desk.reconfigure(authOf({ tokens: [{ ...listed("a", "ingest") }] })),
    ],
    ["the file says the same", "token", 0, ({ desk }) => desk.reconfigure(authOf({ tokens }))],
    ["no token is left", "token", 0, ({ desk }) => desk.reconfigure(authOf({}))],
    [
      "the session's time is over",
      "session",
      1,
      async ({ clock }) => await clock.advance(3_660_000),
    ],
    ["the session is in use", "session", 0, async ({ clock }) => await clock.advance(3_000_000)],
    ["a token has no time", "token", 0, async ({ clock }) => await clock.advance(36_000_000)],
  ];
  for (const [name, by, closed, end] of rows) {
    await t.step(name, async () => assertEquals(await open(by, end), closed));
  }
});

Deno.test("AccessDesk closes what strangers have open when the first token comes", () => {
  const { desk } = start();
  let closed = 0;
  desk.holdOpen(identify(desk), () => closed++);
  desk.reconfigure(authOf({ tokens: [listed("a", "read")] }));
  assertEquals(closed, 1);
});

Deno.test("AccessDesk: an open page keeps its session, a closed one does not", async () => {
  const { clock, desk } = start({ token: OWN, auth: { sessionMs: 100 * 86_400_000 } });
  const done = desk.signIn(OWN, identify(desk), "POST /login");
  assert(done.kind === "done");
  const leave = desk.holdOpen(identify(desk, { cookie: done.cookie }), () => {});
  await clock.advance(3 * 86_400_000);
  assertEquals(identify(desk, { cookie: done.cookie }).identity.kind, "session");
  leave();
  await clock.advance(86_400_000);
  assertEquals(identify(desk, { cookie: done.cookie }).identity.kind, "nobody");
});

Deno.test("AccessDesk limits tries by address, be it a bearer or a form", () => {
  const { desk } = start({ token: OWN });
  const mallory = { peer: "192.0.2.66" };
  for (let index = 0; index < 5; index++) {
    identify(desk, { ...mallory, bearer: `guess ${index}` });
    desk.signIn(`form ${index}`, identify(desk, mallory), "POST /login");
  }
  const limited = { kind: "limited", retryAfterMs: 30_000 } as const;
  assertEquals(identify(desk, { ...mallory, bearer: OWN }).identity, limited);
  assertEquals(desk.signIn(OWN, identify(desk, mallory), "POST /login"), limited);
  assertEquals(identify(desk, { peer: "192.0.2.7", bearer: OWN }).identity.kind, "token");
});

Deno.test("AccessDesk tells of refused tokens once, and never of their text", () => {
  const { desk, log, refused } = start({ token: OWN });
  for (let index = 0; index < 50; index++) {
    identify(desk, { peer: "192.0.2.66", bearer: `secret guess ${index}` });
  }
  assertEquals(refused, [
    { who: "unknown", address: "192.0.2.66", what: "GET /x", subject: "", status: 401 },
  ]);
  assertEquals(log.lines, ["warn: token refused"]);
  assertEquals(desk.counters(), { wrongTokens: 10, limitedTokens: 40, sessions: 0 });
  assert(!JSON.stringify([log.fields, refused]).includes("guess"));
});

Deno.test("AccessDesk warns of a token that is short, without showing it", () => {
  const short = start({ token: "correct-horse" }).log;
  assertEquals(short.lines, ["warn: token is short"]);
  assert(!JSON.stringify(short.fields).includes("horse"));
  assertEquals(start({ token: OWN }).log.lines, []);
});
