import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";

import type { ServiceView } from "@/lib/protocol/views.ts";

import { RunningApp } from "./running_app.ts";

/** A fenced block of docs/sources.md. */
interface Block {
  /** What stands behind the fence, such as `"sh"`. */
  readonly kind: string;
  readonly text: string;
}

/** Returns the blocks of one section. */
async function readBlocks(section: string): Promise<readonly Block[]> {
  const text = await Deno.readTextFile(new URL("../../docs/sources.md", import.meta.url));
  const [, body = ""] = text.split(new RegExp(`^## ${section}:.*$`, "m"));
  const [own = ""] = body.split(/^## /m);
  return [...own.matchAll(/^```(\S.*)\n([^]*?)\n?^```$/gm)]
    .map(([, kind = "", block = ""]) => ({ kind, text: block }));
}

async function readBlock(section: string, kind: string): Promise<string> {
  const found = (await readBlocks(section)).filter((block) => block.kind === kind);
  assertEquals(found.length, 1, `blocks of ${kind} in ${section}`);
  return found[0]?.text ?? "";
}

/** Whether a program is there: the snippets are for machines that have it. */
function hasProgram(name: string): boolean {
  try {
    return new Deno.Command(name, { args: ["--version"], stdout: "null", stderr: "null" })
      .outputSync().success;
  } catch {
    return false;
  }
}

/** Declares a test that needs a program; where it is not there, the name of the skipped test says so. */
function testWith(program: string, name: string, fn: () => Promise<void>): void {
  const ignore = !hasProgram(program);
  Deno.test({ name: ignore ? `${name} (skipped: no ${program} here)` : name, ignore, fn });
}

interface Ended {
  readonly code: number;
  readonly text: string;
}

async function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { code, stdout, stderr } = await new Deno.Command(program, { args: [...args], env })
    .output();
  return { code, text: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

/** A folder for what the snippets call, and a Vitals with the configuration of the document. */
class Place implements AsyncDisposable {
  readonly app: RunningApp;
  readonly folder: string;

  private constructor(app: RunningApp, folder: string) {
    this.app = app;
    this.folder = folder;
  }

  static async open(): Promise<Place> {
    const [block] = (await readBlocks("heartbeat")).filter(({ kind }) => kind === "jsonc");
    // Comments are for people.
    const config = JSON.parse((block?.text ?? "").replaceAll(/^\s*\/\/.*$/gm, ""));
    const folder = await Deno.makeTempDir({ prefix: "vitals_doc_" });
    return new Place(await RunningApp.start(config), folder);
  }

  /** Puts a program into the folder, and returns its path. */
  async addProgram(name: string, text: string): Promise<string> {
    const path = join(this.folder, name);
    await Deno.writeTextFile(path, text, { mode: 0o755 });
    return path;
  }

  /** Returns a snippet that means this Vitals, and programs that are here. */
  adapt(text: string, programs: Readonly<Record<string, string>> = {}): string {
    const here = text.replaceAll(
      /http:\/\/127\.0\.0\.1:8000|https:\/\/vitals\.example\.com/g,
      () => this.app.origin,
    );
    return Object.entries(programs).reduce((left, [from, to]) => left.replaceAll(from, to), here);
  }

  async service(name: string): Promise<ServiceView> {
    const response = await fetch(`${this.app.origin}/api/services/${name}`);
    const view = await response.json();
    assertEquals(response.status, 200, JSON.stringify(view));
    return view;
  }

  async values(name: string): Promise<Readonly<Record<string, number>>> {
    const { metrics } = await this.service(name);
    return Object.fromEntries(Object.entries(metrics).map(([id, { value }]) => [id, value]));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.app[Symbol.asyncDispose]();
    await Deno.remove(this.folder, { recursive: true });
  }
}

testWith("curl", "sources.md pushes from a shell", async () => {
  await using place = await Place.open();
  const { code, text } = await run("sh", ["-c", place.adapt(await readBlock("push", "sh"))]);
  assertEquals([code, text], [0, '{"accepted":1}']);
  assertEquals(await place.values("checkout"), { cpu: 41.2, latency: 120.5 });
});

Deno.test("sources.md pushes in TypeScript", async () => {
  await using place = await Place.open();
  const text = place.adapt(await readBlock("push", "ts ignore"));
  const path = await place.addProgram("push.ts", text);
  const args = ["run", "--no-config", "--check", "--no-prompt", "--allow-net=127.0.0.1", path];
  const ended = await run(Deno.execPath(), args);
  assertEquals(ended.code, 0, ended.text);
  assertEquals(await place.values("checkout"), { latency: 120.5, errorRate: 0.4 });
});

testWith("python3", "sources.md pushes in Python", async () => {
  await using place = await Place.open();
  const path = await place.addProgram("push.py", place.adapt(await readBlock("push", "python")));
  const ended = await run("python3", ["-I", path]);
  assertEquals([ended.code, ended.text], [0, ""]);
  assertEquals(await place.values("checkout"), { cpu: 41.2, memory: 63 });
});

/** Clients are not told apart by what they do when Vitals refuses: they say what it said. */
testWith("python3", "the client in Python says what is wrong with a sample", async () => {
  await using place = await Place.open();
  const text = place.adapt(await readBlock("push", "python"), { '"cpu": 41.2': '"cpu": 141.2' });
  const ended = await run("python3", ["-I", await place.addProgram("push.py", text)]);
  assertEquals(ended.code, 1);
  assert(ended.text.includes("must be a number from 0 to 100 %, got 141.2"), ended.text);
});

/** Returns the commands of the lines of a crontab. */
async function readCrontab(): Promise<readonly string[]> {
  const lines = (await readBlocks("heartbeat")).filter(({ kind }) => kind === "crontab");
  return lines.map(({ text }) => text.replace(/^(?:\S+ ){5}/, ""));
}

testWith("curl", "sources.md has a job say that it ran", async () => {
  await using place = await Place.open();
  const [line = ""] = await readCrontab();
  const good = await place.addProgram("good", "#!/bin/sh\n");
  const bad = await place.addProgram("bad", "#!/bin/sh\nexit 1\n");
  await run("sh", ["-c", place.adapt(line, { "/usr/local/bin/import": bad })]);
  assertEquals((await place.service("import")).lastHeartbeat, null);
  const { code, text } = await run("sh", [
    ...["-c", place.adapt(line, { "/usr/local/bin/import": good })],
  ]);
  assertEquals([code, text], [0, ""]);
  const { status } = await place.service("import");
  assertEquals([status, await place.values("import")], ["HEALTHY", { errorRate: 0 }]);
});

testWith("curl", "sources.md has a job say when it begins and how it ends", async () => {
  await using place = await Place.open();
  const [, line = ""] = await readCrontab();
  const backup = await place.addProgram("backup", "#!/bin/sh\nexit 3\n");
  const command = place.adapt(line, { "/usr/local/bin/backup": backup });
  assertEquals(await run("sh", ["-c", command]), { code: 0, text: "" });
  const failed = await place.service("nightly-backup");
  assertEquals([failed.status, failed.failure?.detail], ["DEGRADED", "The job ended with exit 3"]);
  await place.addProgram("backup", "#!/bin/sh\n");
  assertEquals(await run("sh", ["-c", command]), { code: 0, text: "" });
  const { status, failure, source } = await place.service("nightly-backup");
  assertEquals([status, failure], ["HEALTHY", null]);
  assertEquals(source, { kind: "heartbeat", about: "0 3 * * * Europe/Berlin", runs: [] });
  assertEquals(Object.keys(await place.values("nightly-backup")), ["errorRate", "duration"]);
});

testWith("curl", "sources.md has a wrapper for any command", async () => {
  await using place = await Place.open();
  const text = await readBlock("heartbeat", "sh file=vitals-job");
  const wrapper = await place.addProgram("vitals-job", text);
  const env = { VITALS_URL: place.app.origin };
  const bad = ["import", "sh", "-c", "echo copying; echo no space left >&2; exit 4"];
  assertEquals(await run(wrapper, bad, env), { code: 4, text: "copying\nno space left\n" });
  const { failure } = await place.service("import");
  assertEquals([failure?.reason, failure?.detail], ["exit 4", "copying no space left"]);
  assertEquals(await run(wrapper, ["import", "echo", "well"], env), { code: 0, text: "well\n" });
  const { status, source } = await place.service("import");
  assertEquals([status, source], ["HEALTHY", { kind: "heartbeat", about: "every 1 h", runs: [] }]);
});

testWith("curl", "sources.md has a service of systemd say how it ended", async () => {
  await using place = await Place.open();
  const unit = place.adapt(await readBlock("heartbeat", "ini"));
  const env = Object.fromEntries(
    [...unit.matchAll(/^Environment="?(\w+)=([^"\n]*)"?$/gm)].map(([, key, value]) =>
      [key ?? "", value ?? ""] as const
    ),
  );
  const shell = (key: string) =>
    new RegExp(`^${key}=-/bin/sh -c "(.*)"$`, "m").exec(unit)?.[1] ?? "";
  assertEquals(await run("sh", ["-c", shell("ExecStartPre")], env), { code: 0, text: "" });
  const killed = { ...env, EXIT_STATUS: "KILL" };
  assertEquals(await run("sh", ["-c", shell("ExecStopPost")], killed), { code: 0, text: "" });
  assertEquals((await place.service("nightly-backup")).failure?.reason, "signal KILL");
  await run("sh", ["-c", shell("ExecStopPost")], { ...env, EXIT_STATUS: "0" });
  assertEquals((await place.service("nightly-backup")).status, "HEALTHY");
});

testWith("curl", "sources.md has a workflow of GitHub Actions say how it ended", async () => {
  await using place = await Place.open();
  const workflow = place.adapt(await readBlock("heartbeat", "yaml"));
  const [, job = ""] = /^ {2}JOB: (.*)$/m.exec(workflow) ?? [];
  const [start = "", success = "", failure = ""] = [...workflow.matchAll(/run: (curl .*)$/gm)]
    .map(([, command = ""]) => command);
  const env = { JOB: job, TOKEN: "t", GITHUB_RUN_ID: "4711" };
  const accepted = { code: 0, text: '{"accepted":1}' };
  const step = async (command: string) =>
    assertEquals(await run("sh", ["-c", command], env), accepted);
  await step(start);
  const { source } = await place.service("nightly-backup");
  assert(source.kind === "heartbeat");
  assertEquals(source.runs.map(({ id }) => id), ["4711"]);
  await step(failure);
  assertEquals((await place.service("nightly-backup")).failure?.reason, "failed");
  await step(start);
  await step(success);
  assertEquals((await place.service("nightly-backup")).status, "HEALTHY");
  assertEquals(Object.keys(await place.values("nightly-backup")), ["errorRate", "duration"]);
});
