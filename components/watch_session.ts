/**
 * Says that a session has ended, on a page that is still open. Loaded when the live connection is lost; its
 * names are chosen to cost a page that is only watched as little as can be.
 *
 * @module
 */

import "./live_scripts.ts";
import { loginPath } from "@/lib/protocol/return_path.ts";
import * as words from "@/texts/watch.ts";

import { callApi, isSignedOut } from "./api_client.ts";

/** Id of the note. */
const NOTE = "signed-out";

/** Asks whether the live connection is refused for want of a session. Says so above the page, or takes that back. */
export async function watch(): Promise<void> {
  const answer = await callApi({ method: "GET", path: "/api/live" });
  if (answer.kind === "done" || !isSignedOut(answer)) {
    return document.getElementById(NOTE)?.remove();
  }
  if (document.getElementById(NOTE) !== null) return;
  const note = document.createElement("p");
  const link = document.createElement("a");
  note.id = NOTE;
  note.className = "stale-note";
  note.setAttribute("role", "alert");
  link.href = loginPath(location.pathname + location.search);
  link.textContent = words.signIn;
  document.querySelector("main")?.prepend(note);
  // What is put into a region that is there already is read out.
  note.append(...words.sessionEnded<Node>(link));
}
