import { assertEquals, assertMatch } from "@std/assert";

import { openPage, untilLive } from "./browser.ts";
import { ChildProcess } from "./child_process.ts";
import { PROJECT } from "./running_app.ts";

/** The task `dev`, as its line in deno.json runs it. */
function devTask(port: number): ChildProcess {
  const env = { PORT: String(port), VITALS_DATA: ":memory:" };
  return new ChildProcess({ args: ["task", "dev"], folder: PROJECT, env });
}

Deno.test("dev: serves live pages, and ends when it is told to", async () => {
  await using task = devTask(0);
  const [, origin = ""] = await task.written(/Fresh ready: (http:\/\/127\.0\.0\.1:\d+)\//);
  {
    await using open = await openPage(`${origin}/`);
    await untilLive(open.page);
    assertEquals(open.errors, []);
  }
  task.kill("SIGTERM");
  assertEquals((await task.ended).code, 0);
});

Deno.test("dev: a taken port is one clear line", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  await using task = devTask(taken.addr.port);
  assertMatch(
    (await task.complained(/\n.*the port is taken.*\n/))[0],
    /^\nCannot listen on 127\.0\.0\.1:\d+: the port is taken; .+ deno task dev\n$/,
  );
});
