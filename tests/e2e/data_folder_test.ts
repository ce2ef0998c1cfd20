import { join } from "node:path";

import { assertEquals } from "@std/assert";

import { serverPermissions } from "@/tools/permissions.ts";
import { NO_NEEDS } from "@/tools/server_needs.ts";

import { ChildProcess, runToEnd } from "./child_process.ts";
import { PROJECT } from "./running_app.ts";

const READY = /Vitals is ready: (http:\/\/127\.0\.0\.1:\d+)\/\n/;

const PROBE = join(PROJECT, "tests", "e2e", "write_probe.ts");

/** What is tried in a project. */
interface Probe {
  readonly project: string;
  readonly VITALS_DATA?: string;
  /** The folder that is created first. */
  readonly folder: string;
  /** Files that are written, without and with a worker. */
  readonly paths: readonly string[];
}

/** Returns what came of it, once by the process itself and once by a worker of it. */
async function probe({ project, VITALS_DATA, folder, paths }: Probe): Promise<readonly unknown[]> {
  const flags = serverPermissions({ VITALS_DATA }, project);
  // The module of a worker must be one that the server may read.
  const program = join(project, "write_probe.ts");
  await Deno.copyFile(PROBE, program);
  const outcomes: unknown[] = [];
  for (const mode of [[], ["worker"]]) {
    const args = ["run", "--no-config", "--unstable-worker-options", ...flags, program];
    const { stdout, stderr } = await runToEnd({
      args: [...args, ...mode, folder, ...paths],
      folder: project,
    });
    outcomes.push(stdout === "" ? stderr : JSON.parse(stdout));
    await Deno.remove(join(folder, "vitals.db")).catch(() => {});
  }
  return outcomes;
}

async function withFolder(act: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "vitals_e2e_" });
  try {
    await act(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("data folder: the server and a worker can create it and write inside, not outside", async (t) => {
  const rows: readonly [name: string, VITALS_DATA: string | undefined, folder: string][] = [
    ["the usual one", undefined, "project, here/data"],
    ["inside the project", "kept/deep", "project, here/kept/deep"],
    ["outside, with folders above it that are not there", "../out/side/data", "out/side/data"],
  ];
  for (const [name, VITALS_DATA, place] of rows) {
    await t.step(name, () =>
      withFolder(async (root) => {
        // Only paths outside of the project must be without commas.
        const project = join(root, "project, here");
        await Deno.mkdir(project);
        const folder = join(root, place);
        const inside = join(folder, "vitals.db");
        const beside = `${folder}-other.db`;
        const program = join(project, "main.ts");
        const paths = [inside, beside, program];
        const expected = [
          [folder, "done"],
          ...[[inside, "done"], [beside, "NotCapable"], [program, "NotCapable"]],
          ...[[inside, "done"], [beside, "NotCapable"], [program, "NotCapable"]],
        ];
        const change = VITALS_DATA === undefined ? {} : { VITALS_DATA };
        assertEquals(await probe({ project, folder, paths, ...change }), [expected, expected]);
      }));
  }
});

Deno.test("data folder: a link to a folder that is there will do", () =>
  withFolder(async (root) => {
    const folder = join(root, "link");
    await Deno.mkdir(join(root, "real"));
    await Deno.symlink(join(root, "real"), folder);
    await Deno.mkdir(join(root, "project"));
    const inside = join(folder, "vitals.db");
    const expected = [[folder, "done"], [inside, "done"], [inside, "done"]];
    const project = join(root, "project");
    assertEquals(await probe({ project, VITALS_DATA: folder, folder, paths: [inside] }), [
      expected,
      expected,
    ]);
    assertEquals((await Deno.stat(join(root, "real", "vitals.db.txt"))).size, 1);
  }));

Deno.test("data folder: without one the server can write nothing", () =>
  withFolder(async (project) => {
    const folder = join(project, "data");
    const inside = join(project, "vitals.db");
    const [outcomes] = await probe({
      ...{ project, VITALS_DATA: ":memory:", folder, paths: [inside] },
    });
    assertEquals(outcomes, [
      ...[[folder, "NotCapable"], [inside, "NotCapable"], [inside, "NotCapable"]],
    ]);
  }));

Deno.test("data folder: another history.path asks for a restart, unless VITALS_DATA says where", async (t) => {
  const output = "restart Vitals to keep its history where history.path says now";
  const rows: readonly [name: string, VITALS_DATA: string, config: unknown][] = [
    ["without the variable", "", { status: "warn", output }],
    ["with it", ":memory:", { status: "pass" }],
  ];
  for (const [name, VITALS_DATA, expected] of rows) {
    await t.step(name, () =>
      withFolder(async (folder) => {
        const config = join(folder, "vitals.config.jsonc");
        const path = join(folder, "kept");
        await Deno.writeTextFile(config, JSON.stringify({ history: { path } }));
        const env = { HOST: "127.0.0.1", PORT: "0", VITALS_CONFIG: config, VITALS_DATA };
        const needs = { ...NO_NEEDS, historyPath: path };
        const args = ["run", ...serverPermissions(env, PROJECT, needs), "serve.ts"];
        await using server = new ChildProcess({ args, folder: PROJECT, env });
        const [, origin = ""] = await server.written(READY);
        const { checks: before } = await (await fetch(`${origin}/api/health`)).json();
        await Deno.writeTextFile(
          config,
          JSON.stringify({ history: { path: `${path}-elsewhere` } }),
        );
        await server.complained(/config changed/);
        const { checks: after } = await (await fetch(`${origin}/api/health`)).json();
        assertEquals([before.config, after.config], [{ status: "pass" }, expected]);
      }));
  }
});
