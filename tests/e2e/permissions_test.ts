import { join } from "node:path";

import { assert, assertEquals } from "@std/assert";

import { freePort, listen, RawServer } from "@/tests/support/raw_server.ts";
import { INSTALLED, serverPermissions } from "@/tools/permissions.ts";
import { readServerNeeds } from "@/tools/server_needs.ts";

import { runToEnd } from "./child_process.ts";
import { PROJECT } from "./running_app.ts";

const PROBE = "tests/e2e/permission_probe.ts";

/** What the tasks `start`, `serve` and `dev` would permit, for a file that names a host and a variable. */
interface Server {
  readonly flags: readonly string[];
  /** The configuration's folder, which is not the history's. */
  readonly folder: string;
  readonly data: string;
  readonly port: number;
}

function flagsOf(folder: string, { port, receiver }: { port: number; receiver: string }): Server {
  const config = join(folder, "vitals.config.jsonc");
  const data = join(folder, "data");
  const receivers = [
    { name: "ops", kind: "slack", url: `http://${receiver}/hook` },
    { name: "pager", kind: "webhook", url: "http://127.0.0.1:9/x", secret: "${PAGER_SECRET}" },
  ];
  Deno.writeTextFileSync(config, JSON.stringify({ receivers }));
  Deno.mkdirSync(data);
  const env = { PORT: String(port), VITALS_CONFIG: config, VITALS_DATA: data };
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const needs = readServerNeeds({
    ...{ project: PROJECT, config, read: (path: string) => Deno.readTextFileSync(path) },
    env: (name) => name === "PAGER_SECRET" ? secret : undefined,
  });
  return { flags: serverPermissions(env, PROJECT, needs), folder, data, port };
}

Deno.test("permissions: the server reads, writes, runs and reaches what it needs, and nothing else", async (t) => {
  await using receiver = new RawServer(listen);
  await using other = new RawServer(listen);
  const hosts = { receiver: `127.0.0.1:${receiver.port}`, other: `127.0.0.1:${other.port}` };
  const folder = await Deno.makeTempDir({ prefix: "vitals_e2e_" });
  try {
    const server = flagsOf(folder, { port: freePort(), receiver: hosts.receiver });
    const { may, mayNot } = attempts(server, hosts);
    const { stdout, stderr } = await probe(server, [...may, ...mayNot]);
    const outcomes = new Map(
      stdout.trim().split("\n").map((line) => {
        const at = line.lastIndexOf(" ");
        return [line.slice(0, at), line.slice(at + 1)];
      }),
    );
    for (const line of may) {
      await t.step(`may ${line}`, () => assertEquals(outcomes.get(line), "done", stderr));
    }
    for (const line of mayNot) {
      // What no module can be found for is told as a TypeError.
      const refused = line.startsWith("import ") ? "TypeError" : "NotCapable";
      await t.step(`may not ${line}`, () => assertEquals(outcomes.get(line), refused, stderr));
    }
    assertEquals(other.accepted, 0);
    assert(receiver.accepted > 0);
    assert(!stderr.includes("Download"), stderr);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

interface Hosts {
  readonly receiver: string;
  readonly other: string;
}

function attempts({ folder, data, port }: Server, { receiver, other }: Hosts) {
  return {
    may: [
      ...["read README.md", "readByNode README.md", "list .", `list ${folder}`],
      ...[`write ${join(data, "vitals.db")}`, `read ${join(data, "vitals.db")}`],
      ...["HOST", "PORT", "VITALS_CONFIG", "VITALS_DATA", "VITALS_TOKEN", "PAGER_SECRET"]
        .map((name) => `env ${name}`),
      ...[`listen 127.0.0.1:${port}`, `connect ${receiver}`, `connectByNode ${receiver}`],
    ],
    mayNot: [
      ...["/etc/passwd", "/proc/self/environ", "/proc/self/cmdline", join(PROJECT, "../x")]
        .flatMap((path) => [`read ${path}`, `readByNode ${path}`]),
      ...["list /", `list ${join(folder, "..")}`, `read ${data}/../../x`],
      ...["README.new", "_fresh/server.js", join(folder, "vitals.config.jsonc"), `${data}-other`]
        .map((path) => `write ${path}`),
      ...[`write ${data}/../escaped`, `link ${join(data, "link")}`],
      ...["run echo", "runByNode echo", "sys x", "ffi libc.so.6", "allEnv x"],
      ...["PATH", "HOME", "HOOK_URL", "AWS_SECRET_ACCESS_KEY"].flatMap((name) => [
        ...[`env ${name}`, `envByNode ${name}`, `setEnv ${name}`],
      ]),
      ...[`connect ${other}`, `connectByNode ${other}`, `fetch http://${other}/`],
      ...[`socket ws://${other}/`, `connectUnix ${join(folder, "socket")}`, "resolve localhost"],
      ...["fetch http://169.254.169.254/", "connect 127.0.0.1:22", "listen 127.0.0.1:0"],
      ...[`listen 0.0.0.0:${port}`],
      ...["import https://deno.land/std/version.ts", "import https://esm.sh/preact"],
      ...["import https://jsr.io/@std/assert/meta.json", `import http://${other}/x.ts`],
      ...["import npm:left-pad", "import file:///etc/passwd"],
    ],
  };
}

async function probe(
  { flags }: Server,
  lines: readonly string[],
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return await runToEnd({
    args: ["run", INSTALLED, ...flags, PROBE, ...lines],
    folder: PROJECT,
    env: { HOME: "/root", AWS_SECRET_ACCESS_KEY: "x", PAGER_SECRET: "x", HOOK_URL: "x" },
  });
}
