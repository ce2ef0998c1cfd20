import { join } from "node:path";

import { assertEquals, assertMatch } from "@std/assert";

import { serverPermissions } from "@/tools/permissions.ts";

import { PROJECT } from "./running_app.ts";
import { ChildProcess, runToEnd } from "./child_process.ts";

const READY = /Vitals is ready: (http:\/\/127\.0\.0\.1:\d+)\/\n/;

/** The project's own data is not touched. */
const MEMORY = { VITALS_DATA: ":memory:" };

/** The task `start`, as its line in deno.json runs it. */
function startTask(env: Readonly<Record<string, string>>): ChildProcess {
  return new ChildProcess({ args: ["task", "start"], folder: PROJECT, env: { ...MEMORY, ...env } });
}

/** The launcher behind the task. */
function launcher(env: Readonly<Record<string, string>>): ChildProcess {
  return new ChildProcess({
    args: ["run", "-A", "tools/start.ts"],
    folder: PROJECT,
    env: { ...MEMORY, ...env },
  });
}

/** Holds a socket to a server: its end closes every socket, however it comes. */
async function watchServer(origin: string): Promise<{ readonly gone: Promise<void> }> {
  const socket = new WebSocket(`${origin.replace("http", "ws")}/api/live`);
  const gone = new Promise<void>((resolve) => socket.onclose = () => resolve());
  await new Promise((resolve) => socket.onmessage = resolve);
  return { gone };
}

Deno.test("start: builds, serves, and ends with code 0 when it is told to", async () => {
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    await using task = startTask({ PORT: "0" });
    const [, origin = ""] = await task.written(READY);
    const server = await watchServer(origin);
    task.kill(signal);
    assertEquals((await task.ended).code, 0);
    await server.gone;
  }
});

Deno.test("start: the server ends with a launcher that is killed", async () => {
  await using killed = launcher({ PORT: "0" });
  const [, origin = ""] = await killed.written(READY);
  const server = await watchServer(origin);
  killed.kill("SIGKILL");
  await server.gone;
});

Deno.test("start: the server ends with a task that is killed", async () => {
  await using killed = startTask({ PORT: "0" });
  const [, origin = ""] = await killed.written(READY);
  const server = await watchServer(origin);
  killed.kill("SIGKILL");
  await server.gone;
});

Deno.test("start: a taken port is one clear line and exit code 1", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = taken.addr;
  await using starting = launcher({ PORT: String(port) });
  const { code, stderr } = await starting.ended;
  assertEquals(code, 1);
  assertMatch(
    stderr,
    new RegExp(`^Cannot listen on 127\\.0\\.0\\.1:${port}: the port is taken; .+\n$`),
  );
});

Deno.test("start: what cannot be used is one clear line and exit code 1", async () => {
  const rows: [env: Record<string, string>, line: string][] = [
    [{ PORT: "http" }, 'Cannot use PORT "http": it must be a whole number from 0 to 65535\n'],
    [{ HOST: "a b" }, 'Cannot use HOST "a b": it must be a name or an address\n'],
    [
      { VITALS_CONFIG: "/srv/a,b/vitals.jsonc" },
      'Cannot use VITALS_CONFIG "/srv/a,b/vitals.jsonc": the path of its folder must be without commas\n',
    ],
  ];
  for (const [env, line] of rows) {
    await using starting = launcher(env);
    const { code, stdout, stderr } = await starting.ended;
    assertEquals({ code, stdout, stderr }, { code: 1, stdout: "", stderr: line });
  }
});

Deno.test("start: a bad configuration is named and ends the start", async () => {
  const folder = await Deno.makeTempDir({ prefix: "vitals, e2e " });
  try {
    const config = "mine.jsonc";
    await Deno.writeTextFile(`${folder}/${config}`, '{ "limits": { "services": -1 } }');
    const args = ["run", "--no-prompt", "--allow-net", "--allow-read", "--allow-env", "serve.ts"];
    const env = { PORT: "0", VITALS_CONFIG: `${folder}/${config}` };
    const { code, stderr } = await runToEnd({ args, folder: PROJECT, env: { ...MEMORY, ...env } });
    assertEquals(code, 1);
    assertMatch(stderr, /limits\.services \(line 1\): must be .+, got -1\n/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("start: a receiver that came into the file after the launcher read it asks for a restart", async () => {
  const folder = await Deno.makeTempDir({ prefix: "vitals_e2e_" });
  try {
    const receivers = [{ name: "ops", kind: "slack", url: "http://127.0.0.1:9/secret-path" }];
    const config = join(folder, "vitals.config.jsonc");
    await Deno.writeTextFile(config, JSON.stringify({ receivers }));
    const env = { HOST: "127.0.0.1", PORT: "0", VITALS_CONFIG: config };
    const args = ["run", ...serverPermissions(env, PROJECT), "serve.ts"];
    await using server = new ChildProcess({ args, folder: PROJECT, env: { ...MEMORY, ...env } });
    const [, origin = ""] = await server.written(READY);
    const health = await (await fetch(`${origin}/api/health`)).json();
    assertEquals(health.checks.config, {
      status: "warn",
      output: "restart Vitals to let it reach 127.0.0.1:9",
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
