import { assert, assertEquals, assertNotEquals, assertStringIncludes } from "@std/assert";

import { ORIGIN, problemOf, startWeb, type WebOptions } from "@/tests/routes/web.ts";

const SAMPLE = '{"service":"checkout"}';

Deno.test("every answer carries the security headers", async (t) => {
  const web = await startWeb();
  web.monitor.fault = new Error("secret");
  const paths = ["/", "/none", "/styles.css", "/api/health", "/api/none", "/api/services"];
  for (const path of paths) {
    await t.step(path, async () => {
      const { headers, body } = await web.fetch(path);
      await body?.cancel();
      assertEquals(headers.get("x-content-type-options"), "nosniff");
      assertEquals(headers.get("x-frame-options"), "SAMEORIGIN");
      assertEquals(headers.get("referrer-policy"), "same-origin");
      assertEquals(headers.get("cross-origin-opener-policy"), "same-origin");
      assertStringIncludes(headers.get("permissions-policy") ?? "", "camera=()");
      const policy = headers.get("content-security-policy") ?? "";
      assertStringIncludes(policy, "frame-ancestors 'self'");
      assertStringIncludes(policy, "script-src 'self'");
      for (const word of ["unsafe", "upgrade-insecure-requests"]) assert(!policy.includes(word));
    });
  }
});

Deno.test("pages allow their own scripts by a nonce that is new each time", async (t) => {
  const web = await startWeb();
  for (const path of ["/", "/none"]) {
    await t.step(path, async () => {
      const nonces = new Set<string>();
      for (let turn = 0; turn < 2; turn++) {
        const response = await web.fetch(path);
        const policy = response.headers.get("content-security-policy") ?? "";
        const [, nonce = ""] = /script-src 'self' 'nonce-([^']+)'/.exec(policy) ?? [];
        // JSON in a script element is not run.
        const tags = [...(await response.text()).matchAll(/<(?:script|style)\b[^>]*>/g)]
          .filter(([tag]) => !tag.includes('type="application/json"'));
        assertNotEquals(tags.length, 0);
        for (const [tag] of tags) assertStringIncludes(tag, `nonce="${nonce}"`);
        nonces.add(nonce);
      }
      assertEquals(nonces.size, 2);
      assert(!nonces.has(""));
    });
  }
});

Deno.test("the policy lets pages reach the live socket of their own host only", async () => {
  const web = await startWeb();
  const response = await web.fetch("/", { headers: { host: "vitals.lan:8000" } });
  await response.body?.cancel();
  const policy = response.headers.get("content-security-policy") ?? "";
  assertStringIncludes(policy, "connect-src 'self' ws://vitals.lan:8000 wss://vitals.lan:8000;");
});

Deno.test("a fault is logged and answered without details", async (t) => {
  const web = await startWeb();
  web.monitor.fault = new Error("secret at /etc/vitals", { cause: "disk" });
  await t.step("as a problem below /api", async () => {
    const problem = await problemOf(await web.fetch("/api/services?token=x"), 500);
    assertEquals(problem, { type: "about:blank", title: "Internal Server Error", status: 500 });
    const [logged] = web.log.errors.splice(0);
    assertEquals(logged?.event, "request failed");
    assertEquals(logged?.fields?.path, "/api/services");
    assertEquals(logged?.fields?.error, "secret at /etc/vitals");
    assertEquals(logged?.fields?.cause, "disk");
  });
  await t.step("as a page elsewhere", async () => {
    const broken = await startWeb({ runtime: Promise.reject(new Error("secret: port taken")) });
    const response = await broken.fetch("/");
    assertEquals(response.status, 500);
    const html = await response.text();
    assertStringIncludes(html, "Something went wrong");
    assert(!html.includes("secret"));
    assertEquals(broken.log.errors.length, 1);
  });
  await t.step("while what the sender did wrong is not logged", async () => {
    await problemOf(await web.fetch("/api/none"), 404);
    assertEquals(web.log.errors, []);
  });
});

Deno.test("an address without a page gets a page that says so, with status 404", async () => {
  const web = await startWeb();
  const response = await web.fetch("/none");
  assertEquals(response.status, 404);
  assertEquals(response.headers.get("content-type"), "text/html; charset=utf-8");
  assertStringIncludes(await response.text(), "There is no such page");
});

Deno.test("static files do not wait for the monitor", async () => {
  const web = await startWeb({ runtime: new Promise(() => {}) });
  const response = await web.fetch("/styles.css");
  assertEquals(response.status, 200);
  await response.body?.cancel();
});

Deno.test("createWebApp() makes applications that share nothing", async () => {
  const [one, other] = [await startWeb(), await startWeb()];
  const headers = { "content-type": "application/json" };
  const response = await one.fetch("/api/samples", { method: "POST", headers, body: SAMPLE });
  assertEquals(response.status, 202);
  await response.body?.cancel();
  assertEquals([one.monitor.batches.length, other.monitor.batches.length], [1, 0]);
});

