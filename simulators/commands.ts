/**
 * What the supervisor tells its workers. Without zod, which would take some 5 MiB in each of them.
 *
 * @module
 */

import type { Fault } from "./faults.ts";

/** Begins a worker's life. */
export interface InitMessage {
  readonly type: "init";
  readonly service: string;
  /** Name of a profile. */
  readonly profile: string;
  /** Whole number. */
  readonly seed: number;
  /** One step of the model is taken this often, in milliseconds. */
  readonly intervalMs: number;
  /** What it does wrong from the start. */
  readonly faults: readonly Fault[];
}

/** Replaces all faults. */
export interface FaultsMessage {
  readonly type: "faults";
  readonly faults: readonly Fault[];
}

/** Says whether anything goes wrong by itself; without a word it does. */
export interface CalmMessage {
  readonly type: "calm";
  readonly isCalm: boolean;
}

/** Ends a worker's life. */
export interface StopMessage {
  readonly type: "stop";
}

/** What a worker is told. */
export type WorkerCommand = InitMessage | FaultsMessage | CalmMessage | StopMessage;

const TYPES: readonly unknown[] = [
  "init",
  "faults",
  "calm",
  "stop",
] satisfies WorkerCommand["type"][];

/**
 * Returns a message from the supervisor as what it says.
 *
 * @throws {TypeError} If it is no {@linkcode WorkerCommand}.
 */
export function parseCommand(message: unknown): WorkerCommand {
  if (isCommand(message)) return message;
  throw new TypeError(`Cannot read message to worker: expected type ${TYPES.join(", ")}`);
}

/**
 * Only the supervisor holds the other end of the channel, and it checks services and faults before it
 * sends them; so the type alone tells what the rest is.
 */
function isCommand(message: unknown): message is WorkerCommand {
  return typeof message === "object" && message !== null && "type" in message &&
    TYPES.includes(message.type);
}
