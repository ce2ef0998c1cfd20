/**
 * Asks the server for the past of a service.
 *
 * @module
 */

import type { Instant, TimeSpan } from "@/lib/domain/instant.ts";
import type { EventView, HistoryView, TimelineView } from "@/lib/protocol/history_views.ts";
import * as words from "@/texts/service_page.ts";

import { isRecord } from "../api_answers.ts";
import { callApi, explainFailure } from "../api_client.ts";
import { EVENTS_SPAN_MS, EVENTS_STEP, type PastAnswer, POINTS } from "./past_data.ts";
import type { OlderAnswer, PastSource } from "./past_store.ts";

/** One part of the past, or why it cannot be had. */
type Part<Value> =
  | { readonly kind: "ready"; readonly value: Value }
  | { readonly kind: "failed"; readonly reason: string };

/** Returns a source that asks about a service. */
export function createPastSource(service: string): PastSource {
  const path = `/api/services/${encodeURIComponent(service)}`;
  return {
    load: async (span, now) => await loadPast(path, { span, now }),
    loadOlder: async (before, now) => await loadOlder(path, { before, now }),
  };
}

async function loadPast(
  path: string,
  { span: { from, to }, now }: { readonly span: TimeSpan; readonly now: Instant },
): Promise<PastAnswer> {
  const span = `from=${Math.floor(from)}&to=${Math.ceil(to)}`;
  const [history, timeline, events] = await Promise.all([
    ask(words.samplesNotLoaded, `${path}/history?${span}&points=${POINTS}`, isHistory),
    ask(words.timelineNotLoaded, `${path}/timeline?${span}`, isTimeline),
    ask(words.eventsNotLoaded, eventsPath(path, now), isEvents),
  ]);
  if (history.kind === "failed") return history;
  if (timeline.kind === "failed") return timeline;
  if (events.kind === "failed") return events;
  return {
    kind: "ready",
    data: { history: history.value, timeline: timeline.value, ...cutEvents(events.value) },
  };
}

async function loadOlder(
  path: string,
  { before, now }: { readonly before: string; readonly now: Instant },
): Promise<OlderAnswer> {
  const query = `${eventsPath(path, now)}&before=${encodeURIComponent(before)}`;
  const events = await ask(words.olderNotLoaded, query, isEvents);
  return events.kind === "failed" ? events : { kind: "ready", ...cutEvents(events.value) };
}

/** The list is of all times, so that choosing an event does not take the others away. */
function eventsPath(path: string, now: Instant): string {
  const to = Math.ceil(now) + 1;
  const from = Math.max(0, to - EVENTS_SPAN_MS);
  return `${path}/events?from=${from}&to=${to}&limit=${EVENTS_STEP + 1}`;
}

function cutEvents(events: readonly EventView[]) {
  return { events: events.slice(0, EVENTS_STEP), hasOlder: events.length > EVENTS_STEP };
}

async function ask<Value>(
  explain: (why: string) => string,
  path: string,
  is: (value: unknown) => value is Value,
): Promise<Part<Value>> {
  const answer = await callApi({ method: "GET", path });
  const failed = (why: string): Part<Value> => ({
    kind: "failed",
    reason: explain(why),
  });
  if (answer.kind !== "done") return failed(explainFailure(answer));
  if (!is(answer.value)) return failed(words.otherVersion);
  return { kind: "ready", value: answer.value };
}

function isHistory(value: unknown): value is HistoryView {
  return isRecord(value) && typeof value.stepMs === "number" && isRecord(value.metrics) &&
    Array.isArray(value.gaps);
}

function isTimeline(value: unknown): value is TimelineView {
  return isRecord(value) && Array.isArray(value.spans) && Array.isArray(value.alerts) &&
    Array.isArray(value.uptime);
}

function isEvents(value: unknown): value is readonly EventView[] {
  return Array.isArray(value) && value.every((event) => isRecord(event));
}
