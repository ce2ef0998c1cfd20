/**
 * What brings about the answers that operations give for reasons of their own.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

import { ORIGIN } from "@/tests/routes/web.ts";
import { REFUSED } from "@/tests/support/fake_receiver.ts";

import type { WholeApp, WholeAppOptions } from "./whole_app.ts";

/** What must have happened before the example of an operation succeeds. */
export const BEFORE: Readonly<Record<string, (app: WholeApp) => Promise<unknown>>> = {
  getScenario: play,
  pauseScenario: play,
  stopScenario: play,
  resumeScenario: async (app) => {
    await play(app);
    app.monitor.scenarios.pause();
  },
};

/** An answer that an operation gives for a reason of its own. */
export interface Case {
  readonly id: string;
  readonly status: number;
  /** Makes it so. */
  readonly arrange?: (app: WholeApp) => unknown;
  /** Changes the request of the example. */
  readonly change?: Change;
  /** How the application is. */
  readonly app?: WholeAppOptions;
}

/** What is different about a request. */
export interface Change {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const breakHistory = (app: WholeApp) => void (app.isHistoryBroken = true);
const fillGate = (app: WholeApp) => void (app.gate.isFull = true);
const breakGate = (app: WholeApp) => {
  app.gate.result = { kind: "unsafe", reason: "the disk is full" };
};
const endSilence = (app: WholeApp) => app.monitor.desk.endSilence(app.silence);

/** The answers. */
export const CASES: readonly Case[] = [
  { id: "postSamples", status: 429, arrange: fillGate },
  { id: "postSamples", status: 503, arrange: breakGate },
  { id: "postSamples", status: 400, change: { body: "{" } },
  { id: "postSamples", status: 413, change: { body: " ".repeat(20_001) } },
  { id: "postSamples", status: 415, change: { headers: { "content-type": "text/plain" } } },
  { id: "postSamples", status: 415, change: { headers: { "content-encoding": "gzip" } } },
  { id: "postSamples", status: 422, change: { body: '{"service":"A"}' } },
  { id: "postHeartbeat", status: 429, arrange: fillGate },
  { id: "postHeartbeat", status: 503, arrange: breakGate },
  { id: "postHeartbeat", status: 413, change: { body: " ".repeat(20_001) } },
  { id: "postHeartbeat", status: 422, change: { path: "/api/heartbeats/A" } },
  { id: "sendHeartbeatByGet", status: 403, change: { headers: { referer: ORIGIN } } },
  { id: "sendHeartbeatByGet", status: 429, arrange: fillGate },
  { id: "sendHeartbeatByGet", status: 503, arrange: breakGate },
  { id: "sendHeartbeatByGet", status: 422, change: { path: "/api/heartbeats/A" } },
  ...["postRun", "sendRunByGet"].flatMap((id): Case[] => [
    { id, status: 202, change: { path: "/api/heartbeats/nightly-backup/start?run=a" } },
    { id, status: 429, arrange: fillGate },
    { id, status: 503, arrange: breakGate },
    { id, status: 422, change: { path: "/api/heartbeats/nightly-backup/done" } },
    { id, status: 422, change: { path: "/api/heartbeats/checkout/start" } },
  ]),
  { id: "sendRunByGet", status: 403, change: { headers: { purpose: "prefetch" } } },
  { id: "exportMetrics", status: 200, change: { path: "/v1/metrics?service=cart" } },
  { id: "exportMetrics", status: 400, change: { body: "{" } },
  { id: "exportMetrics", status: 400, change: { path: "/v1/metrics?service=A" } },
  { id: "exportMetrics", status: 413, change: { body: " ".repeat(20_001) } },
  { id: "exportMetrics", status: 415, change: { headers: { "content-type": "text/plain" } } },
  { id: "exportMetrics", status: 415, change: { headers: { "content-encoding": "br" } } },
  { id: "exportMetrics", status: 429, arrange: fillGate },
  { id: "exportMetrics", status: 503, arrange: breakGate },
  ...["getStatus", "getAtomFeed", "getRssFeed"].flatMap((id): Case[] => [
    { id, status: 200, change: { headers: { "accept-encoding": "gzip" } } },
    { id, status: 304, change: { headers: { "if-none-match": "*" } } },
    { id, status: 404, app: { hasNoPage: true } },
  ]),
  { id: "getStatus", status: 200, arrange: breakHistory },
  { id: "getBadge", status: 400, change: { path: "/badge/checkout.svg?show=what" } },
  { id: "getBadge", status: 404, app: { hasNoPage: true } },
  { id: "listAlertmanagerAlerts", status: 400, change: { path: "/api/v2/alerts?active=perhaps" } },
  { id: "listAlertmanagerGroups", status: 400, change: { path: "/api/v2/alerts/groups?filter=x" } },
  { id: "listAlertmanagerSilences", status: 400, change: { path: "/api/v2/silences?filter=x" } },
  { id: "postAlertmanagerSilence", status: 400, change: { body: "{" } },
  { id: "postAlertmanagerSilence", status: 400, change: { body: "{}" } },
  { id: "postAlertmanagerSilence", status: 404, change: { body: alertmanagerSilence("none") } },
  { id: "postAlertmanagerSilence", status: 413, change: { body: " ".repeat(16_385) } },
  {
    id: "postAlertmanagerSilence",
    status: 415,
    change: { headers: { "content-type": "text/plain" } },
  },
  { id: "postAlertmanagerSilence", status: 429, arrange: fillSilences },
  { id: "listAudit", status: 200, arrange: actTwice, change: { path: "/api/audit?limit=1" } },
  {
    id: "getHealth",
    status: 200,
    app: { hasTokens: true },
    change: { headers: bearer("a token that sends") },
  },
  { id: "getHistory", status: 503, arrange: breakHistory },
  { id: "listEvents", status: 503, arrange: breakHistory },
  { id: "getTimeline", status: 503, arrange: breakHistory },
  {
    id: "listAlerts",
    status: 200,
    change: { path: "/api/alerts?state=all&limit=1" },
  },
  {
    id: "listEvents",
    status: 200,
    change: { path: "/api/services/checkout/events?limit=1" },
  },
  { id: "listNotifications", status: 200, change: { path: "/api/notifications?limit=1" } },
  { id: "acknowledgeAlert", status: 409, arrange: useEnded },
  { id: "unacknowledgeAlert", status: 409, arrange: useEnded },
  { id: "getAlert", status: 200, arrange: useEnded },
  { id: "addSilence", status: 429, arrange: fillSilences },
  { id: "addSilence", status: 422, change: { body: '{"match":{},"duration":"1h"}' } },
  { id: "changeSilence", status: 409, arrange: endSilence },
  { id: "endSilence", status: 409, arrange: endSilence },
  { id: "testReceiver", status: 502, arrange: ({ receiver }) => receiver.script.push(REFUSED) },
  { id: "addFault", status: 404, change: { body: '{"service":"none","kind":"crash"}' } },
  { id: "addFault", status: 422, change: { body: '{"service":"checkout","kind":"crash"}' } },
  { id: "addFault", status: 429, arrange: fillFaults },
  { id: "getScenario", status: 404 },
  { id: "startScenario", status: 404, change: { body: '{"name":"none"}' } },
  { id: "startScenario", status: 409, change: { body: '{"name":"broken"}' } },
  { id: "startScenario", status: 409, arrange: play },
  { id: "pauseScenario", status: 409 },
  { id: "resumeScenario", status: 409 },
  { id: "stopScenario", status: 409 },
  { id: "getHealth", status: 503, app: { isIdle: true } },
  { id: "openLive", status: 426, change: { path: "/api/live" } },
  { id: "openLive", status: 400, change: { path: "/api/live", headers: { upgrade: "websocket" } } },
];

/** Operations whose bodies are in a format of others, with its own way to say what is wrong: their cases say all. */
export const FOREIGN_BODIES: ReadonlySet<string> = new Set(["postAlertmanagerSilence"]);

async function play({ web }: WholeApp): Promise<void> {
  const headers = { "content-type": "application/json" };
  const body = '{"name":"cpu-spike"}';
  const response = await web.fetch("/api/scenarios/current", { method: "POST", headers, body });
  assertEquals(response.status, 201, await response.text());
}

function useEnded(app: WholeApp): void {
  Object.assign(app, { firing: app.ended });
}

function fillSilences({ monitor, clock }: WholeApp): void {
  const matcher = { service: "cart", rule: null, tag: null, severity: null };
  const draft = { matcher, startsAt: null, endsAt: clock.now() + 9_999, author: "A", reason: "" };
  for (let made = 0; monitor.desk.addSilence(draft).kind === "done"; made++) assert(made < 9_999);
}

function alertmanagerSilence(id: string): string {
  return JSON.stringify({
    id,
    matchers: [{ name: "service", value: "cart", isRegex: false }],
    startsAt: "2023-11-14T22:13:20Z",
    endsAt: "2023-11-24T22:00:00Z",
    ...{ createdBy: "Anna", comment: "deploy" },
  });
}

async function actTwice({ web, silence }: WholeApp): Promise<void> {
  for (let acted = 0; acted < 2; acted++) {
    const response = await web.fetch(`/api/silences/${silence}`, { method: "DELETE" });
    await response.body?.cancel();
  }
}

function fillFaults({ monitor }: WholeApp): void {
  const draft = {
    service: "auth-service",
    kind: "crash",
    intensity: 1,
    durationMs: 5_000,
  } as const;
  for (let made = 0; monitor.faults.add(draft).kind === "done"; made++) assert(made < 99);
}

/** Returns the header that shows a token. */
export function bearer(token: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${token}` };
}
