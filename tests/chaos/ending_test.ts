import { assert, assertEquals } from "@std/assert";

import { QUIET } from "../e2e/running_app.ts";
import { Storm } from "./storm.ts";

/** How long the end may take, in milliseconds; the platform has no more patience. */
const END_WITHIN_MS = 5_000;

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.test(`chaos: ${signal} under load writes what waits, closes sockets with 1012, and ends in time`, async () => {
    await using storm = await Storm.begin(QUIET);
    const { app } = storm;
    const sockets = await Promise.all(Array.from({ length: 30 }, () => follow(app.origin)));
    const load = new AbortController();
    const pushing = Promise.all(
      Array.from({ length: 20 }, () => pushUntil(load.signal, app.origin)),
    );
    await storm.calm();
    const began = performance.now();
    assertEquals(await app.end(signal), 0);
    const tookMs = performance.now() - began;
    load.abort();
    await pushing;
    assert(tookMs < END_WITHIN_MS, `it took ${Math.round(tookMs)} ms`);
    const codes = await Promise.all(sockets);
    assertEquals(new Set(await Promise.all(codes.map(({ closed }) => closed))), new Set([1012]));
    await app.start();
    await storm.calm();
  });
}

/** Opens a live connection, and returns the code that it will be closed with. */
async function follow(origin: string): Promise<{ readonly closed: Promise<number> }> {
  const socket = new WebSocket(`${origin.replace("http", "ws")}/api/live`);
  const closed = new Promise<number>((resolve) => {
    socket.addEventListener("close", ({ code }) => resolve(code), { once: true });
  });
  await new Promise((resolve, reject) => {
    socket.addEventListener("message", resolve, { once: true });
    socket.addEventListener("error", reject, { once: true });
  });
  return { closed };
}

/** Says as often as it can that it lives; once the server has gone, it tries again for ever. */
async function pushUntil(signal: AbortSignal, origin: string): Promise<void> {
  while (!signal.aborted) {
    try {
      const answer = await fetch(`${origin}/api/heartbeats/loud`, { method: "POST" });
      await answer.body?.cancel();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
