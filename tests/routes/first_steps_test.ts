import { assertEquals, assertMatch } from "@std/assert";

import { startWeb } from "./web.ts";

async function shows(headers: Record<string, string>, simulated = true): Promise<boolean> {
  const web = await startWeb();
  web.source.sample("auth-service", "cpu", 20);
  if (simulated) web.source.simulated.add("auth-service");
  const page = await web.fetch("/", { headers });
  return (await page.text()).includes("first-steps");
}

Deno.test("GET / shows first steps to whoever has not put them away", async () => {
  assertEquals(await shows({}), true);
  assertEquals(await shows({ cookie: "theme=dark; first-steps=done" }), false);
  assertEquals(await shows({ cookie: "x-first-steps=done" }), true);
  assertEquals(await shows({ "sec-fetch-dest": "iframe" }), false);
});

Deno.test("GET / shows no first steps where nothing is simulated", async () => {
  assertEquals(await shows({}, false), false);
});

Deno.test("POST /first-steps puts them away for a year, and leads back", async () => {
  const web = await startWeb();
  const answer = await web.fetch("/first-steps", {
    ...{ method: "POST", headers: { "sec-fetch-site": "same-origin" } },
  });
  assertEquals([answer.status, answer.headers.get("location")], [303, "/"]);
  assertMatch(
    answer.headers.get("set-cookie") ?? "",
    /^first-steps=done; Path=\/; Max-Age=31536000/,
  );
  assertEquals((await web.fetch("/first-steps")).status, 405);
});
