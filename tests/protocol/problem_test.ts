import { assertEquals } from "@std/assert";

import { plainProblem, ProblemError, problemResponse } from "@/lib/protocol/problem.ts";

Deno.test("problemResponse() says what it is, whatever the headers", async () => {
  const { problem, headers } = new ProblemError(429, "Too many", {
    headers: { "retry-after": "3", "content-type": "text/html" },
  });
  const response = problemResponse(problem, headers);
  assertEquals(response.status, 429);
  assertEquals(response.headers.get("content-type"), "application/problem+json");
  assertEquals(response.headers.get("retry-after"), "3");
  assertEquals(await response.json(), {
    type: "about:blank",
    title: "Too Many Requests",
    status: 429,
    detail: "Too many",
  });
});

Deno.test("plainProblem() has a title for any status", () => {
  assertEquals(plainProblem(418).title, "Error");
});

Deno.test("new ProblemError() counts the issues that it does not list", async (t) => {
  const issue = { path: "a", message: "b" };
  const rows: [found: number, moreIssues: number, listed: number, more: number | undefined][] = [
    [0, 0, 0, undefined],
    [20, 0, 20, undefined],
    [21, 0, 20, 1],
    [20, 5, 20, 5],
    [22, 5, 20, 7],
  ];
  for (const [found, moreIssues, listed, more] of rows) {
    await t.step(`${found} and ${moreIssues}`, () => {
      const issues = Array(found).fill(issue);
      const { problem } = new ProblemError(422, "x", { issues, moreIssues });
      assertEquals([problem.issues?.length, problem.moreIssues], [listed, more]);
    });
  }
});
