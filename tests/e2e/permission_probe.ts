/**
 * Tries what its arguments list, each `kind value`, and prints what came of it: the same with `done`, or with the name
 * of the error.
 *
 * @module
 */

import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { env } from "node:process";

/** Does one thing with a value. */
type Attempt = (value: string) => unknown;

const ATTEMPTS: Readonly<Record<string, Attempt>> = {
  read: (path) => Deno.readTextFile(path),
  readByNode: (path) => readFile(path),
  list: (path) => Deno.readDirSync(path).next(),
  write: (path) => Deno.writeTextFile(path, "1"),
  link: (path) => Deno.symlink("/etc/passwd", path),
  run: (program) => new Deno.Command(program).output(),
  runByNode: (program) => execFile(program),
  env: (name) => Deno.env.get(name),
  envByNode: (name) => env[name] ?? throwIt(new Deno.errors.NotCapable()),
  allEnv: () => Deno.env.toObject(),
  setEnv: (name) => Deno.env.set(name, "1"),
  fetch: async (url) => await (await fetch(url)).body?.cancel(),
  socket: (url) => openSocket(url),
  connect: (address) => close(Deno.connect(parseAddress(address))),
  connectByNode: (address) => connectByNode(parseAddress(address)),
  connectUnix: (path) => Deno.connect({ transport: "unix", path }),
  listen: (address) => Deno.listen(parseAddress(address)).close(),
  resolve: (name) => Deno.resolveDns(name, "A"),
  import: (specifier) => import(specifier),
  sys: () => Deno.hostname(),
  ffi: (path) => Deno.dlopen(path, {}),
};

if (import.meta.main) tryAll();

async function tryAll(): Promise<void> {
  for (const line of Deno.args) {
    const [kind = "", value = ""] = line.split(" ");
    // deno-lint-ignore no-console -- this is its purpose
    console.log(`${line} ${await outcomeOf(() => ATTEMPTS[kind]?.(value))}`);
  }
  Deno.exit(0);
}

async function outcomeOf(act: () => unknown): Promise<string> {
  try {
    await act();
    return "done";
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ERR_ACCESS_DENIED" || code === "EPERM" || code === "EACCES") return "NotCapable";
    return error instanceof Error ? error.name : String(error);
  }
}

function parseAddress(address: string): { hostname: string; port: number } {
  const { hostname, port } = new URL(`http://${address}`);
  return { hostname, port: Number(port) };
}

async function close(connecting: Promise<Deno.Conn>): Promise<void> {
  (await connecting).close();
}

function connectByNode({ hostname, port }: Deno.ConnectOptions): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const socket = connect({ host: hostname ?? "", port }, () => resolve(socket.destroySoon()));
    socket.on("error", reject);
  });
}

function openSocket(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.onopen = () => resolve(socket.close());
    socket.onerror = (event) => reject("error" in event ? event.error : event);
  });
}

function throwIt(error: Error): never {
  throw error;
}
