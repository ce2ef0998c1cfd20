/**
 * The bar of the scenario that is played: how far it is, what comes next, and how to hold or end it; after its
 * end the verdict. Loaded when there is a scenario.
 *
 * @module
 */

import "./live_scripts.ts";
import { useComputed, useSignal, useSignalEffect } from "@preact/signals";
import { render, type VNode } from "preact";
import { useRef } from "preact/hooks";

import type { LiveStats } from "@/lib/protocol/views.ts";
import * as words from "@/texts/scenario.ts";

import { callApi } from "./api_client.ts";
import type { LiveStore } from "./live_store.ts";

/** Props of {@linkcode ScenarioBar}. */
export interface ScenarioBarProps {
  readonly store: LiveStore;
}

/** A scenario that is played, or has just ended. */
type ScenarioRun = NonNullable<LiveStats["scenario"]>;

/** What can be done. */
type Act = "pause" | "resume" | "stop";

const REQUESTS = {
  pause: { method: "POST", path: "/api/scenarios/current/pause", title: words.pauseScenario },
  resume: { method: "DELETE", path: "/api/scenarios/current/pause", title: words.resumeScenario },
  stop: { method: "DELETE", path: "/api/scenarios/current", title: words.stopScenario },
} as const;

/** Id of the element that holds the bar. */
const PLACE = "scenario";

/** Puts the bar at the head of the page, if it is not there yet. It lives as long as the page. */
export function showBar(store: LiveStore): void {
  if (document.getElementById(PLACE) !== null) return;
  const place = document.createElement("div");
  place.id = PLACE;
  document.querySelector("main")?.prepend(place);
  render(<ScenarioBar store={store} />, place);
}

/** Renders the bar; nothing once the verdict was shown for a while. */
export function ScenarioBar({ store }: ScenarioBarProps): VNode | null {
  const view = useComputed(() => store.stats.value.scenario);
  const busy = useSignal<Act | null>(null);
  useSpoken(store);
  const run = view.value;
  if (run === null) return null;
  const act = async (kind: Act) => {
    if (busy.peek() !== null) return;
    busy.value = kind;
    await perform(kind);
    busy.value = null;
  };
  const button = (kind: Act, caption: string) => (
    <button
      type="button"
      class="ghost"
      aria-label={REQUESTS[kind].title}
      aria-busy={busy.value === kind}
      onClick={() => act(kind)}
    >
      {caption}
    </button>
  );
  return (
    <section class="scenario" data-state={run.state} aria-label={words.scenario(run.name)}>
      <b>{run.name}</b>
      <ScenarioProgress run={run} elapsedMs={elapsedAt(run, store.now.value)} />
      <div class="scenario-acts">
        {run.state === "running" && button("pause", words.pause)}
        {run.state === "paused" && button("resume", words.resume)}
        {isOn(run) && button("stop", words.stop)}
      </div>
      {run.differences.length > 0 && (
        <details>
          <summary>{words.differences(run.differences.length)}</summary>
          <ul>
            {run.differences.map((line) => <li key={line}>{line}</li>)}
          </ul>
        </details>
      )}
    </section>
  );
}

interface ScenarioProgressProps {
  readonly run: ScenarioRun;
  readonly elapsedMs: number;
}

function ScenarioProgress({ run, elapsedMs }: ScenarioProgressProps): VNode {
  const text = words.progress(clockText(elapsedMs), clockText(run.durationMs));
  return (
    <>
      <progress
        max={run.durationMs}
        value={elapsedMs}
        aria-label={words.progressLabel}
        aria-valuetext={text}
      />
      <span class="scenario-time" aria-hidden="true">{text}</span>
      <p>{describeNext(run, elapsedMs)}</p>
    </>
  );
}

/**
 * Returns what a run does next, or how it stands if that is more to the point.
 */
export function describeNext({ state, next }: ScenarioRun, elapsedMs: number): string {
  switch (state) {
    case "passed":
    case "failed":
    case "stopped":
      return words.results[state];
    case "paused":
      return words.pausedNow;
    case "running":
      if (next === null) return words.nothingMore;
      return words.next(next.what, clockText(next.atMs - elapsedMs));
  }
}

/** Returns how far a run is at a time of the server's clock, in milliseconds. */
export function elapsedAt(run: ScenarioRun, now: number): number {
  const sinceMs = run.state === "running" ? Math.max(0, now - run.at) : 0;
  return Math.min(run.durationMs, run.elapsedMs + sinceMs);
}

/** Says once how a run stands whenever that is another. */
function useSpoken(store: LiveStore): void {
  const said = useRef("");
  useSignalEffect(() => {
    const run = store.stats.value.scenario;
    const text = run === null ? "" : words.announcements[run.state](run.name);
    if (text !== said.current) store.say(text);
    said.current = text;
  });
}

/** Asks only if it fails, for another try. */
async function perform(kind: Act): Promise<void> {
  const { title, ...request } = REQUESTS[kind];
  const submit = () => callApi(request);
  const { actAtOnce } = await import("./act_at_once.tsx");
  await actAtOnce({ title, submit, onDone: () => {} });
}

function isOn({ state }: ScenarioRun): boolean {
  return state === "running" || state === "paused";
}

function clockText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
