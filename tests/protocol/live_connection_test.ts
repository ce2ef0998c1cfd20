import { assert, assertEquals } from "@std/assert";

import {
  type ConnectionState,
  LiveConnection,
  type SocketLike,
} from "@/lib/protocol/live_connection.ts";
import { FakeClock } from "@/tests/support/fake_clock.ts";

const URL = "ws://127.0.0.1/api/live";
const SNAPSHOT = {
  type: "snapshot",
  seq: 1,
  at: 0,
  metrics: [],
  services: [],
  alerts: [],
  stats: {},
};

/** The server's end of a socket, in the test's hands. */
class FakeSocket implements SocketLike {
  readonly sent: string[] = [];
  readonly closes: (number | undefined)[] = [];
  readonly #listeners = new Map<string, (event: { data: unknown; code: number }) => void>();

  constructor(readonly url: string) {}

  addEventListener(type: string, listener: (event: { data: unknown; code: number }) => void): void {
    this.#listeners.set(type, listener);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(code?: number): void {
    this.closes.push(code);
  }

  emit(type: "open" | "message" | "close", event: { data?: unknown; code?: number } = {}): void {
    this.#listeners.get(type)?.({ data: event.data, code: event.code ?? 1006 });
  }

  /** Sends a message to the client. */
  say(message: unknown): void {
    this.emit("message", { data: JSON.stringify(message) });
  }

  /** Answers the latest ping. */
  pong(): void {
    this.say({ ...JSON.parse(this.sent.at(-1) ?? ""), type: "pong", at: 0 });
  }
}

class World {
  readonly clock = new FakeClock();
  readonly sockets: FakeSocket[] = [];
  readonly states: ConnectionState[] = [];
  readonly messages: unknown[] = [];
  lastSeq: number | null = null;
  /** What `random()` returns. */
  luck = 0.5;
  /** Whether opening a socket throws. */
  isForbidden = false;
  readonly connection = new LiveConnection({
    url: URL,
    openSocket: (url) => this.#open(url),
    clock: this.clock,
    random: () => this.luck,
    lastSeq: () => this.lastSeq,
    onMessage: (message) => this.messages.push(message),
    onState: (state) => this.states.push(state),
  });

  /** The latest socket. */
  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    assert(socket !== undefined, "no socket was opened");
    return socket;
  }

  get state(): ConnectionState {
    return this.connection.state;
  }

  /** How long the present pause lasts. */
  get pauseMs(): number {
    assert(this.state.kind === "waiting", `expected waiting, got ${this.state.kind}`);
    return this.state.until - this.clock.now();
  }

  start(): this {
    this.connection.start();
    return this;
  }

  open(): this {
    this.start();
    this.socket.emit("open");
    return this;
  }

  #open(url: string): FakeSocket {
    if (this.isForbidden) throw new DOMException("Forbidden", "SecurityError");
    const socket = new FakeSocket(url);
    this.sockets.push(socket);
    return socket;
  }
}

Deno.test("start() connects once, and is open when the socket is", () => {
  const world = new World().start().start();
  assertEquals(world.sockets.map((socket) => socket.url), [URL]);
  world.socket.emit("open");
  assertEquals(world.states, [{ kind: "connecting" }, { kind: "open", roundTripMs: null }]);
});

Deno.test("start() asks only for what came after the last message", () => {
  const world = new World();
  world.lastSeq = 42;
  assertEquals(world.start().socket.url, `${URL}?resume=42`);
});

Deno.test("onMessage() gets snapshots and deltas, in order", () => {
  const world = new World().open();
  const delta = { ...SNAPSHOT, type: "delta", seq: 2, removed: [] };
  world.socket.say(SNAPSHOT);
  world.socket.pong();
  world.socket.say(delta);
  assertEquals(world.messages, [SNAPSHOT, delta]);
});

