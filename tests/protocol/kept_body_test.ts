import { assertEquals, assertNotEquals } from "@std/assert";

import { answerKept, keepBody } from "@/lib/protocol/kept_body.ts";

const HOW = { type: "text/plain", maxAgeS: 15 };

/** 2023-11-14T22:13:20.330Z. */
const AT = 1_700_000_000_330;

async function ask(headers: Record<string, string>, text = "hello"): Promise<Response> {
  return answerKept({ headers: new Headers(headers) }, await keepBody(text, AT), HOW);
}

Deno.test("answerKept() lets shared caches keep the body for a while", async () => {
  const response = await ask({});
  assertEquals(await response.text(), "hello");
  const { headers } = response;
  assertEquals(headers.get("cache-control"), "public, max-age=15, stale-while-revalidate=60");
  assertEquals(headers.get("last-modified"), "Tue, 14 Nov 2023 22:13:20 GMT");
  assertEquals([headers.get("content-type"), headers.get("vary")], [
    "text/plain",
    "accept-encoding",
  ]);
});

Deno.test("answerKept() compresses for those who understand it", async (t) => {
  const rows: [accepts: string, isShort: boolean][] = [
    ["gzip, deflate, br", true],
    ["*", true],
    ["GZIP;q=0.5", true],
    ["br", false],
    ["gzip;q=0", false],
    ["gzip; q=0.0, br", false],
    ["x-gzip-not", false],
  ];
  for (const [accepts, isShort] of rows) {
    await t.step(accepts, async () => {
      const response = await ask({ "accept-encoding": accepts }, "a".repeat(1_000));
      assertEquals(response.headers.get("content-encoding"), isShort ? "gzip" : null);
      const body = await response.blob();
      const plain = isShort
        ? body.stream().pipeThrough(new DecompressionStream("gzip"))
        : body.stream();
      assertEquals((await new Response(plain).text()).length, 1_000);
    });
  }
});

Deno.test("answerKept() sends nothing that is no news", async (t) => {
  const { etag } = await keepBody("hello", AT);
  const strong = etag.slice(2);
  const rows: [string, Record<string, string>, number][] = [
    ["the same tag", { "if-none-match": etag }, 304],
    ["without its W/, as a proxy may write it", { "if-none-match": strong }, 304],
    ["one of several", { "if-none-match": `"a", ${etag}` }, 304],
    ["any", { "if-none-match": "*" }, 304],
    ["another tag", { "if-none-match": '"a"' }, 200],
    ["a tag comes before a time", {
      "if-none-match": '"a"',
      "if-modified-since": "Tue, 14 Nov 2023 22:13:20 GMT",
    }, 200],
    ["not modified since", { "if-modified-since": "Tue, 14 Nov 2023 22:13:20 GMT" }, 304],
    ["modified since", { "if-modified-since": "Tue, 14 Nov 2023 22:13:19 GMT" }, 200],
    ["no time at all", { "if-modified-since": "yesterday" }, 200],
  ];
  for (const [name, headers, status] of rows) {
    await t.step(name, async () => {
      const response = await ask(headers);
      assertEquals(response.status, status);
      assertEquals(response.headers.get("etag"), etag);
      assertEquals((await response.text()).length, status === 304 ? 0 : 5);
    });
  }
});

Deno.test("keepBody() tells texts apart", async () => {
  assertNotEquals((await keepBody("a", AT)).etag, (await keepBody("b", AT)).etag);
});