Deno.test("no page of another site can write", async (t) => {
  const evil = "https://evil.example";
  const rebound = "http://evil.example:8000";
  const rows: [name: string, headers: Record<string, string>, status: number][] = [
    ["a tool", {}, 202],
    ["our own page", { origin: ORIGIN }, 202],
    ["our own page, says the browser", { origin: ORIGIN, "sec-fetch-site": "same-origin" }, 202],
    ["a page of another site", { origin: evil }, 403],
    ["a page of another site, says the browser", {
      origin: evil,
      "sec-fetch-site": "cross-site",
    }, 403],
    ["a browser that keeps the origin to itself", { "sec-fetch-site": "cross-site" }, 403],
    ["another port of this machine", { origin: "http://127.0.0.1:9000" }, 403],
    ["nobody's page", { origin: "null" }, 403],
  ];
  for (const path of ["/api/samples", "/api/heartbeats/checkout"]) {
    const web = await startWeb();
    for (const [name, headers, status] of rows) {
      await t.step(`${name}, ${path}`, async () => {
        const before = web.monitor.batches.length;
        const response = await web.fetch(path, {
          method: "POST",
          headers: { host: "127.0.0.1:8000", "content-type": "application/json", ...headers },
          body: SAMPLE,
        });
        if (status === 403) await problemOf(response, 403);
        else assertEquals([response.status, await response.json()], [202, { accepted: 1 }]);
        assertEquals(web.monitor.batches.length - before, status === 403 ? 0 : 1);
      });
    }
  }

  const host = "evil.example:8000";
  const site = { origin: rebound, host, "sec-fetch-site": "same-origin" };
  async function writeRebound(options: WebOptions, shown: HeadersInit): Promise<Response> {
    const web = await startWeb(options);
    const request = new Request(`${rebound}/api/heartbeats/checkout`, {
      method: "POST",
      headers: { ...site, ...shown },
    });
    return await web.handle(request);
  }
  await t.step("a name made to point to this machine", async () => {
    await problemOf(await writeRebound({ listensOnLoopback: true }, {}), 403);
  });
  await t.step("a name made to point to a server for others", async () => {
    await problemOf(await writeRebound({ listensOnLoopback: false }, {}), 403);
  });
  await t.step("a server for others may have any name for who has the token", async () => {
    const options = { listensOnLoopback: false, token: "correct-horse" };
    const response = await writeRebound(options, { authorization: "Bearer correct-horse" });
    assertEquals(response.status, 202);
    await response.body?.cancel();
  });
});

Deno.test("a name made to point to this machine cannot even read", async () => {
  const web = await startWeb();
  const read = (host: string) => web.fetch("/api/services", { headers: { host } });
  await problemOf(await read("evil.example:8000"), 403);
  const own = await read("127.0.0.2:8000");
  assertEquals(own.status, 200);
  await own.body?.cancel();
});

Deno.test("a page of a configured origin can write", async (t) => {
  const origin = "https://vitals.example.com";
  const rows: [name: string, headers: Record<string, string>, status: number][] = [
    ["says its origin", { origin }, 202],
    ["says the browser", { origin, "sec-fetch-site": "same-origin" }, 202],
    ["on another host, says the browser", { origin, "sec-fetch-site": "cross-site" }, 202],
    ["the proxy passing Host on", { origin, host: "vitals.example.com" }, 202],
    ["not by another scheme", { origin: "http://vitals.example.com" }, 403],
    ["not by another port", { origin: `${origin}:8443` }, 403],
    ["not under it", { origin: "https://evil.vitals.example.com" }, 403],
    ["not another", { origin: "https://evil.example" }, 403],
    ["not another that its browser calls ours", {
      origin: "https://evil.example",
      "sec-fetch-site": "same-origin",
    }, 403],
    ["not without saying its origin", { "sec-fetch-site": "cross-site" }, 403],
    ["not nobody's page", { origin: "null" }, 403],
  ];
  for (const listensOnLoopback of [true, false]) {
    const web = await startWeb({ listensOnLoopback, token: "correct-horse" });
    web.monitor.configuredOrigins = [origin];
    const authorization = "Bearer correct-horse";
    for (const [name, headers, status] of rows) {
      await t.step(`${name}, ${listensOnLoopback ? "loopback" : "any address"}`, async () => {
        const response = await web.fetch("/api/heartbeats/checkout", {
          method: "POST",
          headers: { host: "127.0.0.1:8000", authorization, ...headers },
        });
        await response.body?.cancel();
        assertEquals(response.status, status);
      });
    }
    assertEquals(web.monitor.batches.length, rows.filter(([, , status]) => status === 202).length);
  }
});

Deno.test("a configured origin counts as long as it is configured", async () => {
  const web = await startWeb();
  const statuses: number[] = [];
  for (const origins of [[], ["https://vitals.example.com"], []]) {
    web.monitor.configuredOrigins = origins;
    const response = await web.fetch("/api/heartbeats/checkout", {
      method: "POST",
      headers: { host: "127.0.0.1:8000", origin: "https://vitals.example.com" },
    });
    await response.body?.cancel();
    statuses.push(response.status);
  }
  assertEquals(statuses, [403, 202, 403]);
});