Deno.test("onState() tells the round trip of each ping", async () => {
  const world = new World().open();
  await world.clock.advance(4);
  world.socket.pong();
  assertEquals(world.state, { kind: "open", roundTripMs: 4 });
  await world.clock.advance(4_996);
  assertEquals(world.socket.sent.length, 2);
  await world.clock.advance(7);
  world.socket.pong();
  assertEquals(world.state, { kind: "open", roundTripMs: 7 });
});

Deno.test("onState() takes no round trip from the pong of an earlier ping", async () => {
  const world = new World().open();
  world.socket.say(SNAPSHOT);
  await world.clock.advance(5_000);
  world.socket.say({ type: "pong", id: 1, at: 0 });
  assertEquals(world.state, { kind: "open", roundTripMs: null });
});

Deno.test("a line on which nothing comes after a ping is given up and replaced", async () => {
  const world = new World().open();
  world.socket.pong();
  await world.clock.advance(5_000);
  await world.clock.advance(4_999);
  assertEquals(world.state.kind, "open");
  await world.clock.advance(1);
  assertEquals(world.state.kind, "waiting");
  assertEquals(world.socket.closes, [1000]);
  await world.clock.advance(world.pauseMs);
  assertEquals([world.state.kind, world.sockets.length], ["connecting", 2]);
});

Deno.test("a line that is busy with a long message is not given up", async () => {
  const world = new World().open();
  for (let turn = 0; turn < 10; turn++) {
    await world.clock.advance(4_000);
    world.socket.say(SNAPSHOT);
  }
  assertEquals([world.state.kind, world.sockets.length], ["open", 1]);
});

Deno.test("a socket that does not open in 10 s is given up", async () => {
  const world = new World().start();
  await world.clock.advance(9_999);
  assertEquals(world.state.kind, "connecting");
  await world.clock.advance(1);
  assertEquals([world.state.kind, world.socket.closes], ["waiting", [1000]]);
});

Deno.test("pauses grow to 15 s, by the bound that chance is spread over", async () => {
  const world = new World().start();
  const pauses: number[] = [];
  const attempts: number[] = [];
  for (let turn = 0; turn < 8; turn++) {
    world.socket.emit("close");
    assert(world.state.kind === "waiting");
    attempts.push(world.state.attempt);
    pauses.push(world.pauseMs);
    await world.clock.advance(world.pauseMs);
  }
  assertEquals(pauses, [125, 250, 500, 1_000, 2_000, 4_000, 7_500, 7_500]);
  assertEquals(attempts, [1, 2, 3, 4, 5, 6, 7, 8]);
});

Deno.test("pauses begin anew only after a connection that lasted", async (t) => {
  for (const [lastedMs, pauseMs] of [[4_999, 1_000], [5_000, 125]] as const) {
    await t.step(`${lastedMs} ms`, async () => {
      const world = new World().start();
      for (let turn = 0; turn < 3; turn++) {
        world.socket.emit("close");
        await world.clock.advance(world.pauseMs);
      }
      world.socket.emit("open");
      world.socket.pong();
      await world.clock.advance(lastedMs);
      world.socket.emit("close");
      assertEquals(world.pauseMs, pauseMs);
    });
  }
});

Deno.test("1012 brings clients back over one second", () => {
  const world = new World().open();
  world.luck = 0.9;
  world.socket.emit("close", { code: 1012 });
  assertEquals(world.pauseMs, 900);
});

Deno.test("1012 again and again is a failure like any other", async () => {
  const world = new World().open();
  world.socket.emit("close", { code: 1012 });
  await world.clock.advance(world.pauseMs);
  world.socket.emit("close", { code: 1012 });
  assertEquals(world.pauseMs, 250);
});

Deno.test("1013 makes the first pause long", () => {
  const world = new World().open();
  world.socket.emit("close", { code: 1013 });
  assertEquals(world.pauseMs, 2_000);
});

Deno.test("a message that breaks the protocol ends the connection, and is not handed on", async () => {
  const world = new World().open();
  world.socket.emit("message", { data: "nonsense" });
  assertEquals([world.state.kind, world.messages], ["waiting", []]);
  world.socket.say(SNAPSHOT);
  assertEquals(world.messages, []);
  await world.clock.advance(125);
  assertEquals(world.sockets.length, 2);
});

