import { assert, assertEquals } from "@std/assert";

import { QUIET } from "../e2e/running_app.ts";
import { ReceivingServer, type ScriptedAnswer } from "../support/receiving_server.ts";
import { Storm, until } from "./storm.ts";

/** What a receiver may do to whoever tells it something. */
const BAD_RECEIVERS: Readonly<Record<string, (origin: string) => ScriptedAnswer>> = {
  hangs: () => "hang",
  fails: () => () => new Response("x".repeat(1_000_000), { status: 500 }),
  throttles: () => () => new Response(null, { status: 429, headers: { "retry-after": "3600" } }),
  circles: (origin) => () => Response.redirect(`${origin}/circles`, 307),
  endless: () => () => new Response(endless(), { status: 200 }),
};

Deno.test("chaos: receivers that hang, fail, throttle, circle or never end hold up nobody else", async () => {
  await using good = new ReceivingServer();
  const bad = Object.entries(BAD_RECEIVERS).map(([name, answer]) => {
    const server = new ReceivingServer();
    for (let turn = 0; turn < 100; turn++) server.script.push(answer(server.origin));
    return { name, server };
  });
  try {
    await using storm = await Storm.begin({
      ...QUIET,
      receivers: [{ name: "good", server: good }, ...bad].map(({ name, server }) => ({
        ...{ name, kind: "webhook", url: `${server.origin}/${name}` },
        ...{ groupWait: "0s", groupInterval: "0s", rate: "1000 in 1s" },
      })),
    });
    for (let index = 0; index < 10; index++) {
      for (const cpu of [90, 91, 92]) {
        await storm.app.push({ service: `hot-${index}`, metrics: { cpu } });
      }
    }
    await good.until(10);
    const names = new Set(good.messages.map(({ service }) => service));
    assert(names.size >= 10, [...names].join(", "));
    await until(
      async () => (await storm.health()).checks.receivers?.status === "warn",
      () => Promise.resolve("health does not say that receivers fail"),
    );
    assert(await storm.counter("vitals_notification_attempts_total") >= 10);
    await storm.calm("warn");
    assertEquals(await storm.app.end("SIGTERM"), 0);
    await storm.app.start();
  } finally {
    for (const { server } of bad) await server[Symbol.asyncDispose]();
  }
});

/** A body that goes on until nobody reads it. */
function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(16_384)),
  });
}
