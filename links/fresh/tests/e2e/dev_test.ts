import { assertEquals, assertMatch } from "@std/assert";

import { openPage } from "../support/browser.ts";
import { CANNOT_RUN, createFixture, develop } from "../support/fixture_project.ts";

const ISLAND = `
  import { useSignal } from "@preact/signals";
  export default function Island() {
    const on = useSignal(false);
    return <button type="button" onClick={() => on.value = true}>{on.value ? "on" : "off"}</button>;
  }`;
const ROUTE = `
  import Island from "../islands/Island.tsx";
  export default () => <main><h1>first</h1><Island /></main>;`;

Deno.test({ name: "a project under development", ignore: CANNOT_RUN }, async (t) => {
  await using project = await createFixture({
    "islands/Island.tsx": ISLAND,
    "routes/index.tsx": ROUTE,
    "static/a.css": "a{}",
  });
  await using server = await develop(project);
  await using browser = await openPage(server.origin);
  const { page } = browser;

  await t.step(
    "islands start, under a policy without inline scripts",
    async () => {
      await page.getByText("off").click();
      await page.getByText("on", { exact: true }).waitFor();
    },
  );

  await t.step("a changed route reloads the page", async () => {
    await project.write({ "routes/index.tsx": ROUTE.replace("first", "second") });
    await page.getByText("second").waitFor();
  });

  await t.step(
    "a changed island reloads the page, and starts again",
    async () => {
      await project.write({ "islands/Island.tsx": ISLAND.replace('"off"', '"still off"') });
      await page.getByText("still off").click();
      await page.getByText("on", { exact: true }).waitFor();
    },
  );

  await t.step(
    "static files are sent as they are, and never cached",
    async () => {
      const response = await fetch(`${server.origin}/a.css`);
      assertEquals(await response.text(), "a{}");
      assertEquals(response.headers.get("etag"), null);
      assertMatch(response.headers.get("cache-control") ?? "", /no-store/);
    },
  );

  await t.step(
    "an ordinary request to the reload socket is refused",
    async () => {
      const response = await fetch(`${server.origin}/_frsh/alive`);
      await response.body?.cancel();
      assertEquals(response.status, 501);
    },
  );
});
