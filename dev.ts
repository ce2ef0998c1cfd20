/**
 * Builds the app (`build` as argument), or serves it for development with `HOST` and `PORT` of the
 * environment.
 *
 * @module
 */

import { Builder } from "fresh/dev";

import { formatListenFailure, parseListenAddress } from "./tools/listen_address.ts";

if (import.meta.main) {
  if (Deno.args.includes("build")) new Builder().build();
  else serve();
}

async function serve(): Promise<void> {
  const address = parseListenAddress({ HOST: Deno.env.get("HOST"), PORT: Deno.env.get("PORT") });
  try {
    await new Builder().listen(() => import("./main.ts"), address);
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    // deno-lint-ignore no-console -- the last words of a process that could not start
    console.error(formatListenFailure({ address, error, task: "dev" }));
    Deno.exit(1);
  }
}
