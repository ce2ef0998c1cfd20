import { assertEquals } from "@std/assert";

import { OPERATIONS } from "@/lib/protocol/openapi/operations.ts";
import { routePaths } from "@/tests/routes/route_paths.ts";
import { startWeb } from "@/tests/routes/web.ts";

const PAGE = "a page for people";

/** Routes that are no part of the API, and why. */
const UNDESCRIBED: Readonly<Record<string, string>> = {
  "/": PAGE,
  "/alerts": PAGE,
  "/alerts/data": "what the page of alerts fetches for itself; it changes with that page",
  "/alerts/{id}": PAGE,
  "/api": "the page that shows the description",
  "/audit": PAGE,
  "/first-steps": "a form of the dashboard, answered with a page",
  "/login": "a page and its form; programs send a token with each request",
  "/logout": "a form of the bar, answered with a page",
  "/services/{name}": PAGE,
  "/slides": PAGE,
  "/status": PAGE,
};

const DESCRIBED = [...new Set(OPERATIONS.map(({ path }) => path))].sort();

Deno.test("every route is described, or said not to be (see CONTRIBUTING, add a route)", async () => {
  const missing = (await routePaths()).filter((path) => {
    return !DESCRIBED.includes(path) && !Object.hasOwn(UNDESCRIBED, path);
  });
  assertEquals(missing, []);
});

Deno.test("every described route exists, and so does every one that need not be described", async () => {
  const there = await routePaths();
  const named = [...DESCRIBED, ...Object.keys(UNDESCRIBED)];
  assertEquals(named.filter((path) => !there.includes(path)), []);
});

Deno.test("every route has exactly the methods that are described", async (t) => {
  const web = await startWeb();
  for (const path of DESCRIBED) {
    await t.step(path, async () => {
      const address = path.replace(/\{\w+\}/g, "x");
      const { status, headers } = await web.fetch(address, { method: "OPTIONS" });
      const described = OPERATIONS.filter((each) => each.path === path)
        .flatMap(({ method }) => method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()]);
      const allowed = headers.get("allow")?.split(", ") ?? [];
      assertEquals([status, allowed.sort()], [204, [...described, "OPTIONS"].sort()]);
    });
  }
});
