import { assertEquals } from "@std/assert";

import { type DeckMessage, parseDeckMessage } from "@/components/slides/deck_messages.ts";
import { type DeckChannel, DeckStore } from "@/components/slides/deck_store.ts";

/** Channels of one name: each hears what the others say, as a `BroadcastChannel` does, but at once unless held. */
class FakeChannels {
  /** What is on its way, if messages are held. */
  held: (() => void)[] | null = null;
  readonly #channels = new Set<DeckChannel>();
  /** How many messages went out. */
  count = 0;

  /** Delivers what is on its way, and what that brings about. */
  release(): void {
    for (let next = this.held?.shift(); next !== undefined; next = this.held?.shift()) next();
  }

  open(): DeckChannel {
    const channel: DeckChannel = {
      onmessage: null,
      postMessage: (data: DeckMessage) => {
        this.count++;
        for (const other of this.#channels) {
          if (other === channel) continue;
          const deliver = () => other.onmessage?.(new MessageEvent("message", { data }));
          if (this.held === null) deliver();
          else this.held.push(deliver);
        }
      },
      close: () => void this.#channels.delete(channel),
    };
    this.#channels.add(channel);
    return channel;
  }
}

const LEADS = { offset: 0, answers: true } as const;

Deno.test("DeckStore keeps windows in step both ways, and echoes nothing", () => {
  const channels = new FakeChannels();
  const [audience, presenter] = [new DeckStore(1, LEADS), new DeckStore(1, LEADS)];
  audience.join(channels.open());
  presenter.join(channels.open());
  channels.count = 0;
  audience.show(4);
  assertEquals(presenter.slide.value, 4);
  presenter.show(5);
  assertEquals(audience.slide.value, 5);
  presenter.say("monday-morning runs.");
  assertEquals(audience.said.value, "monday-morning runs.");
  assertEquals(channels.count, 3);
});

Deno.test("DeckStore goes where the talk is when its window comes later", () => {
  const channels = new FakeChannels();
  const audience = new DeckStore(6, LEADS);
  audience.join(channels.open());
  const presenter = new DeckStore(1, LEADS);
  presenter.join(channels.open());
  assertEquals([audience.slide.value, presenter.slide.value], [6, 6]);
});

Deno.test("DeckStore of a preview shows the next slide and leads nobody", () => {
  const channels = new FakeChannels();
  const preview = new DeckStore(2, { offset: 1, answers: false });
  preview.join(channels.open());
  const audience = new DeckStore(3, LEADS);
  audience.join(channels.open());
  assertEquals(audience.slide.value, 3);
  audience.tell();
  assertEquals(preview.slide.value, 4);
  audience.show(7);
  assertEquals(preview.slide.value, 7);
});

Deno.test("DeckStore agrees with the other windows when messages cross", async (t) => {
  type Act = (audience: DeckStore, presenter: DeckStore) => void;
  const rows: readonly [name: string, act: Act, slide: number][] = [
    ["a turn and an answer", (audience, presenter) => (audience.show(4), presenter.tell()), 4],
    ["an answer and a turn", (audience, presenter) => (presenter.tell(), audience.show(4)), 4],
    ["a turn back", (audience, presenter) => (audience.show(2), presenter.tell()), 2],
    ["two turns", (audience, presenter) => (audience.show(2), presenter.show(5)), 5],
  ];
  for (const [name, act, slide] of rows) {
    await t.step(name, () => {
      const channels = new FakeChannels();
      const [audience, presenter] = [new DeckStore(3, LEADS), new DeckStore(3, LEADS)];
      const preview = new DeckStore(3, { offset: 0, answers: false });
      for (const store of [audience, presenter, preview]) store.join(channels.open());
      channels.held = [];
      act(audience, presenter);
      channels.release();
      const slides = [audience, presenter, preview].map((store) => store.slide.value);
      assertEquals(slides, [slide, slide, slide]);
    });
  }
});

Deno.test("DeckStore.join() returns what leaves the others", () => {
  const channels = new FakeChannels();
  const [one, other] = [new DeckStore(1, LEADS), new DeckStore(1, LEADS)];
  one.join(channels.open());
  const leave = other.join(channels.open());
  leave();
  one.show(3);
  other.show(5);
  assertEquals([one.slide.value, other.slide.value], [3, 5]);
});

Deno.test("DeckStore.show() stays within the slides and tells nothing twice", () => {
  const channels = new FakeChannels();
  const store = new DeckStore(99, LEADS);
  store.join(channels.open());
  channels.count = 0;
  store.show(8);
  store.show(7);
  assertEquals([store.slide.value, channels.count], [7, 0]);
});

Deno.test("parseDeckMessage() takes nothing that is not ours", () => {
  assertEquals(
    parseDeckMessage({ kind: "show", slide: 70, turns: 2 }),
    { kind: "show", slide: 7, turns: 2 },
  );
  const strangers = [null, 3, "show", {}, { kind: "show", slide: 3 }, { kind: "said", words: 1 }, {
    kind: "x",
  }];
  for (const stranger of strangers) assertEquals(parseDeckMessage(stranger), null);
});
