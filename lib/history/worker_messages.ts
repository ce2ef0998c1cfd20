/**
 * What the history and its worker say to each other.
 *
 * @module
 */

import type { Retention } from "@/lib/domain/retention.ts";
import type { History, HistoryFault } from "@/lib/ports/history.ts";

/** Name of a call. */
export type Method = keyof History;

/** Each call with what it is given. */
export type Call = {
  readonly [Name in Method]: {
    /** Name of the call. */
    readonly method: Name;
    /** What it is given. */
    readonly args: Parameters<History[Name]>;
  };
}[Method];

/** Where the history is. It comes first. */
export interface StartMessage {
  /** Tells messages apart. */
  readonly kind: "start";
  /** Path of the folder. */
  readonly folder: string;
  /** How long what is kept. */
  readonly retention: Retention;
}

/** A call, to be answered under the same number. */
export interface CallMessage {
  /** Tells messages apart. */
  readonly kind: "call";
  /** Its number. */
  readonly id: number;
  /** What is called. */
  readonly call: Call;
}

/** What the worker is told. */
export type ToWorker = StartMessage | CallMessage;

/** What the worker answers. */
export type FromWorker =
  | { readonly kind: "answer"; readonly id: number; readonly answer: unknown }
  | {
    readonly kind: "failure";
    readonly id: number;
    readonly fault: HistoryFault;
    readonly message: string;
  };

/** Makes a call. */
export function perform(history: History, { method, args }: Call): Promise<unknown> {
  switch (method) {
    case "open":
      return history.open(...args);
    case "append":
      return history.append(...args);
    case "samples":
      return history.samples(...args);
    case "events":
      return history.events(...args);
    case "statuses":
      return history.statuses(...args);
    case "endedAlerts":
      return history.endedAlerts(...args);
    case "gaps":
      return history.gaps(...args);
    case "transitionsOf":
      return history.transitionsOf(...args);
    case "maintain":
      return history.maintain(...args);
    case "retain":
      return history.retain(...args);
    case "usage":
      return history.usage(...args);
    case "close":
      return history.close(...args);
  }
}
