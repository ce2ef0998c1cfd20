import { assert, assertEquals } from "@std/assert";

import type { ProbeExpectation } from "@/lib/ports/source_config.ts";
import { judgeAnswer } from "@/lib/sources/probe/judge_answer.ts";

import { answered, ANY_GOOD } from "./probes.ts";

const NOW = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;

interface Row {
  readonly expect?: Partial<ProbeExpectation>;
  readonly status?: number;
  readonly text?: string;
  readonly days?: number | null;
}

function judge({ expect, status = 200, text = "", days = null }: Row): string | null {
  const answer = answered(status, text);
  assert(answer.kind === "answered");
  const failure = judgeAnswer(
    { ...answer, certificateEndsAt: days === null ? null : NOW + days * DAY_MS },
    { expect: { ...ANY_GOOD, ...expect }, host: "shop", at: NOW },
  );
  return failure && `${failure.reason}: ${failure.detail}`;
}

async function judgeAll(
  t: Deno.TestContext,
  rows: readonly (readonly [name: string, row: Row, judged: string | null])[],
): Promise<void> {
  for (const [name, row, judged] of rows) {
    await t.step(name, () => assertEquals(judge(row), judged));
  }
}

Deno.test("judgeAnswer() judges the status", async (t) => {
  const some = { statuses: [{ from: 301, to: 301 }, { from: 400, to: 499 }] };
  await judgeAll(t, [
    ["the first of the good", { status: 200 }, null],
    ["the last of the good", { status: 299 }, null],
    ["beyond", { status: 300 }, "status 300: shop answered 300, expected 2xx"],
    ["an error", { status: 503 }, "status 503: shop answered 503, expected 2xx"],
    ["one of several", { expect: some, status: 404 }, null],
    [
      "none of several",
      { expect: some, status: 302 },
      "status 302: shop answered 302, expected 301 or 4xx",
    ],
  ]);
});

Deno.test("judgeAnswer() judges what the body contains", async (t) => {
  const expect = { contains: "grüß" };
  await judgeAll(t, [
    ["it does", { expect, text: "Sei gegrüßt" }, null],
    ["it does not", { expect, text: "secret" }, 'body: What shop sends does not contain "grüß"'],
    ["the status first", { expect, status: 500 }, "status 500: shop answered 500, expected 2xx"],
  ]);
});

Deno.test("judgeAnswer() judges what the body says as JSON", async (t) => {
  const at = (path: string, value?: unknown) => ({
    json: { path, equals: value === undefined ? null : { value } },
  });
  const ok = at("$.status", "ok");
  const text =
    '{ "status": "ok", "checks": [{ "up": true }, { "up": false }], "n": 1.5, "o": {"a":1,"b":[2]}, "x": null }';
  await judgeAll(t, [
    ["as expected", { expect: ok, text }, null],
    [
      "something else",
      { expect: ok, text: '{"status":"bad"}' },
      'body: What shop sends has "bad" at $.status, expected "ok"',
    ],
    ["nothing there", { expect: ok, text: "{}" }, "body: What shop sends has nothing at $.status"],
    ["no JSON", { expect: ok, text: "<html>" }, "body: What shop sends is not JSON"],
    ["nothing at all", { expect: ok, text: "" }, "body: What shop sends is not JSON"],
    [
      "very deep",
      { expect: at("$..a"), text: "[".repeat(9_000) + "]".repeat(9_000) },
      "body: What shop sends has nothing at $..a",
    ],
    ["anything will do", { expect: at("$.n"), text }, null],
    ["null is something", { expect: at("$.x"), text }, null],
    ["null is expected", { expect: at("$.x", null), text }, null],
    [
      "a number is no text",
      { expect: at("$.n", "1.5"), text },
      'body: What shop sends has 1.5 at $.n, expected "1.5"',
    ],
    ["objects in any order", { expect: at("$.o", { b: [2], a: 1 }), text }, null],
    [
      "objects that differ",
      { expect: at("$.o", { b: [3], a: 1 }), text },
      "body: What shop sends has an object at $.o, expected an object",
    ],
    [
      "all of several",
      { expect: at("$.checks[*].up", true), text },
      "body: What shop sends has false at $.checks[*].up, expected true",
    ],
    ["a filter", { expect: at("$.checks[?@.up==true]"), text }, null],
  ]);
});

Deno.test("judgeAnswer() judges how long the certificate is still valid", async (t) => {
  const expect = { certificateDays: 14 };
  await judgeAll(t, [
    ["long", { expect, days: 90 }, null],
    ["just so", { expect, days: 14 }, null],
    [
      "short",
      { expect, days: 13.9 },
      "tls: The certificate of shop ends in 13 days, expected at least 14",
    ],
    ["none", { expect }, "tls: shop answered without a certificate"],
    ["none, which nobody asked for", {}, null],
  ]);
});
