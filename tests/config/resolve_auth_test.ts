import { assertEquals } from "@std/assert";

import { parseConfig } from "@/lib/config/parse_config.ts";
import type { AuthConfig } from "@/lib/ports/monitor_config.ts";

import { issuesOf } from "./issues_of.ts";

const [ONE, OTHER] = ["a1".repeat(32), "b2".repeat(32)];

function authOf(auth: unknown): AuthConfig {
  return parseConfig(JSON.stringify({ auth })).auth;
}

function token(changes: Readonly<Record<string, unknown>> = {}) {
  return { name: "grafana", sha256: ONE, scopes: ["read"], ...changes };
}

Deno.test("resolveAuth() takes the default for each part that is left out", () => {
  const defaults = { tokens: [], publicReads: false, trustProxy: false, sessionMs: 604_800_000 };
  assertEquals<unknown>(authOf(undefined), defaults);
  assertEquals<unknown>(authOf({ sessionHours: 1 }), { ...defaults, sessionMs: 3_600_000 });
});

Deno.test("resolveAuth() takes tokens with their digests in small letters, and proxies at their word", () => {
  const tokens = [token({ sha256: ONE.toUpperCase() }), token({ name: "b", sha256: OTHER })];
  const auth = authOf({ tokens, publicReads: true, trustProxy: 2 });
  assertEquals(auth.tokens.map(({ sha256 }) => sha256), [ONE, OTHER]);
  assertEquals([auth.publicReads, auth.trustProxy], [true, 2]);
  const nets = ["127.0.0.1", "10.0.0.0/8", "::1", "fd00::/8"];
  assertEquals(authOf({ trustProxy: nets }).trustProxy, nets);
});

Deno.test("resolveAuth() names what makes no sense", async (t) => {
  const A_TRUST =
    'must be false, the number of proxies from 1 to 10, or a list of addresses such as ["127.0.0.1", "10.0.0.0/8"]';
  const A_DIGEST = "must be a SHA-256 in 64 hexadecimal digits; `deno task token` makes one";
  const rows: readonly [name: string, auth: unknown, issues: readonly string[]][] = [
    ["another kind of value", true, [
      'auth: must be an object such as { "publicReads": true }',
    ]],
    ["a token in the open", { tokens: [{ name: "a", token: "x", scopes: ["read"] }] }, [
      `auth.tokens[0].sha256: is missing; it ${A_DIGEST}`,
      'auth.tokens[0].token: unknown key; known are "name", "sha256" and "scopes"',
    ]],
    ["a short digest", { tokens: [token({ sha256: "a1" })] }, [
      `auth.tokens[0].sha256: ${A_DIGEST}`,
    ]],
    ["no scope", { tokens: [token({ scopes: [] })] }, [
      "auth.tokens[0].scopes: must name at least one scope, got a list",
    ]],
    ["a scope that there is not", { tokens: [token({ scopes: ["write"] })] }, [
      'auth.tokens[0].scopes[0]: must be "ingest", "operate" or "read", got "write"',
    ]],
    ["a name twice", { tokens: [token(), token({ sha256: OTHER })] }, [
      "auth.tokens[1].name: repeats auth.tokens[0].name",
    ]],
    ["a token twice", { tokens: [token(), token({ name: "b", sha256: ONE.toUpperCase() })] }, [
      "auth.tokens[1].sha256: repeats auth.tokens[0].sha256",
    ]],
    ["the name of the environment's", { tokens: [token({ name: "VITALS_TOKEN" })] }, [
      'auth.tokens[0].name: "VITALS_TOKEN" is the name of the token of the environment',
    ]],
    ["trust in everybody", { trustProxy: true }, [`auth.trustProxy: ${A_TRUST}, got true`]],
    ["too many hops", { trustProxy: 11 }, [`auth.trustProxy: ${A_TRUST}, got 11`]],
    ["no address", { trustProxy: ["10.0.0.300"] }, [
      `auth.trustProxy[0]: ${A_TRUST}, got "10.0.0.300"`,
    ]],
    ["a range too wide", { trustProxy: ["10.0.0.0/33"] }, [
      `auth.trustProxy[0]: ${A_TRUST}, got "10.0.0.0/33"`,
    ]],
    ["octal digits", { trustProxy: ["127.1"] }, [`auth.trustProxy[0]: ${A_TRUST}, got "127.1"`]],
    ["half an hour", { sessionHours: 0.5 }, [
      "auth.sessionHours: must be a whole number from 1 to 8760, got 0.5",
    ]],
  ];
  for (const [name, auth, issues] of rows) {
    await t.step(name, () => assertEquals(issuesOf({ auth }), issues));
  }
});

Deno.test("a token that stands where its digest belongs is in no message", () => {
  const misplaced = [
    { tokens: [token({ sha256: "plain-secret" })] },
    { tokens: [{ ...token(), token: "plain-secret" }] },
    { tokens: ["plain-secret"] },
    { tokens: "plain-secret" },
    "plain-secret",
  ];
  for (const auth of misplaced) {
    const [issue = "", ...more] = issuesOf({ auth });
    assertEquals([issue !== "", more, issue.includes("plain-secret")], [true, [], false], issue);
  }
});
