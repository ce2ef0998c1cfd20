/** What stands on the slides of the talk. @module */

import type { Phrase } from "./language.ts";

/** What the architecture comes to, and why. */
export const architecturePoints = [
  [
    "One writer",
    "All state changes in one turn of the event loop, in the collector: nothing races.",
  ],
  [
    "One engine",
    "Live or in virtual time, the same step() decides. It has no clock; it is given the time.",
  ],
  ["Nothing polls", "step() returns when silence would break a rule. One heap, one timer."],
] as const;

/** The way of a sample: a part, and what it does. */
export const way = [
  ["Simulator or your service", "sends a sample"],
  ["Collector", "the only writer of state"],
  ["Domain", "step(state, event, now), pure"],
  ["Hub", "deltas, written out once for all"],
  ["Browser", "signals, one card, one pixel"],
  ["On the side", "History writes it down; the notifier tells what was written"],
] as const;

/** How a service becomes DOWN: what happens, and how. */
export const downRules = [
  [
    "A sign of life arrives",
    "Any new sample, or a bare heartbeat, counts from its arrival, by the clock of Vitals.",
  ],
  [
    "A deadline is set",
    "step() returns: last sign + 5 s (set per rule and service). One timer waits; nothing polls.",
  ],
  [
    "The deadline passes",
    "SERVICE_DOWN fires at once: a missing heartbeat, critical. That alone makes a service DOWN.",
  ],
  [
    "A heartbeat ends it",
    "No timer, no restart, no old sample does. Any other alert is DEGRADED, never DOWN.",
  ],
] as const;

/** The lessons, and why. */
export const lessons = [
  [
    "Let the pure function return its deadline",
    "No sweep, no timer for each service, and a test replays an hour in a loop.",
  ],
  [
    "Decide, then act, with a reason",
    "“Held back: it depends on db, which is DOWN” can be logged, counted, shown and tested.",
  ],
  [
    "Measure against a baseline in the same run",
    "Milliseconds of one noisy machine mean little elsewhere. A ratio carries over.",
  ],
  [
    "Rows were the obvious layout, and twenty times too large",
    "A journal first, then chunks of columns: 2.10 bytes a value instead of 43.32.",
  ],
  [
    "Your own restart is no outage of others",
    "It is a gap: nothing fires, resolves or is told because Vitals was away.",
  ],
  [
    "What it does not do",
    "No cluster: one process, one disk. A worker in an endless loop keeps its core in Deno 2.9.",
  ],
] as const;

/** What is promised, and how that is kept. */
export const reliability = [
  [
    "Written, then answered",
    "A push gets its 202, and a message leaves, once its batch is on disk.",
  ],
  [
    "One turn, one batch",
    "Samples, transitions and state go in one transaction. More load, larger batches.",
  ],
  ["The same id again", "After a crash the outbox goes on. What was told is not told anew."],
  ["Disk full", "Watching and telling go on; pushes get 503, and health says why."],
] as const;

/** A pain, the promise against it, and how that is kept. */
export const promises = [
  [
    "It fell silent, and the last number was green",
    "Silence is never recovery",
    "Five seconds without a heartbeat is DOWN. No alert resolves but on fresh good samples.",
  ],
  [
    "An alert at three in the morning, and no reason",
    "Every alert explains itself",
    "The rule, the samples, the number and the limit are kept, and prove the verdict again.",
  ],
  [
    "One database failed, thirty messages came",
    "One outage is one message",
    "What depends on it is watched and shown; one message goes out, about the cause.",
  ],
] as const;

/** The steps of a sample: where, what, how. */
export const travel = [
  ["worker", "Step", "Once a second the model makes a sample of seed, second and faults."],
  ["server", "Message", "Parsed like any input. A push over HTTP comes in here too."],
  ["server", "Door", "Room, and not from the future? All of a batch or nothing."],
  [
    "server",
    "Decision",
    "step() judges each rule of the series that moved, and derives the status.",
  ],
  ["server", "Window", "Into a ring of sixty: mean, least and greatest in constant time."],
  ["server", "Deadline", "When would silence break a rule? One heap, one timer."],
  ["server", "Change", "What moved is gathered, and published once per batch."],
  ["server", "Note", "Noted for the disk. Written after this turn; the way on does not wait."],
  ["server", "Delta", "Merged for 50 ms at most, written out once, one frame for all peers."],
  ["browser", "Client", "Applies the delta. A number is missing? Then it connects anew."],
  ["browser", "Signals", "One for each service: only what changed renders again."],
  ["browser", "Pixel", "Number, sparkline, strip, badge."],
] as const;

