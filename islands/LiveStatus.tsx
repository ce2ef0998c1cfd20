/**
 * The state of the live connection, in the bar of a page.
 *
 * @module
 */

import type { Signal } from "@preact/signals";
import type { VNode } from "preact";

import { ConnectionStatus } from "@/components/ConnectionStatus.tsx";
import { useLive } from "@/components/use_live.ts";
import type { SnapshotMessage } from "@/lib/protocol/live_message.ts";

interface LiveStatusProps {
  /** The signal that all islands of the page share. */
  readonly initial: Signal<SnapshotMessage>;
}

/** Renders the state of the connection that the page's islands share. */
export default function LiveStatus({ initial }: LiveStatusProps): VNode {
  return <ConnectionStatus store={useLive(initial)} />;
}
