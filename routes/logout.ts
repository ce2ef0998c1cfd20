/**
 * Ends a session.
 *
 * @module
 */

import type { Context } from "fresh";

import { serveMethods } from "@/lib/protocol/methods.ts";
import { LOGIN } from "@/lib/protocol/return_path.ts";
import { endSessionCookie } from "@/lib/protocol/session_cookie.ts";
import { define, type State } from "@/utils.ts";

/** Answers `POST` with the page where one signs in. Pages that are still open go dark. */
export const handler = define.handlers(serveMethods({ POST: signOut }));

function signOut({ state: { access, audit, caller } }: Context<State>): Response {
  const headers = new Headers({ location: LOGIN, "cache-control": "no-store" });
  if (caller?.identity.kind === "session") {
    const { client: { address }, identity: { name } } = caller;
    access.signOut(caller);
    audit.noteSession({ who: name, address, what: "POST /logout", subject: "", status: 303 });
  }
  if (caller !== undefined) headers.append("set-cookie", endSessionCookie(caller.client));
  return new Response(null, { status: 303, headers });
}
