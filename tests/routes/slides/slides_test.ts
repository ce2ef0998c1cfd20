import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";

import { SLIDES } from "@/components/slides/script.ts";
import { startWeb } from "@/tests/routes/web.ts";

async function read(path: string): Promise<string> {
  const response = await (await startWeb()).fetch(path);
  assertEquals(response.status, 200, path);
  return await response.text();
}

Deno.test("/slides has all slides before scripts run, and the dashboard in a frame", async () => {
  const html = await read("/slides");
  for (const { number } of SLIDES) assertStringIncludes(html, `data-slide="${number}"`);
  assertStringIncludes(html, '<iframe id="demo" class="demo-live" src="/"');
  assertFalse(html.includes("data-current"));
  for (const { notes: [note = ""] } of SLIDES) assertFalse(html.includes(note));
});

Deno.test("/slides takes its title from the slide that the address names", async () => {
  assertStringIncludes(
    await read("/slides?slide=3"),
    "<title>How a sample travels · Vitals</title>",
  );
  assertStringIncludes(await read("/slides?slide=99"), "<title>Lessons · Vitals</title>");
});

Deno.test("/slides?presenter=1 has notes, time and previews instead of the slides", async () => {
  const html = await read("/slides?presenter=1&slide=2");
  assertFalse(html.includes("data-slide"));
  for (const note of SLIDES[1]?.notes ?? []) assertStringIncludes(html, note);
  assertStringIncludes(html, "Reset time");
});

Deno.test("/slides?preview=1 has the slides without a second dashboard", async () => {
  for (const preview of [0, 1]) {
    const html = await read(`/slides?preview=${preview}`);
    assertStringIncludes(html, 'data-slide="7"');
    assertFalse(html.includes("<iframe"));
  }
});

Deno.test("pages may be framed by pages of their own origin only", async () => {
  const web = await startWeb();
  for (const path of ["/", "/slides", "/alerts", "/none"]) {
    const { headers, body } = await web.fetch(path);
    await body?.cancel();
    const directives = (headers.get("content-security-policy") ?? "").split("; ");
    assertEquals(directives.filter((directive) => directive.startsWith("frame-")), [
      "frame-ancestors 'self'",
    ]);
    assert(directives.includes("default-src 'self'"));
    assertEquals(headers.get("x-frame-options"), "SAMEORIGIN");
  }
});
