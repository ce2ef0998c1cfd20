/**
 * The web application, for `fresh`'s builder and server: starts the monitor that the environment asks for.
 *
 * @module
 */

import { startRuntime } from "@/runtime.ts";
import { createWebApp } from "@/web_app.ts";

const { state, log } = startRuntime();

/** The application that `dev.ts` builds and `_fresh/server.js` serves. */
export const app: ReturnType<typeof createWebApp> = createWebApp(state, log);
