/**
 * The live part of the bar of a page: the state of the connection, and the bell.
 *
 * @module
 */

import "@/components/live_scripts.ts";
import type { Signal } from "@preact/signals";
import type { VNode } from "preact";

import { AlertBell } from "@/components/AlertBell.tsx";
import { ConnectionStatus } from "@/components/ConnectionStatus.tsx";
import { useLive } from "@/components/use_live.ts";
import type { SnapshotMessage } from "@/lib/protocol/live_message.ts";

interface LiveStatusProps {
  /** The signal that all islands of the page share. */
  readonly initial: Signal<SnapshotMessage>;
}

/** Renders the state of the connection that the page's islands share, and whether the page calls. */
export default function LiveStatus({ initial }: LiveStatusProps): VNode {
  const store = useLive(initial);
  return (
    <>
      <ConnectionStatus store={store} />
      <AlertBell store={store} />
    </>
  );
}
