/**
 * The client's side of the live socket: it connects, notices when the line is dead, and comes back by
 * itself. It hands over messages and knows nothing of their meaning, nor of the screen.
 *
 * @module
 */

import type { Instant } from "@/lib/domain/instant.ts";
import type { Cancel, Clock } from "@/lib/ports/clock.ts";

import { backoffMs } from "./backoff.ts";
import type {
  ClientMessage,
  DeltaMessage,
  PongMessage,
  ServerMessage,
  SnapshotMessage,
} from "./live_message.ts";
import { parseServerMessage } from "./parse_server_message.ts";

/** Where the connection stands. */
export type ConnectionState =
  /** Neither connected nor trying to be. */
  | { readonly kind: "stopped" }
  | { readonly kind: "connecting" }
  /** `roundTripMs` is the latest, `null` before the first. */
  | { readonly kind: "open"; readonly roundTripMs: number | null }
  /** The `attempt`th try in a row (1 for the first) begins at `until`, by the clock of this machine. */
  | { readonly kind: "waiting"; readonly attempt: number; readonly until: Instant };

/** What is used of a `WebSocket`; a real one fits as it is. */
export interface SocketLike {
  /** Hears that it is open. */
  addEventListener(type: "open", listener: () => void): void;
  /** Hears each frame. */
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  /** Hears that it is closed, or never opened. */
  addEventListener(type: "close", listener: (event: { readonly code: number }) => void): void;
  /** Sends a text frame. */
  send(text: string): void;
  /** Closes; nothing on a closed one. */
  close(code?: number): void;
}

/** What a {@linkcode LiveConnection} needs. */
export interface LiveConnectionOptions {
  /** Address of `/api/live`, with the scheme `ws` or `wss`. */
  readonly url: string;
  /** Opens a socket: `(url) => new WebSocket(url)`. */
  readonly openSocket: (url: string) => SocketLike;
  /** For pauses, bounds and the round trip. */
  readonly clock: Clock;
  /** `Math.random`, or a stand-in. */
  readonly random: () => number;
  /** The number of the last state applied, to resume from; `null` before the first. */
  readonly lastSeq: () => number | null;
  /** Takes each snapshot and delta, in order. */
  readonly onMessage: (message: SnapshotMessage | DeltaMessage) => void;
  /** Takes each new state. */
  readonly onState: (state: ConnectionState) => void;
}

/** A ping is sent this often; a line on which nothing comes for as long after one is dead. */
const PING_MS = 5_000;

/** A socket that takes longer to open is given up. */
const CONNECT_MS = 10_000;

/** A connection that lasted this long was sound: the pauses after it begin anew. */
const SOUND_MS = 5_000;

/** The server restarts (1012): its clients come back over this span. */
const RESTART_SPREAD_MS = 1_000;

/** The server is full or cannot keep up (1013): pauses begin at this attempt, up to 4 s. */
const BUSY_ATTEMPT = 4;

/** Keeps one live socket open from {@linkcode LiveConnection.start} to {@linkcode LiveConnection.stop}. */
export class LiveConnection {
  readonly #options: LiveConnectionOptions;
  #state: ConnectionState = { kind: "stopped" };
  /** The present socket; events of any other are those of one given up, and ignored. */
  #socket: SocketLike | undefined;
  /** The one timer: end of a pause, of the time to connect, or of the wait for an answer. */
  #cancelTimer: Cancel = () => {};
  /** Attempts in a row that led to no sound connection. */
  #failures = 0;
  #openedAtMs = 0;
  #heard = false;
  #ping = { id: 0, sentAtMs: 0 };

  /** Creates a stopped connection. */
  constructor(options: LiveConnectionOptions) {
    this.#options = options;
  }

  /** Where it stands. */
  get state(): ConnectionState {
    return this.#state;
  }

