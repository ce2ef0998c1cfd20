import { assert, assertEquals } from "@std/assert";
import type { Page } from "playwright-core";

import { digestOf } from "@/lib/access/token_book.ts";

import { findViolations, noteErrors, openPage, untilLive } from "./browser.ts";
import { ChildProcess } from "./child_process.ts";
import { PROJECT, QUIET, RunningApp } from "./running_app.ts";

const TOKEN = "correct-horse-battery-staple";

function start(config: object = {}): Promise<RunningApp> {
  return RunningApp.start({ ...QUIET, ...config }, { VITALS_TOKEN: TOKEN });
}

async function signIn(page: Page, token = TOKEN): Promise<void> {
  await page.getByLabel("Token").fill(token);
  await page.keyboard.press("Enter");
}

Deno.test("access: one signs in by keyboard, stays so from page to page, and out closes what is open", async () => {
  await using app = await start();
  await using open = await openPage(`${app.origin}/alerts?view=history`);
  const { page } = open;
  assertEquals(new URL(page.url()).pathname, "/login");
  // The field has the keyboard by itself.
  await page.locator('input[type="password"]:focus').waitFor();
  await page.keyboard.type(TOKEN);
  await page.keyboard.press("Enter");
  await page.waitForURL(`${app.origin}/alerts?view=history`);
  await untilLive(page);
  await page.getByRole("link", { name: "Dashboard" }).click();
  await untilLive(page);
  await page.getByText("Signed in as VITALS_TOKEN").waitFor();
  const opened = page.waitForEvent("popup");
  await page.evaluate(() => void globalThis.open("/"));
  const other = await opened;
  await untilLive(other);
  const [cookie] = await page.context().cookies();
  assertEquals([cookie?.name, cookie?.httpOnly, cookie?.sameSite], [
    ...["vitals_session", true, "Strict"] as const,
  ]);
  for (const secret of [TOKEN, cookie?.value ?? ""]) {
    assert(!page.url().includes(secret) && !(await page.content()).includes(secret));
  }
  assertEquals(open.errors, []);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(`${app.origin}/login`);
  await other.getByText("Your session has ended.").waitFor();
  await other.getByRole("link", { name: "Sign in" }).click();
  await signIn(other);
  await untilLive(other);
  await page.goto(`${app.origin}/`);
  await untilLive(page);
});

Deno.test("access: a wrong token is told in words, and too many with when to come again", async () => {
  await using app = await start();
  await using open = await openPage(`${app.origin}/`);
  const { page } = open;
  for (let index = 0; index < 10; index++) {
    await signIn(page, `wrong ${index}`);
    await page.locator(`.failure`, { hasText: "This is no token of this Vitals." }).waitFor();
    assertEquals(await page.getByLabel("Token").inputValue(), "");
  }
  await signIn(page);
  await page.getByText("Too many tokens from your address were wrong.").waitFor();
  assertEquals(await findViolations(page), []);
});

Deno.test("access: an act after the session has ended says so, with the way to sign in", async () => {
  await using app = await start({
    rules: [{ name: "HIGH_CPU", metric: "cpu", above: 85, for: 1, severity: "warning" }],
  });
  await app.push({ service: "auth", metrics: { cpu: 99 } });
  await using open = await openPage(`${app.origin}/`);
  const { page } = open;
  await signIn(page);
  await untilLive(page);
  await page.getByRole("button", { name: "Acknowledge HIGH_CPU on auth" }).click();
  await page.getByLabel("Your name").fill("Anna");
  await page.context().clearCookies();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Sign in to do this").waitFor();
  assertEquals(await findViolations(page), []);
  await dialog.getByRole("link", { name: "Sign in" }).click();
  await signIn(page);
  await untilLive(page);
  // The name was remembered.
  await page.getByRole("button", { name: "Acknowledge HIGH_CPU on auth" }).click();
  await page.getByText("Acknowledged by Anna").waitFor();
  await page.goto(`${app.origin}/audit`);
  await page.getByText("Acknowledged an alert").waitFor();
});

