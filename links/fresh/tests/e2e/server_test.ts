import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";

import { build, CANNOT_RUN, createFixture, serve } from "../support/fixture_project.ts";

Deno.test({
  name: "a built project served with permissions for its folder and address only",
  ignore: CANNOT_RUN,
}, async (t) => {
  await using project = await createFixture({
    "routes/index.tsx": "export default () => <p>home</p>;",
    "routes/[id].tsx":
      "export default ({ params }: { params: { id: string } }) => <p>{params.id}</p>;",
    "routes/bug.ts": "export const handler = () => { throw new Error('seen in the log'); };",
    "static/a.css": "a{}",
  });
  await build(project);
  await using server = await serve(project);
  const ask = (path: string, init?: RequestInit) => fetch(`${server.origin}${path}`, init);

  await t.step("pages", async () => {
    assertStringIncludes(await (await ask("/")).text(), "<p>home</p>");
    assertStringIncludes(await (await ask("/x%20y")).text(), "<p>x y</p>");
  });

  await t.step("the peer's address", async () => {
    const { hostname } = await (await ask("/api/peer")).json();
    assertEquals(hostname, "127.0.0.1");
  });

  await t.step("static files, with HEAD and tags", async () => {
    const response = await ask("/a.css");
    const tag = response.headers.get("etag") ?? "";
    assertEquals(await response.text(), "a{}");
    assertMatch(tag, /^W\/"[0-9a-f]{40}"$/);
    const cached = await ask("/a.css", { headers: { "if-none-match": tag } });
    assertEquals([cached.status, await cached.text()], [304, ""]);
    const head = await ask("/a.css", { method: "HEAD" });
    assertEquals([head.headers.get("content-length"), await head.text()], ["3", ""]);
  });

  await t.step("errors", async () => {
    const statuses = await Promise.all([
      ask("/none/here"),
      ask("/", { method: "DELETE" }),
      ask("/%E0%A4%A"),
      ask("/bug"),
    ]);
    assertEquals(statuses.map((response) => response.status), [404, 405, 400, 500]);
    await Promise.all(statuses.map((response) => response.body?.cancel()));
    await server.written(/seen in the log/);
  });
});
