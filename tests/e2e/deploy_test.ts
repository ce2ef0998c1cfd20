import { assert, assertEquals } from "@std/assert";

import { decodeTimes } from "@/lib/protocol/times.ts";
import type { ServiceView } from "@/lib/protocol/views.ts";

import project from "../../deno.json" with { type: "json" };

import { ChildProcess } from "./child_process.ts";
import { PROJECT } from "./running_app.ts";

/** How long the platform waits between SIGINT and the end, in milliseconds. */
const PATIENCE_MS = 5_000;

Deno.test("deploy: the build runs as the platform starts it, writes nothing, and ends on SIGINT", async () => {
  await using instance = await startInstance();
  const health = await (await fetch(`${instance.origin}/api/health`)).json();
  assertEquals([health.status, health.checks.history.status], ["pass", "pass"]);
  const page = await getAs("vitals.example.com", instance.origin);
  assertEquals([page.split("\r\n", 1), page.includes("auth-service")], [["HTTP/1.1 200 OK"], true]);
  const endedBy = AbortSignal.timeout(PATIENCE_MS);
  instance.process.kill("SIGINT");
  const { code } = await instance.process.ended;
  assertEquals([code, endedBy.aborted], [0, false]);
});

Deno.test("deploy: two instances show the same simulated services at the same time", async () => {
  await using one = await startInstance();
  await using other = await startInstance();
  const [left, right] = await Promise.all([valuesOf(one.origin), valuesOf(other.origin)]);
  const shared = [...left.keys()].filter((key) => right.has(key));
  assert(
    shared.length >= 4,
    `${left.size} and ${right.size} values, ${shared.length} of them shared`,
  );
  for (const key of shared) assertEquals(left.get(key), right.get(key), key);
});

interface Instance extends AsyncDisposable {
  readonly process: ChildProcess;
  readonly origin: string;
}

/** Starts what `deploy` in `deno.json` names, with all permissions but to write, since nothing there can be written. */
async function startInstance(): Promise<Instance> {
  const { entrypoint } = project.deploy.runtime;
  const permissions = ["net", "read", "env", "sys", "import"].map((name) => `--allow-${name}`);
  const args = ["serve", "--no-prompt", ...permissions, "--host=127.0.0.1", "--port=0", entrypoint];
  const env = { DENO_DEPLOY: "true", VITALS_DATA: "", HOST: "", PORT: "" };
  const process = new ChildProcess({ args, folder: PROJECT, env });
  const [, origin = ""] = await process.complained(/Listening on (http:\/\/127\.0\.0\.1:\d+)\//);
  return { process, origin, [Symbol.asyncDispose]: () => process[Symbol.asyncDispose]() };
}

/** Returns all values by service, metric and instant, once each of the four services has spoken twice. */
async function valuesOf(origin: string): Promise<ReadonlyMap<string, number>> {
  for (;;) {
    const services: readonly ServiceView[] = await (await fetch(`${origin}/api/services`)).json();
    const values = new Map(
      services.flatMap(({ name, metrics }) =>
        Object.entries(metrics).flatMap(([id, { recent, times }]) =>
          decodeTimes(times).map((at, index) =>
            [`${name} ${id} ${at}`, recent[index] ?? NaN] as const
          )
        )
      ),
    );
    if (services.every(({ metrics }) => (metrics.cpu?.recent.length ?? 0) >= 3)) return values;
  }
}

/** Asks for the first page under the name that the platform gives to the app; `fetch` lets nobody set that. */
async function getAs(host: string, origin: string): Promise<string> {
  const port = Number(new URL(origin).port);
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const request = `GET / HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`;
  await connection.write(new TextEncoder().encode(request));
  return await new Response(connection.readable).text();
}