Deno.test("access: a restart ends sessions, open pages say so, and the audit log is kept", async () => {
  await using app = await start();
  await using open = await openPage(`${app.origin}/`);
  await signIn(open.page);
  await untilLive(open.page);
  await app.end("SIGTERM");
  await app.start();
  await open.page.getByText("Your session has ended.").waitFor();
  const headers = { authorization: `Bearer ${TOKEN}` };
  const entries = await (await fetch(`${app.origin}/api/audit`, { headers })).json();
  assertEquals(entries.map(({ what }: { readonly what: string }) => what), ["POST /login"]);
});

Deno.test("access: a token that leaves the configuration closes the pages of its sessions", async () => {
  const tokens = [{ name: "anna", sha256: digestOf("token of anna"), scopes: ["operate"] }];
  await using app = await start({ auth: { tokens } });
  await using open = await openPage(`${app.origin}/`);
  await signIn(open.page, "token of anna");
  await untilLive(open.page);
  await app.configure(QUIET);
  await open.page.getByText("Your session has ended.").waitFor();
});

Deno.test("access: a link on a page of another site leads a signed-in person to where it points", async () => {
  await using app = await start();
  await using open = await openPage(`${app.origin}/`);
  const { page } = open;
  await signIn(page);
  await untilLive(page);
  const link = `<a href="${app.origin}/alerts?view=history">alert</a>`;
  await page.route(
    "http://chat.example/",
    (route) => route.fulfill({ body: link, contentType: "text/html" }),
  );
  await page.goto("http://chat.example/");
  await page.getByText("alert").click();
  await page.waitForURL(`${app.origin}/alerts?view=history`);
  await untilLive(page);
});

Deno.test("access: the talk shows the dashboard in its frame", async () => {
  await using app = await start();
  await using open = await openPage(`${app.origin}/slides#5`);
  await signIn(open.page);
  await open.page.waitForURL(/\/slides/);
  const frame = open.page.frameLocator("#demo");
  await frame.locator('.live[data-state="open"]').waitFor({ state: "attached" });
});

Deno.test("access: signing in works without scripts", async () => {
  await using app = await start();
  await using open = await openPage(`${app.origin}/alerts`, { javaScriptEnabled: false });
  const { page } = open;
  await signIn(page);
  await page.waitForURL(`${app.origin}/alerts`);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.waitForURL(`${app.origin}/login`);
});

for (const colorScheme of ["dark", "light"] as const) {
  Deno.test(`access: axe finds nothing on the ${colorScheme} pages, and they fit 360 pixels`, async () => {
    await using app = await start();
    const viewport = { width: 360, height: 740 };
    await using open = await openPage(`${app.origin}/login`, { colorScheme, viewport });
    const { page } = open;
    noteErrors(page, []);
    assertEquals(await findViolations(page), []);
    assertEquals(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    await signIn(page, "wrong");
    await page.getByText("This is no token of this Vitals.").waitFor();
    assertEquals(await findViolations(page), []);
    await signIn(page);
    await page.waitForURL(`${app.origin}/`);
    for (const path of ["/audit", "/"]) {
      await page.goto(app.origin + path);
      assertEquals(await findViolations(page), [], path);
      assertEquals(await page.evaluate(() => document.documentElement.scrollWidth), 360, path);
    }
  });
}

Deno.test("access: the agent works where tokens are set, with one for sending", async () => {
  const tokens = [{ name: "agents", sha256: digestOf("token of agents"), scopes: ["ingest"] }];
  await using app = await start({ auth: { tokens } });
  await using _agent = new ChildProcess({
    args: [
      ...["run", "--no-prompt", `--allow-net=127.0.0.1:${new URL(app.origin).port}`],
      ...["--allow-read=/proc/stat,/proc/meminfo", "--allow-sys=hostname,systemMemoryInfo,cpus"],
      ...["--allow-env=VITALS_TOKEN", "agent/main.ts"],
      ...["--url", app.origin, "--service", "my-laptop", "--interval", "100ms"],
    ],
    folder: PROJECT,
    env: { VITALS_TOKEN: "token of agents" },
  });
  await using open = await openPage(`${app.origin}/`);
  await signIn(open.page);
  await open.page.locator('#service-my-laptop[data-tone="ok"]').waitFor();
});