Deno.test("events of a socket that was given up are ignored", () => {
  const world = new World().open();
  const old = world.socket;
  world.connection.reconnect();
  world.connection.retryNow();
  world.socket.emit("open");
  old.say(SNAPSHOT);
  old.emit("open");
  old.emit("close");
  assertEquals([world.state.kind, world.messages], ["open", []]);
});

Deno.test("retryNow() ends a pause", async () => {
  const world = new World().start();
  world.socket.emit("close");
  world.connection.retryNow();
  assertEquals([world.state.kind, world.sockets.length], ["connecting", 2]);
  await world.clock.advance(1_000);
  assertEquals(world.sockets.length, 2);
});

Deno.test("retryNow() asks an open line for a sign of life", async () => {
  const world = new World().open();
  world.socket.pong();
  await world.clock.advance(3_000);
  world.connection.retryNow();
  assertEquals(world.socket.sent.length, 2);
  await world.clock.advance(5_000);
  assertEquals(world.state.kind, "waiting");
});

Deno.test("retryNow() and reconnect() do nothing while stopped", () => {
  const world = new World();
  world.connection.retryNow();
  world.connection.reconnect();
  assertEquals([world.sockets, world.states, world.clock.pending], [[], [], 0]);
});

Deno.test("reconnect() comes back after a pause, from the last message", async () => {
  const world = new World().open();
  world.lastSeq = 7;
  world.connection.reconnect();
  world.connection.reconnect();
  assertEquals([world.pauseMs, world.socket.closes], [125, [1000]]);
  await world.clock.advance(125);
  assertEquals(world.socket.url, `${URL}?resume=7`);
});

Deno.test("start() keeps trying where opening is refused at once", async () => {
  const world = new World();
  world.isForbidden = true;
  world.start();
  assertEquals(world.pauseMs, 125);
  world.isForbidden = false;
  await world.clock.advance(125);
  assertEquals([world.state.kind, world.sockets.length], ["connecting", 1]);
});

Deno.test("stop() leaves no socket and no timer, from every state", async (t) => {
  const worlds: Readonly<Record<string, (world: World) => void>> = {
    connecting: (world) => void world.start(),
    open: (world) => void world.open(),
    waiting: (world) => world.open().socket.emit("close"),
  };
  for (const [kind, arrange] of Object.entries(worlds)) {
    await t.step(kind, async () => {
      const world = new World();
      arrange(world);
      assertEquals(world.state.kind, kind);
      world.connection.stop();
      world.connection.stop();
      assertEquals([world.state.kind, world.clock.pending], ["stopped", 0]);
      assertEquals(world.states.filter((state) => state.kind === "stopped").length, 1);
      assertEquals(world.socket.closes, [1000]);
      world.socket.emit("close");
      await world.clock.advance(60_000);
      assertEquals(world.sockets.length, 1);
    });
  }
});

Deno.test("stop() may be called by whoever hears of a state", () => {
  for (const kind of ["connecting", "open", "waiting"]) {
    const world = new World();
    const push = world.states.push.bind(world.states);
    world.states.push = (state) => {
      if (state.kind === kind) world.connection.stop();
      return push(state);
    };
    world.start();
    world.sockets[0]?.emit("open");
    world.sockets[0]?.emit("close");
    assertEquals([world.state.kind, world.clock.pending], ["stopped", 0], kind);
  }
});

Deno.test("start() begins again after stop()", () => {
  const world = new World().open();
  world.connection.stop();
  world.lastSeq = 3;
  world.start();
  assertEquals([world.state.kind, world.socket.url], ["connecting", `${URL}?resume=3`]);
});

Deno.test("start() begins with short pauses again after stop()", async () => {
  const world = new World().start();
  for (let turn = 0; turn < 3; turn++) {
    world.socket.emit("close");
    await world.clock.advance(world.pauseMs);
  }
  world.connection.stop();
  world.start().socket.emit("close");
  assertEquals(world.pauseMs, 125);
});
