import { assert, assertEquals, assertRejects } from "@std/assert";

import { SYSTEM_CLOCK } from "@/lib/ports/system_clock.ts";
import { type OpenSocket, openSocket } from "@/lib/sources/open_socket.ts";
import { createTcpConnect } from "@/lib/sources/tcp_connect.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";
import { freePort, listen, RawServer } from "@/tests/support/raw_server.ts";

const NEVER = new AbortController().signal;
const connect = createTcpConnect({ open: openSocket, clock: SYSTEM_CLOCK });
const LOCAL = { hostname: "127.0.0.1", timeoutMs: 30_000, denyPrivate: false };

Deno.test("createTcpConnect() connects, and closes", async () => {
  const closed = Promise.withResolvers<void>();
  await using server = new RawServer(async (connection) => {
    await listen(connection);
    closed.resolve();
  });
  const result = await connect({ ...LOCAL, port: server.port }, NEVER);
  assert(result.kind === "connected" && result.durationMs > 0);
  await closed.promise;
  assertEquals(server.receivedBytes, 0);
});

Deno.test("createTcpConnect() says why it cannot", async () => {
  const port = freePort();
  const refused = await connect({ ...LOCAL, port }, NEVER);
  const detail = `No connection to 127.0.0.1:${port}: it refuses connections`;
  assertEquals(refused, { kind: "failed", reason: "refused", detail });
  const denied = await connect({ ...LOCAL, port, denyPrivate: true }, NEVER);
  assert(denied.kind === "failed");
  assertEquals(denied.reason, "private address");
  const unknown = await connect({ ...LOCAL, port: 80, hostname: "vitals.invalid" }, NEVER);
  assert(unknown.kind === "failed");
  assertEquals(unknown.reason, "not permitted");
});

Deno.test("createTcpConnect() takes no longer than it may, and ends with the signal", async () => {
  const hanging: OpenSocket = (_, signal) =>
    new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  const clock = new FakeClock();
  const connectSlowly = createTcpConnect({ open: hanging, clock });
  const late = connectSlowly({ ...LOCAL, port: 5_432 }, NEVER);
  await clock.advance(30_000);
  const detail = "No answer from 127.0.0.1:5432 within 30000 ms";
  assertEquals(await late, { kind: "failed", reason: "timeout", detail });

  const ending = new AbortController();
  const ended = connectSlowly({ ...LOCAL, port: 5_432 }, ending.signal);
  ending.abort(new Error("over"));
  await assertRejects(() => ended, Error, "over");
  assertEquals(clock.pending, 0);
});
