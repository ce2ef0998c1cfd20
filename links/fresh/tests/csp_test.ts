import { h } from "preact";

import { assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";

import { App, csp, type CSPOptions, HttpError } from "../src/mod.ts";
import { requester } from "./support/fake_build.ts";

const HEADER = "content-security-policy";

/** Requests from an app with a policy, a page, a text and an error. */
function serve(options: CSPOptions) {
  return requester(
    new App().use(csp(options))
      .onError("/", { component: () => h("script", null, "0") })
      .get("/page", (ctx) => ctx.render(h("script", null, "1")))
      .get("/text", (ctx) => ctx.text("t"))
      .get("/away", () => Response.redirect("http://localhost/"))
      .get("/error", () => {
        throw new HttpError(400);
      }),
  );
}

Deno.test("csp() has strict defaults", async () => {
  const response = await serve({})("/text");
  assertEquals(response.headers.get(HEADER)?.split("; "), [
    "default-src 'self'",
    "script-src 'self' 'unsafe-inline'",
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "media-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "upgrade-insecure-requests",
  ]);
});

Deno.test("csp() replaces and adds directives", async () => {
  const response = await serve({ csp: ["img-src *", "manifest-src 'none'"] })("/text");
  const directives = response.headers.get(HEADER)?.split("; ") ?? [];
  assertEquals(directives.filter((directive) => directive.startsWith("img-src")), ["img-src *"]);
  assertEquals(directives.at(-1), "manifest-src 'none'");
});

Deno.test("csp() can only report", async () => {
  const response = await serve({ reportOnly: true, reportTo: "/report" })("/text");
  assertEquals(response.headers.get(HEADER), null);
  const policy = response.headers.get(`${HEADER}-report-only`) ?? "";
  assertMatch(policy, /report-to csp-endpoint; report-uri \/report$/);
  assertEquals(response.headers.get("reporting-endpoints"), 'csp-endpoint="/report"');
});

Deno.test("csp() with useNonce allows the scripts of rendered pages by nonce", async () => {
  const ask = serve({ useNonce: true });
  const [first, second] = await Promise.all([ask("/page"), ask("/page")]);
  const policy = first.headers.get(HEADER) ?? "";
  const [, nonce] = /<script nonce="(\w+)">1</.exec(await first.text()) ?? [];
  assertStringIncludes(policy, `script-src 'self' 'nonce-${nonce}';`);
  assertStringIncludes(policy, `style-src 'self' 'nonce-${nonce}';`);
  assertEquals(policy.includes("unsafe-inline"), false);
  assertNotEquals(second.headers.get(HEADER), policy);
});

Deno.test("csp() with useNonce keeps other responses as they are", async () => {
  const response = await serve({ useNonce: true })("/text");
  assertStringIncludes(response.headers.get(HEADER) ?? "", "script-src 'self' 'unsafe-inline'");
});

Deno.test("csp() covers error pages and redirects", async () => {
  const ask = serve({ useNonce: true });
  for (const [path, status] of [["/error", 400], ["/none", 404]] as const) {
    const response = await ask(path);
    const [, nonce] = /<script nonce="(\w+)">0</.exec(await response.text()) ??
      [];
    assertEquals(response.status, status);
    assertStringIncludes(response.headers.get(HEADER) ?? "", `'nonce-${nonce}'`);
  }
  const away = await ask("/away");
  assertEquals([away.status, away.headers.has(HEADER)], [302, true]);
});
