import { assert, assertEquals } from "@std/assert";

import { SECURITY_HEADERS } from "@/lib/protocol/security_headers.ts";
import {
  startWholeApp,
  type WholeApp,
  type WholeAppOptions,
} from "@/tests/routes/openapi/whole_app.ts";
import { routePaths } from "@/tests/routes/route_paths.ts";
import { ORIGIN } from "@/tests/routes/web.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"];

/** What no file of `routes/` answers: errors, static files, scripts. */
const OTHER_PATHS = [
  ...["/none", "/api/none", "/v1/none", "/status/none", "/badge/none", "/badge/none.svg"],
  ...["/services/none", "/alerts/none", "/api/services/none", "/%zz", "/api/%zz", "/%00"],
  ...["/styles.css", "/favicon-down.svg", "/favicon.ico", "/_fresh/none.js", "//none", "/api/"],
  ...["/slides?presenter=1", "/alerts?view=history", "/login?to=%2Falerts", "/metrics?x=1"],
];

const LOADED = /<(?:script|link|img|iframe)\b[^>]*(?:src|href)="([^"]*)"/g;

const WORLDS: readonly (readonly [name: string, options: WholeAppOptions, host?: string])[] = [
  ["all works", {}],
  ["tokens are set, and none is shown", { hasTokens: true }],
  ["nothing works", { isBroken: true }],
  ["there is no status page", { hasNoPage: true }],
  ["the name is foreign", {}, "evil.example:8000"],
];

for (const [name, options, host = "127.0.0.1:8000"] of WORLDS) {
  Deno.test(`every answer of every route to every method carries the security headers: ${name}`, async () => {
    const app = await startWholeApp(options);
    try {
      let answers = 0;
      for (const path of [...await addresses(app), ...OTHER_PATHS]) {
        for (const method of METHODS) {
          const answer = await app.web.fetch(path, { method, headers: { host } });
          await answer.body?.cancel();
          checkHeaders(`${method} ${path}`, answer);
          answers++;
        }
      }
      assert(answers > 500);
    } finally {
      await app.monitor.stop();
    }
  });
}

Deno.test("every page in HTML allows scripts and styles by nonce alone, and loads from nowhere else", async () => {
  const app = await startWholeApp();
  try {
    let pages = 0;
    for (const path of [...await addresses(app), ...OTHER_PATHS]) {
      const answer = await app.web.fetch(path, { headers: { accept: "text/html" } });
      const html = await answer.text();
      if (!answer.headers.get("content-type")?.startsWith("text/html")) continue;
      pages++;
      const policy = answer.headers.get("content-security-policy") ?? "";
      const [, nonce = "none"] = /script-src 'self' 'nonce-([\w+/=-]{16,})'/.exec(policy) ?? [];
      for (const [tag] of html.matchAll(/<(?:script|style)\b[^>]*>/g)) {
        assert(tag.includes("application/json") || tag.includes(`nonce="${nonce}"`), tag);
      }
      assert(!/<[^>]*\s(?:style|on\w+)=/i.test(html), `${path} has inline styles or handlers`);
      for (const [, address = ""] of html.matchAll(LOADED)) {
        const { protocol, origin } = new URL(address, ORIGIN);
        assert(protocol === "data:" || origin === ORIGIN, `${path} loads ${address}`);
      }
    }
    assert(pages > 10, `${pages} pages`);
  } finally {
    await app.monitor.stop();
  }
});

Deno.test("a page may load scripts, styles, images and data of its own, and nothing else", async () => {
  const app = await startWholeApp();
  try {
    const answer = await app.web.fetch("/", { headers: { host: "127.0.0.1:8000" } });
    await answer.body?.cancel();
    const policy = answer.headers.get("content-security-policy") ?? "";
    assertEquals(policy.replaceAll(/'nonce-[^']+'/g, "'nonce'").split("; ").sort(), [
      "base-uri 'none'",
      "connect-src 'self' ws://127.0.0.1:8000 wss://127.0.0.1:8000",
      "default-src 'self'",
      "font-src 'none'",
      "form-action 'self'",
      "frame-ancestors 'self'",
      "img-src 'self'",
      "media-src 'none'",
      "object-src 'none'",
      "script-src 'self' 'nonce'",
      "style-src 'self' 'nonce'",
      "worker-src 'none'",
    ]);
  } finally {
    await app.monitor.stop();
  }
});

Deno.test("what is answered to whoever is signed in stays in no shared cache", async () => {
  const app = await startWholeApp({ hasTokens: true });
  try {
    const isPublic = /^\/(status|badge|styles|favicon|_fresh|api\/status)/;
    for (const path of [...await addresses(app), ...OTHER_PATHS]) {
      if (isPublic.test(path)) continue;
      const headers = { authorization: "Bearer a token that operates", accept: "text/html" };
      const answer = await app.web.fetch(path, { headers });
      await answer.body?.cancel();
      const control = answer.headers.get("cache-control") ?? "";
      assert(/no-store|private|no-cache/.test(control), `${path}: "${control}"`);
    }
  } finally {
    await app.monitor.stop();
  }
});

/** Returns an address that is there for each route. */
async function addresses({ firing, silence, fault }: WholeApp): Promise<string[]> {
  return (await routePaths()).map((path) => {
    const id = path.includes("/silence") ? silence : path.includes("/faults") ? fault : firing;
    return path.replace("{id}", id).replace("{outcome}", "start")
      .replace("heartbeats/{service}", "heartbeats/nightly-backup")
      .replace("receivers/{name}", "receivers/log")
      .replace(/\{\w+\}/g, "checkout");
  });
}

function checkHeaders(what: string, { headers, status }: Response): void {
  for (const [name, value] of SECURITY_HEADERS) {
    const found = headers.get(name);
    const isForAll = name === "cross-origin-resource-policy" && /\/(badge|status)/.test(what);
    assert(found === value || (isForAll && found === "cross-origin"), `${what} ${status}: ${name}`);
  }
  const policy = headers.get("content-security-policy");
  assert(policy !== null, `${what} ${status} has no policy`);
  for (const word of ["unsafe-inline", "unsafe-eval", "unsafe-hashes", "*", "http:", "https:"]) {
    assert(!policy.includes(word), `${what}: ${policy}`);
  }
  assert(/frame-ancestors '(self|none)'/.test(policy), `${what}: ${policy}`);
  assert(/default-src '(self|none)'/.test(policy), `${what}: ${policy}`);
  assertEquals(headers.get("server"), null);
  assertEquals(headers.get("x-powered-by"), null);
}
