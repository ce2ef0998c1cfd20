import { assertEquals } from "@std/assert";

import { App, csrf, type CsrfOptions } from "../src/mod.ts";

const OTHER = "https://example.com";

Deno.test("csrf() decides by method and headers", async (t) => {
  const own = "http://localhost";
  const rows: [method: string, headers: Record<string, string>, status: number][] = [
    ["GET", { "sec-fetch-site": "cross-site", origin: OTHER }, 200],
    ["HEAD", { origin: OTHER }, 200],
    ["OPTIONS", { origin: OTHER }, 200],
    ["POST", {}, 200],
    ["POST", { origin: own }, 200],
    ["POST", { origin: OTHER }, 403],
    ["POST", { origin: "null" }, 403],
    ["POST", { "sec-fetch-site": "same-origin" }, 200],
    ["POST", { "sec-fetch-site": "none" }, 200],
    ["POST", { "sec-fetch-site": "same-site" }, 403],
    ["POST", { "sec-fetch-site": "cross-site" }, 403],
    ["POST", { "sec-fetch-site": "cross-site", origin: OTHER }, 403],
    ["POST", { "sec-fetch-site": "same-site", origin: own }, 200],
    ["DELETE", { origin: OTHER }, 403],
  ];
  for (const [method, headers, status] of rows) {
    await t.step(`${method} ${JSON.stringify(headers)}`, async () => {
      assertEquals(await ask({}, method, headers), status);
    });
  }
});

Deno.test("csrf() allows the origins it is told", async (t) => {
  const options: Record<string, CsrfOptions> = {
    string: { origin: OTHER },
    list: { origin: ["https://a.example", OTHER] },
    function: { origin: (origin, ctx) => origin === OTHER && ctx.url.pathname === "/" },
  };
  for (const [name, option] of Object.entries(options)) {
    await t.step(name, async () => {
      assertEquals(await ask(option, "POST", { origin: OTHER }), 200);
      assertEquals(
        await ask(option, "POST", { "sec-fetch-site": "cross-site", origin: OTHER }),
        200,
      );
      assertEquals(await ask(option, "POST", { origin: "https://b.example" }), 403);
      assertEquals(await ask(option, "POST", { origin: "http://localhost" }), 200);
    });
  }
});

async function ask(options: CsrfOptions, method: string, headers: HeadersInit): Promise<number> {
  const app = new App().use(csrf(options)).all("/", (ctx) => ctx.text("ok"));
  const response = await app.handler()(new Request("http://localhost/", { method, headers }));
  await response.body?.cancel();
  return response.status;
}
