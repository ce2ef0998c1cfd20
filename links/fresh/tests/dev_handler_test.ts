import { assertEquals } from "@std/assert";

import type { RequestHandler } from "../src/app.ts";
import { createDevHandler } from "../src/dev/dev_handler.ts";
import { captureErrors } from "./support/capture_console.ts";

const PAGE = new Request("http://localhost/b/");

Deno.test("createDevHandler() lets requests wait until the app is ready", async () => {
  const ready = Promise.withResolvers<RequestHandler>();
  const handler = createDevHandler({ basePath: "/b", ready: ready.promise, revision: 1 });
  const answers: string[] = [];
  const waiting = handler(PAGE).then(async (response) => answers.push(await response.text()));
  const alive = await handler(new Request("http://localhost/b/_frsh/alive"));
  answers.push(`alive ${alive.status}`);
  ready.resolve(() => Promise.resolve(new Response("app")));
  await waiting;
  assertEquals(answers, ["alive 501", "app"]);
});

Deno.test("createDevHandler() tells why the app could not be built", async () => {
  using logged = captureErrors();
  const ready = Promise.reject(new Error("bad island"));
  const handler = createDevHandler({ basePath: "/b", ready, revision: 1 });
  const response = await handler(PAGE);
  assertEquals([response.status, await response.text()], [
    500,
    "Cannot build the app: Error: bad island",
  ]);
  assertEquals(logged.calls.length, 1);
});