  /** Begins to connect; does nothing unless stopped. */
  start(): void {
    if (this.#state.kind !== "stopped") return;
    this.#failures = 0;
    this.#connect();
  }

  /** Ends a pause at once, or asks an open line for a sign of life: for `online` events and a button. */
  retryNow(): void {
    if (this.#state.kind === "waiting") this.#connect();
    if (this.#state.kind === "open") this.#sendPing();
  }

  /** Gives up the present socket and connects anew after a pause: for a caller that missed a message. */
  reconnect(): void {
    if (this.#state.kind === "stopped" || this.#state.kind === "waiting") return;
    this.#fail(undefined);
  }

  /** Closes the socket and ends every timer; it can be started again. */
  stop(): void {
    if (this.#state.kind === "stopped") return;
    this.#giveUpSocket();
    this.#enter({ kind: "stopped" });
  }

  #connect(): void {
    this.#cancelTimer();
    this.#enter({ kind: "connecting" });
    // The listener of a state may have stopped it.
    if (this.#state.kind !== "connecting") return;
    try {
      this.#listen(this.#options.openSocket(this.#resumeUrl()));
      this.#schedule(CONNECT_MS, () => this.#fail(undefined));
    } catch {
      // A browser refuses at once what it forbids, such as ws: on an https: page.
      this.#fail(undefined);
    }
  }

  #resumeUrl(): string {
    const { url } = this.#options;
    const seq = this.#options.lastSeq();
    if (seq === null) return url;
    return `${url}${url.includes("?") ? "&" : "?"}resume=${seq}`;
  }

  #listen(socket: SocketLike): void {
    this.#socket = socket;
    const whilePresent = (act: () => void) => {
      if (this.#socket === socket) act();
    };
    socket.addEventListener("open", () => whilePresent(() => this.#onOpen()));
    socket.addEventListener("message", (event) => whilePresent(() => this.#onData(event.data)));
    socket.addEventListener("close", (event) => whilePresent(() => this.#fail(event.code)));
  }

  #onOpen(): void {
    this.#openedAtMs = this.#options.clock.monotonicMs();
    this.#enter({ kind: "open", roundTripMs: null });
    if (this.#state.kind === "open") this.#sendPing();
  }

  #onData(data: unknown): void {
    this.#heard = true;
    let message: ServerMessage;
    try {
      message = parseServerMessage(data);
    } catch {
      return this.#fail(undefined);
    }
    if (message.type === "pong") this.#onPong(message);
    else this.#options.onMessage(message);
  }

  #onPong(pong: PongMessage): void {
    if (pong.id !== this.#ping.id) return;
    const roundTripMs = this.#options.clock.monotonicMs() - this.#ping.sentAtMs;
    this.#enter({ kind: "open", roundTripMs });
  }

  #sendPing(): void {
    this.#heard = false;
    this.#ping = { id: this.#ping.id + 1, sentAtMs: this.#options.clock.monotonicMs() };
    const message: ClientMessage = { type: "ping", id: this.#ping.id };
    this.#socket?.send(JSON.stringify(message));
    this.#schedule(PING_MS, () => this.#heard ? this.#sendPing() : this.#fail(undefined));
  }

  /** Gives up the socket and waits for the next attempt. */
  #fail(code: number | undefined): void {
    const wasSound = this.#state.kind === "open" &&
      this.#options.clock.monotonicMs() - this.#openedAtMs >= SOUND_MS;
    if (wasSound) this.#failures = 0;
    this.#giveUpSocket();
    const pauseMs = this.#pauseMs(code);
    this.#failures++;
    this.#schedule(pauseMs, () => this.#connect());
    const until = this.#options.clock.now() + pauseMs;
    this.#enter({ kind: "waiting", attempt: this.#failures, until });
  }

  #pauseMs(code: number | undefined): number {
    const { random } = this.#options;
    if (code === 1013) this.#failures = Math.max(this.#failures, BUSY_ATTEMPT);
    const isRestart = code === 1012 && this.#failures === 0;
    return backoffMs(
      this.#failures,
      isRestart ? { random, baseMs: RESTART_SPREAD_MS } : { random },
    );
  }

  #giveUpSocket(): void {
    this.#cancelTimer();
    const socket = this.#socket;
    this.#socket = undefined;
    socket?.close(1000);
  }

  #schedule(delayMs: number, run: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.after(delayMs, run);
  }

  #enter(state: ConnectionState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
