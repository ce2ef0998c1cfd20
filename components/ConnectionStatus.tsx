/**
 * The state of the live connection.
 *
 * @module
 */

import type { VNode } from "preact";

import * as words from "@/texts/connection.ts";

import { describeConnection } from "./connection_text.ts";
import type { LiveStore } from "./live_store.ts";

/** Props of {@linkcode ConnectionStatus}. */
export interface ConnectionStatusProps {
  readonly store: LiveStore;
}

/** Renders the state in words, and a button to end a pause. */
export function ConnectionStatus({ store }: ConnectionStatusProps): VNode {
  const state = store.connection.value;
  const text = describeConnection(state, {
    isStale: store.staleSince.value !== null,
    samplesPerSecond: store.stats.value.samplesPerSecond,
    now: store.localNow.value,
  });
  return (
    <div class="live" data-state={state.kind}>
      <span class="dot" aria-hidden="true" />
      {text}
      {state.kind === "waiting" && (
        <button
          type="button"
          class="ghost"
          ref={askForSession}
          onClick={() => store.retryNow()}
        >
          {words.retryNow}
        </button>
      )}
    </div>
  );
}

/** Called when a pause begins and when it ends. While the server is away there is no script to load either. */
function askForSession(): void {
  import("./watch_session.ts").then((code) => code.watch(), () => {});
}
