import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";

import { openPage } from "../support/browser.ts";
import { build, CANNOT_RUN, createFixture, serve } from "../support/fixture_project.ts";

const FILES = {
  "routes/_app.tsx": `
    import type { PageProps } from "fresh";
    export default ({ Component }: PageProps) => (
      <html lang="en">
        <head><meta charset="utf-8" /><title>Test</title><link rel="icon" href="data:," /></head>
        <body><Component /></body>
      </html>
    );`,
  "lib/clicks.ts": `
    import { signal } from "@preact/signals";
    export const clicks = signal(0);`,
  "islands/Counter.tsx": `
    import { type ReadonlySignal, type Signal, useComputed } from "@preact/signals";
    import { clicks } from "../lib/clicks.ts";
    export default function Counter({ id, count }: { id: string; count: Signal<number> }) {
      const double = useComputed(() => count.value * 2);
      return (
        <>
          <button id={id} type="button" onClick={() => { count.value++; clicks.value++; }}>
            {count}
          </button>
          <output>{double} of {clicks}</output>
        </>
      );
    }
    export function Clicks({ start }: { start: ReadonlySignal<string> }) {
      return <p id="clicks">{start}{clicks}</p>;
    }`,
  "islands/Row.tsx": `
    import { useSignal } from "@preact/signals";
    export default function Row({ name }: { name: string }) {
      const rows = useSignal(1);
      return (
        <>
          <tr><td onClick={() => rows.value++}>{name}</td></tr>
          {Array.from({ length: rows.value - 1 }, () => <tr><td>more {name}</td></tr>)}
        </>
      );
    }`,
  "islands/Mismatch.tsx": `
    import { asset, Head, IS_BROWSER } from "fresh/runtime";
    export default function Mismatch(props: { text: string; nested: { list: unknown[] } }) {
      if (!IS_BROWSER) return <><b class="server">server</b><i>left over</i>text</>;
      return (
        <>
          <Head><title>ignored</title></Head>
          <p data-at={asset("/a.png")} data-props={JSON.stringify(props)}>browser</p>
        </>
      );
    }
    export function Broken() {
      if (IS_BROWSER) throw new Error("broken in the browser");
      return <b id="broken">server</b>;
    }`,
  "routes/index.tsx": `
    import { computed, signal } from "@preact/signals";
    import Counter, { Clicks } from "../islands/Counter.tsx";
    export default function Page() {
      const count = signal(3);
      const start = computed(() => "clicks: ");
      return (
        <main>
          <Counter id="a" count={count} /><hr /><Counter id="b" count={count} />
          <Clicks start={start} />
        </main>
      );
    }`,
  "routes/table.tsx": `
    import Row from "../islands/Row.tsx";
    export default () => <table><tbody><Row name="x" /><Row name="y" /></tbody></table>;`,
  "routes/mismatch.tsx": `
    import { asset } from "fresh/runtime";
    import Mismatch, { Broken } from "../islands/Mismatch.tsx";
    export default () => (
      <main data-at={asset("/a.png")}>
        <Broken />
        <Mismatch text={'</script><!-- "'} nested={{ list: [1, null, "$0", { a: true }] }} />
      </main>
    );`,
  "routes/nesting.tsx": `
    import Row from "../islands/Row.tsx";
    import { Clicks } from "../islands/Counter.tsx";
    import { signal } from "@preact/signals";
    export default () => <main><p><Clicks start={signal("s")} /></p><table><Row name="r" /></table></main>;`,
  "routes/plain.tsx": "export default () => <p>plain</p>;",
};

Deno.test({ name: "a built project in a browser", ignore: CANNOT_RUN }, async (t) => {
  await using project = await createFixture(FILES);
  await build(project);
  await using server = await serve(project);

  await t.step(
    "islands share signals given as props, and the state of modules",
    async () => {
      await using browser = await openPage(`${server.origin}/`);
      const { page, errors } = browser;
      const texts = () => page.locator("button, output, #clicks").allTextContents();
      assertEquals(await texts(), ["3", "6 of 0", "3", "6 of 0", "clicks: 0"]);
      await page.waitForFunction(() => !document.body.innerHTML.includes("<!--"));
      await page.click("#a");
      await page.click("#b");
      await page.getByText("clicks: 2").waitFor();
      assertEquals(await texts(), ["5", "10 of 2", "5", "10 of 2", "clicks: 2"]);
      assertEquals(errors, []);
    },
  );

  await t.step(
    "islands need no elements of their own, not even in tables",
    async () => {
      await using browser = await openPage(`${server.origin}/table`);
      const { page, errors } = browser;
      await page.waitForFunction(() => !document.body.innerHTML.includes("<!--"));
      await page.getByText("x", { exact: true }).click();
      await page.getByText("more x").waitFor();
      assertEquals(await page.locator("tr").allTextContents(), ["x", "more x", "y"]);
      assertEquals(errors, []);
    },
  );

  await t.step(
    "the browser's rendering replaces the server's, and one error stays one",
    async () => {
      await using browser = await openPage(`${server.origin}/mismatch`);
      const { page, errors } = browser;
      await page.getByText("browser").waitFor();
      assertEquals(await page.locator("main > *").count(), 1);
      assertEquals((await page.locator("main").textContent())?.trim(), "browser");
      const [at, props] = await page.locator("main p").evaluate((p) => [
        p.getAttribute("data-at"),
        p.getAttribute("data-props"),
      ]);
      assertEquals(at, await page.locator("main").getAttribute("data-at"));
      assertMatch(`${at}`, /^\/a\.png\?__frsh_c=[0-9a-f]{40}$/);
      assertEquals(JSON.parse(`${props}`), {
        text: '</script><!-- "',
        nested: { list: [1, null, "$0", { a: true }] },
      });
      assertEquals(await page.title(), "Test");
      assertEquals(errors, ["Error: broken in the browser"]);
    },
  );

  await t.step(
    "an island whose HTML the parser has moved is reported, others start",
    async () => {
      await using browser = await openPage(`${server.origin}/nesting`);
      const { page, errors } = browser;
      await page.waitForFunction(() => !document.body.innerHTML.includes("<!--"));
      assertEquals(await page.locator("#clicks").count(), 1);
      assertStringIncludes(errors.join("\n"), "Cannot start island 0: its HTML is nested wrongly");
    },
  );

  await t.step("pages without islands load no script", async () => {
    await using browser = await openPage("about:blank");
    const { page, errors } = browser;
    const requests: string[] = [];
    page.on("request", (request) => requests.push(new URL(request.url()).pathname));
    await page.goto(`${server.origin}/plain`);
    assertEquals(await page.textContent("body"), "plain");
    assertEquals([requests, errors], [["/plain"], []]);
  });

  await t.step("scripts without the nonce do not run", async () => {
    await using browser = await openPage(`${server.origin}/plain`);
    const { page, errors } = browser;
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.body.textContent = 'injected'";
      document.body.append(script);
    });
    assertEquals(await page.textContent("body > p"), "plain");
    assertStringIncludes(errors.join(), "Content Security Policy");
  });

  await t.step("pages reach WebSockets of their own origin", async () => {
    await using browser = await openPage(`${server.origin}/plain`);
    const answer = await browser.page.evaluate(() =>
      new Promise((resolve) => {
        const socket = new WebSocket(`ws://${location.host}/api/echo`);
        socket.onopen = () => socket.send("hello");
        socket.onmessage = (event) => resolve(event.data);
      })
    );
    assertEquals(answer, "hello");
  });
});
