import { assertEquals, assertMatch } from "@std/assert";

import { App } from "../src/mod.ts";
import { captureErrors } from "./support/capture_console.ts";

const HOSTS = ["a;script-src%20*", "a b", "[", "a:99999"];

Deno.test("App.handler() answers 400 to a host that is none, and logs nothing", async () => {
  const app = new App().get("/", (ctx) => ctx.text("home"));
  const address = { hostname: "127.0.0.1", port: 0, onListen() {} };
  await using server = Deno.serve(address, app.handler());
  const answers: string[] = [];
  using logged = captureErrors();
  for (const host of HOSTS) answers.push(await ask(server.addr, host));
  for (const answer of answers) {
    assertMatch(
      answer,
      /^HTTP\/1\.1 400 [^]*\r\ncontent-type: text\/plain[^]*\r\n\r\nBad Request$/i,
    );
  }
  assertEquals([answers.length, logged.calls], [HOSTS.length, []]);
  assertMatch(await ask(server.addr, "localhost"), /^HTTP\/1\.1 200 /);
});

/** By hand: `fetch` sends no such host. */
async function ask({ hostname, port }: Deno.NetAddr, host: string): Promise<string> {
  const connection = await Deno.connect({ hostname, port });
  const request = `GET / HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`;
  await connection.write(new TextEncoder().encode(request));
  return await new Response(connection.readable).text();
}
