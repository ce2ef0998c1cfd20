/**
 * Puts the first steps away.
 *
 * @module
 */

import { serveMethods } from "@/lib/protocol/methods.ts";
import { FIRST_STEPS_DONE } from "@/lib/protocol/first_steps.ts";
import { define } from "@/utils.ts";

/** Answers `POST` with the dashboard, on which they are no more. */
export const handler = define.handlers(serveMethods({
  POST: () => {
    const headers = { location: "/", "set-cookie": FIRST_STEPS_DONE };
    return new Response(null, { status: 303, headers });
  },
}));
