import { assertEquals, AssertionError, assertRejects } from "@std/assert";

import { createDocument } from "@/lib/protocol/openapi/openapi_document.ts";
import { served } from "@/tests/support/schema_check.ts";

import { AnswerCheck } from "./answer_check.ts";

const CHECK = new AnswerCheck(served(createDocument({ version: "1", metrics: [] })));

const HEARTBEAT = CHECK.operation("postHeartbeat");

const PROBLEM = { type: "about:blank", title: "Too Many Requests", status: 429 };

const RETRY = { "content-type": "application/problem+json", "retry-after": "1" };

Deno.test("AnswerCheck takes what is described", async () => {
  await CHECK.answer(HEARTBEAT, Response.json({ accepted: 1 }, { status: 202 }));
  await CHECK.answer(HEARTBEAT, Response.json(PROBLEM, { status: 429, headers: RETRY }));
  const unseen = CHECK.unseen().filter((answer) => answer.startsWith("postHeartbeat"));
  assertEquals(unseen.includes("postHeartbeat 429 retry-after"), false);
  assertEquals(unseen.includes("postHeartbeat 503 retry-after"), true);
});

Deno.test("AnswerCheck refuses what is not described", async (t) => {
  const { "retry-after": _, ...noRetry } = RETRY;
  const rows: [name: string, response: Response][] = [
    ["a status", Response.json({ accepted: 1 }, { status: 200 })],
    ["a body", Response.json({ accepted: "1" }, { status: 202 })],
    ["a field", Response.json({ accepted: 1, more: 1 }, { status: 202 })],
    ["no body", new Response(null, { status: 202 })],
    ["a content type", Response.json(PROBLEM, { status: 429, headers: { "retry-after": "1" } })],
    ["a header", Response.json({ accepted: 1 }, { status: 202, headers: { "x-more": "1" } })],
    ["a header that is missing", Response.json(PROBLEM, { status: 429, headers: noRetry })],
    [
      "a header of another form",
      Response.json(PROBLEM, { status: 429, headers: { ...RETRY, "retry-after": "soon" } }),
    ],
    [
      "a problem of another status",
      Response.json({ ...PROBLEM, status: 500 }, { status: 429, headers: RETRY }),
    ],
  ];
  for (const [name, response] of rows) {
    await t.step(name, async () => {
      await assertRejects(() => CHECK.answer(HEARTBEAT, response), AssertionError);
    });
  }
});