export const places = {
  worker: "Web Worker",
  server: "server thread",
  browser: "browser",
} as const;

export function fromDoorToSockets<Part>(time: Part): Phrase<Part> {
  return [
    "From the door (3) to 1,000 sockets (9): ",
    time,
    " at the 99th percentile. And if no sample comes? Then the deadline (6) does.",
  ];
}

/** The boxes of the drawing. */
export const boxes = {
  simulators: { name: "Simulators", lines: ["Web Worker each,", "no rights"] },
  services: { name: "Your services", lines: ["POST samples,", "heartbeats, agent"] },
  collector: { name: "Collector", lines: ["the only writer", "of state"] },
  domain: { name: "Domain", lines: ["step(state, event, now)", "pure: no clock, no I/O"] },
  hub: { name: "Hub", lines: ["deltas, written", "out once for all"] },
  history: { name: "History", lines: ["SQLite in a worker,", "one batch a turn"] },
  notifier: { name: "Notifier", lines: ["decides, with a", "reason; outbox"] },
  browser: { name: "Browser", lines: [] },
  receivers: { name: "Receivers", lines: ["mail, Slack, ntfy,", "webhook, …"] },
} as const;

export const arrowSample = "sample";
export const arrowEvent = "event, now";
export const arrowState = "state, due";
export const arrowChange = "change";
export const arrowNote = "note";
export const arrowFrame = "frame";
export const arrowWritten = "written first";
export const drawing =
  "A sample goes from a simulator or your own service to the collector, which asks step in the domain what it means, then to the hub and to the browser. History writes it down beside that way, and what the notifier tells is written first.";

export const asItRuns = (path: string): string => `${path}, as it runs`;
export const silenceDrawing =
  "Heartbeats a second apart, then five seconds of silence up to the deadline. There the service is DOWN, until the next heartbeat, with which it is HEALTHY.";
export const healthy = "HEALTHY";
export const down = "DOWN";
export const heartbeats = "heartbeats";
export const silence = "5 s of silence";
export const deadline = "deadline: SERVICE_DOWN";
export const heardAgain = "heard of again";

export const tryIt = "Four living services within seconds. Questions?";

export const liveDashboard = "The live dashboard";
export const dashboardPicture =
  "The dashboard: a verdict, a card for each service, and the active alerts";

export function starts<Part>(key: Part, scenario: Part): Phrase<Part> {
  return [key, " starts ", scenario];
}

export const worstFirst = "The worst card comes first";

export function whyShows<Part>(emphasise: (text: string) => Part): Phrase<Part> {
  return [emphasise("Why?"), " shows rule, samples, limit"];
}

export const oneMessage = "One outage: one message";

export const underLoad =
  "under load, at random moments. Nothing acknowledged was lost, nothing was told anew.";
export const figures = "Figures with their baselines";
export const measured = "Measured";
export const vitals = "Vitals";
export const baseline = "Baseline";
export const ratio = "Ratio";

export function measuredOn(date: string): string {
  return `${date}, two shared cores. Baselines ran in the same run.`;
}

export function vitalsWatches<Part>(emphasise: (text: string) => Part): Phrase<Part> {
  return [
    emphasise("Vitals"),
    " watches services live and says who is healthy, degraded or down, and why. One process, one command, no database to install.",
  ];
}

export const silentLine =
  "CPU of a service stays around 41 per cent, then no sample comes any more";
export const limit = "limit 85 %";
export const lastCpu = "last CPU 41 %";
export const nothingComes = "nothing comes";
export const nobodyTold = "no value crosses the limit, and nobody is told";
export const time = "time →";
