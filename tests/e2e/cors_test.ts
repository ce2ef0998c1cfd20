import { assertEquals } from "@std/assert";

import { openPage } from "./browser.ts";
import { QUIET, RunningApp } from "./running_app.ts";

/** What a page of another site got. */
type Outcome = "read" | "written" | "opened" | "refused";

Deno.test("cors: in a browser, a page of a configured site reads, and does nothing else", async (t) => {
  await using site = startSite();
  for (const [origins, allowed] of [[[site.origin], true], ["*", true], [[], false]] as const) {
    await t.step(JSON.stringify(origins), async () => {
      await using app = await RunningApp.start({ ...QUIET, cors: { origins } });
      await app.push({ service: "checkout", metrics: { cpu: 41 } });
      await using open = await openPage(site.origin);
      const outcomes = await open.page.evaluate(tryAll, app.origin);
      const reading: Outcome = allowed ? "read" : "refused";
      assertEquals(outcomes, {
        plain: reading,
        asksFirst: reading,
        error: reading,
        write: "refused",
        socket: "refused",
        withCookies: "refused",
      });
    });
  }
});

/** Runs in the page. */
async function tryAll(vitals: string): Promise<Readonly<Record<string, Outcome>>> {
  async function attempt(act: () => Promise<Outcome>): Promise<Outcome> {
    try {
      return await act();
    } catch {
      return "refused";
    }
  }
  const read = (path: string, init?: RequestInit) =>
    attempt(async () => {
      const response = await fetch(vitals + path, init);
      await response.json();
      return "read";
    });
  return {
    plain: await read("/api/services"),
    asksFirst: await read("/api/health", { headers: { authorization: "Bearer x" } }),
    error: await read("/api/services/none"),
    write: await attempt(async () => {
      const headers = { "content-type": "application/json" };
      await fetch(`${vitals}/api/samples`, { method: "POST", headers, body: "{}" });
      return "written";
    }),
    socket: await attempt(() =>
      new Promise((resolve, reject) => {
        const socket = new WebSocket(`${vitals.replace("http", "ws")}/api/live`);
        socket.onopen = () => resolve("opened");
        socket.onerror = () => reject(new Error("refused"));
      })
    ),
    withCookies: await read("/api/services", { credentials: "include" }),
  };
}

/** A site with one page, under a name that is another site than the address of Vitals. */
function startSite(): AsyncDisposable & { readonly origin: string } {
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, () => {
    const headers = { "content-type": "text/html" };
    return new Response("<!doctype html><title>Wiki</title>", { headers });
  });
  return {
    origin: `http://localhost:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}
