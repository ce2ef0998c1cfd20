import { assertEquals } from "@std/assert";

import { parseProblem } from "@/agent/answer.ts";

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
