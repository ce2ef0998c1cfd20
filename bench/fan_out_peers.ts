/**
 * The peers of `fan_out_bench.ts`: sockets in a Web Worker that note when each frame comes.
 *
 * @module
 */

/// <reference lib="deno.worker" />

/** What the benchmark asks for. */
export type ToPeers =
  /** Connect this many sockets and await a first message on each. */
  | { readonly kind: "connect"; readonly port: number; readonly count: number }
  /** Forget what was noted. */
  | { readonly kind: "count" }
  /** Await this many frames on each socket. */
  | { readonly kind: "collect"; readonly frames: number };

/** The answer: when each frame came, by socket, in epoch milliseconds with fractions. */
export interface FromPeers {
  readonly receivedAt: readonly (readonly number[])[];
}

/** Sockets that are opened at the same moment; a listening queue is short. */
const CONNECT_BATCH = 50;

const received: number[][] = [];
let wanted = Infinity;
let notify = (): void => {};

async function answer(request: ToPeers): Promise<void> {
  switch (request.kind) {
    case "connect":
      for (let count = 0; count < request.count; count += CONNECT_BATCH) {
        const batch = Math.min(CONNECT_BATCH, request.count - count);
        await Promise.all(Array.from({ length: batch }, () => connect(request.port)));
      }
      break;
    case "count":
      for (const instants of received) instants.length = 0;
      break;
    case "collect":
      await collect(request.frames);
      break;
  }
  self.postMessage({ receivedAt: received } satisfies FromPeers);
}

async function connect(port: number): Promise<void> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/`);
  await new Promise((resolve) => socket.addEventListener("message", resolve, { once: true }));
  const instants: number[] = [];
  received.push(instants);
  socket.addEventListener("message", () => {
    instants.push(performance.timeOrigin + performance.now());
    if (instants.length === wanted) notify();
  });
}

async function collect(frames: number): Promise<void> {
  const isComplete = () => received.every((instants) => instants.length >= frames);
  wanted = frames;
  while (!isComplete()) await new Promise<void>((resolve) => notify = resolve);
  wanted = Infinity;
}

self.onmessage = (event: MessageEvent<ToPeers>) => void answer(event.data);
