import { assertEquals } from "@std/assert";

import { parseProblem, parseRetryAfter } from "@/agent/answer.ts";

Deno.test("parseProblem() says what is wrong", async (t) => {
  const issue = { path: "service", message: "must be shorter" };
  const rows: [string, unknown, string | null][] = [
    ["detail before title", { title: "Bad", detail: "The name is bad" }, "The name is bad"],
    ["title", { title: "Bad", status: 422 }, "Bad"],
    ["the first issue", { title: "Bad", issues: [issue, issue] }, "Bad; service: must be shorter"],
    ["only an issue", { issues: [issue] }, "service: must be shorter"],
    ["nothing", {}, null],
    ["another shape", { title: 7 }, null],
    ["too much", { title: "x".repeat(1_000) }, "x".repeat(300)],
  ];
  for (const [name, problem, detail] of rows) {
    await t.step(name, () => assertEquals(parseProblem(JSON.stringify(problem)), detail));
  }
  await t.step("no JSON", () => assertEquals(parseProblem("<html>"), null));
});

Deno.test("parseRetryAfter() takes seconds, and a date relative to the answer's", async (t) => {
  const date = "Tue, 24 Nov 2026 00:00:00 GMT";
  const later = "Tue, 24 Nov 2026 00:00:07 GMT";
  const rows: [string, Record<string, string>, number][] = [
    ["seconds", { "retry-after": "3" }, 3_000],
    ["zero", { "retry-after": "0" }, 0],
    ["nothing", {}, 0],
    ["a date", { "retry-after": later, date }, 7_000],
    ["a date that has passed", { "retry-after": date, date: later }, 0],
    ["a date without the answer's", { "retry-after": later }, 0],
    ["nonsense", { "retry-after": "soon", date }, 0],
    ["less than nothing", { "retry-after": "-5" }, 0],
  ];
  for (const [name, headers, pauseMs] of rows) {
    await t.step(name, () => assertEquals(parseRetryAfter(new Headers(headers)), pauseMs));
  }
});
