/**
 * The presenter's view: this slide, the next one, what to say, and the time, in step with the audience's window.
 *
 * @module
 */

import { useComputed, useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

import type { DeckAct } from "@/components/slides/deck_keys.ts";
import { DeckHelp } from "@/components/slides/DeckHelp.tsx";
import { planOf, SLIDES } from "@/components/slides/script.ts";
import { comparePace, formatTalkTime } from "@/components/slides/talk_time.ts";
import { startDemo, useDeck, useDeckKeys } from "@/components/slides/use_deck.ts";
import { useTalkTime } from "@/components/slides/use_talk_time.ts";
import * as words from "@/texts/talk.ts";

interface SlidePresenterProps {
  /** The slide that the address names, as far as the server sees it. */
  readonly slide: number;
}

/** Renders the view. */
export default function SlidePresenter({ slide }: SlidePresenterProps): VNode {
  const store = useDeck(slide, { offset: 0, answers: true });
  const time = useTalkTime();
  const perform = (act: DeckAct) => {
    if (act.kind === "show") store.show(act.slide);
    if (act.kind === "start") void startDemo(store);
    if (act.kind === "reset") time.reset();
    if (act.kind === "help") store.helps.value = !store.helps.peek();
    if (act.kind === "back") store.helps.value = false;
  };
  useDeckKeys(store, perform);
  const pace = useComputed(() => comparePace(store.slide.value, time.elapsedS.value));
  const current = store.slide.value;
  const plan = planOf(current);
  const next = SLIDES[current];
  return (
    <main class="presenter">
      <h1 class="unseen">{words.presenterTitle}</h1>
      <section class="presenter-now" aria-label={words.thisSlide}>
        <p class="kicker">
          <b>{current} / {SLIDES.length}</b> {plan.name}
        </p>
        <Preview which="current" offset={0} onReady={() => store.tell()} />
      </section>
      <section class="presenter-next" aria-label={words.nextSlide}>
        <p class="kicker">{next === undefined ? words.theEnd : words.next(next.name)}</p>
        <Preview which="next" offset={1} onReady={() => store.tell()} />
        <dl class="times">
          <div>
            <dt>{words.talk}</dt>
            <dd class="elapsed" data-late={pace.value.isLate}>
              {formatTalkTime(time.elapsedS.value)}
            </dd>
          </div>
          <div>
            <dt>{words.plan}</dt>
            <dd>{formatTalkTime(plan.startsAtS)}</dd>
          </div>
          <div>
            <dt>{words.clock}</dt>
            <dd class="clock">{time.clock}</dd>
          </div>
        </dl>
        <p class="pace" data-late={pace.value.isLate}>
          <span>{pace.value.words}</span>
          <button type="button" class="ghost" onClick={time.reset}>{words.resetTime}</button>
        </p>
      </section>
      <section class="presenter-notes" aria-label={words.notes}>
        <h2>{plan.title}</h2>
        <ul>{plan.notes.map((note) => <li key={note}>{note}</li>)}</ul>
        <p class="deck-said" role="status">{store.said}</p>
      </section>
      <p class="presenter-buttons">
        <button type="button" class="ghost" onClick={() => store.show(current - 1)}>
          {words.before}
        </button>
        <button type="button" class="ghost" onClick={() => store.show(current + 1)}>
          {words.after}
        </button>
        <button type="button" class="ghost" onClick={() => perform({ kind: "start" })}>
          {words.startMonday}
        </button>
        <button type="button" class="ghost" onClick={() => perform({ kind: "help" })}>
          {words.keysTitle}
        </button>
      </p>
      <DeckHelp helps={store.helps} />
    </main>
  );
}

interface PreviewProps {
  readonly which: string;
  readonly offset: 0 | 1;
  /** Called when the preview can be told where the talk is. */
  readonly onReady: () => void;
}

/** A slide of the size of a screen, made small. It is only to look at. */
function Preview({ which, offset, onReady }: PreviewProps): VNode {
  const address = useSignal<string | undefined>(undefined);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    address.value = `/slides?preview=${offset}${location.hash}`;
    return place.current === null ? undefined : fitFrame(place.current);
  }, []);
  return (
    <div class="preview" data-which={which} ref={place}>
      <iframe
        src={address.value}
        title={which === "next" ? words.theNextSlide : words.thisSlide}
        tabIndex={-1}
        onLoad={onReady}
      />
    </div>
  );
}

/** How wide the frame of a preview is before it is made small, in CSS pixels. */
const FRAME_WIDTH = 1_280;

/** Keeps the frame in a place as small as that is. Returns what ends it. */
function fitFrame(place: HTMLElement): () => void {
  const observer = new ResizeObserver(() => {
    const frame = place.querySelector("iframe");
    if (frame !== null) frame.style.transform = `scale(${place.clientWidth / FRAME_WIDTH})`;
  });
  observer.observe(place);
  return () => observer.disconnect();
}
