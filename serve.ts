/**
 * Serves the built app with `HOST` and `PORT` of the environment. It listens before it loads the app, so
 * that a taken port is noticed before a monitor starts.
 *
 * With `--until-stdin-ends` it ends with its standard input: a launcher that holds the other end of that
 * pipe takes the server with it, however it dies. With `--try-address` it only tells whether the address can
 * be listened on, and needs no build.
 *
 * @module
 */

import {
  formatListenFailure,
  type ListenAddress,
  parseListenAddress,
  visitAddress,
} from "./tools/listen_address.ts";

/** What the build writes. */
interface BuiltServer {
  readonly default: {
    fetch(request: Request, info: Deno.ServeHandlerInfo): Response | Promise<Response>;
  };
}

if (import.meta.main) {
  const address = readAddress();
  if (Deno.args.includes("--try-address")) tryAddress(address);
  else serve(address);
}

function tryAddress(address: ListenAddress): void {
  try {
    Deno.listen({ ...address }).close();
  } catch (error) {
    giveUp(formatListenFailure({ address, error, task: "start" }));
  }
}

function serve(address: ListenAddress): void {
  const server = listen(address, async (request, info) => {
    const built = await ready;
    return built.default.fetch(request, info);
  });
  const ready = loadApp();
  const { port } = server.addr;
  sayWhenReady(ready, `http://${visitAddress({ ...address, port })}/`);
  if (Deno.args.includes("--until-stdin-ends")) exitAfterStdin();
}

/** The app answers once its monitor runs, so the first answer tells that all is there. */
async function sayWhenReady(ready: Promise<BuiltServer>, url: string): Promise<void> {
  const built = await ready;
  const remoteAddr: Deno.NetAddr = { transport: "tcp", hostname: "127.0.0.1", port: 0 };
  const info = { remoteAddr, completed: Promise.resolve() };
  const answer = await built.default.fetch(new Request("http://localhost/api/health"), info);
  await answer.body?.cancel();
  say(`Vitals is ready: ${url}`);
}

function readAddress(): ListenAddress {
  try {
    return parseListenAddress({ HOST: Deno.env.get("HOST"), PORT: Deno.env.get("PORT") });
  } catch (error) {
    giveUp(error instanceof Error ? error.message : String(error));
  }
}

function listen(
  address: ListenAddress,
  handler: Deno.ServeHandler<Deno.NetAddr>,
): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({ ...address, onListen() {}, onError: answerFailure }, handler);
  } catch (error) {
    giveUp(formatListenFailure({ address, error, task: "start" }));
  }
}

async function loadApp(): Promise<BuiltServer> {
  try {
    // @ts-ignore: the build writes it, which type checking does not wait for
    return await import("./_fresh/server.js");
  } catch (error) {
    if (await isBuilt()) throw error;
    giveUp('Cannot serve: there is no build; run "deno task build", or "deno task start" alone');
  }
}

async function isBuilt(): Promise<boolean> {
  try {
    return (await Deno.stat(new URL("./_fresh/server.js", import.meta.url))).isFile;
  } catch {
    return false;
  }
}

/** The app answers its own errors; this is for those of the server around it. */
function answerFailure(error: unknown): Response {
  // deno-lint-ignore no-console -- there is no log out here
  console.error(error);
  return new Response("Internal server error", { status: 500 });
}

async function exitAfterStdin(): Promise<void> {
  for await (const _ of Deno.stdin.readable);
  Deno.exit(1);
}

function say(line: string): void {
  // deno-lint-ignore no-console -- the one line that whoever started this waits for
  console.log(line);
}

function giveUp(line: string): never {
  // deno-lint-ignore no-console -- the last words of a process that could not start
  console.error(line);
  Deno.exit(1);
}
