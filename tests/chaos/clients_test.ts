import { assert, assertEquals } from "@std/assert";

import { QUIET } from "../e2e/running_app.ts";
import { Storm, times, until } from "./storm.ts";

const ENCODER = new TextEncoder();

/** Opens a TCP connection to a server and says something on it. */
async function dial(origin: string, words: string): Promise<Deno.TcpConn> {
  const { hostname, port } = new URL(origin);
  const connection = await Deno.connect({ hostname, port: Number(port) });
  await connection.write(ENCODER.encode(words.replaceAll("\n", "\r\n")));
  return connection;
}

function upgradeOf(origin: string): string {
  const { host } = new URL(origin);
  return `GET /api/live HTTP/1.1\nhost: ${host}\nupgrade: websocket\nconnection: Upgrade\n` +
    "sec-websocket-version: 13\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\n\n";
}

Deno.test("chaos: clients that never read are left out, counted, and hold nobody up", async () => {
  await using storm = await Storm.begin(QUIET);
  const { origin } = storm.app;
  // Many services make large deltas, which fill the buffers of those who do not read them.
  const many = Array.from({ length: 400 }, (_, index) => `filler-${index}`);
  const deaf: Deno.TcpConn[] = [];
  try {
    for (let index = 0; index < 20; index++) deaf.push(await dial(origin, upgradeOf(origin)));
    await until(
      async () => await storm.counter("vitals_live_connections") === 20,
      () => Promise.resolve("not all are connected"),
    );
    const push = async () => {
      const samples = many.map((service) => ({
        service,
        metrics: { cpu: 10, memory: 20, latency: 30, errorRate: 0 },
      }));
      await storm.app.push(...samples);
    };
    await until(async () => {
      for (let round = 0; round < 10; round++) await push();
      return await storm.counter("vitals_live_lagging_total") >= 20;
    }, () => Promise.resolve("clients that do not read are not noticed"));
    assert(await storm.memoryBytes() < 600 * 1_048_576);
  } finally {
    for (const connection of deaf) connection.close();
  }
  await until(
    async () => await storm.counter("vitals_live_connections") === 0,
    () => Promise.resolve("connections that are gone are still held"),
  );
});

Deno.test("chaos: clients that connect and vanish by the thousand leave nothing behind", async () => {
  await using storm = await Storm.begin(QUIET);
  const { origin } = storm.app;
  await storm.rageOften(async () => {
    await times(2_000, async (index) => {
      const connection = await dial(origin, upgradeOf(origin));
      // Some say good-bye as soon as they are greeted, some before.
      if (index % 2 === 0) await connection.read(new Uint8Array(64));
      connection.close();
    });
    await until(
      async () => await storm.counter("vitals_live_connections") === 0,
      () => Promise.resolve("connections that are gone are still held"),
    );
  });
});

Deno.test("chaos: bodies that never end, and connections that say nothing, hold nobody up", async () => {
  await using storm = await Storm.begin(QUIET);
  const { origin } = storm.app;
  const { host } = new URL(origin);
  const head = `POST /api/samples HTTP/1.1\nhost: ${host}\ncontent-type: application/json\n`;
  await storm.rageOften(async () => {
    const open: Deno.TcpConn[] = [];
    try {
      for (let index = 0; index < 200; index++) {
        open.push(await dial(origin, `${head}content-length: 100000\n\n{"service":`));
        open.push(await dial(origin, `${head}transfer-encoding: chunked\n\n1\n{\n`));
        open.push(await dial(origin, `${head}x-slow: `));
        open.push(await dial(origin, ""));
      }
      await times(200, async (index) => void await open[4 * index]?.write(ENCODER.encode(" ")));
      await storm.app.push({ service: "quick", metrics: { cpu: 1 } });
      assertEquals((await storm.health()).status, "pass");
    } finally {
      for (const connection of open) connection.close();
    }
  });
});
