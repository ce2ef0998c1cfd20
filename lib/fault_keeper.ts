/**
 * The keeper of faults: begins them, ends them when they are over or before, and tells who simulates and who
 * shows.
 *
 * @module
 */

import { MAX_FAULT_MS, MAX_FAULTS, MIN_FAULT_MS } from "@/lib/domain/fault.ts";
import type { ActResult } from "@/lib/ports/alert_desk.ts";
import type { Clock } from "@/lib/ports/clock.ts";
import { Deadlines } from "@/lib/ports/deadlines.ts";
import type { FaultDesk, FaultDraft, FaultView } from "@/lib/ports/fault_desk.ts";
import type { InputIssue } from "@/lib/ports/monitor.ts";
import type { SourceView } from "@/lib/protocol/views.ts";

/** What a {@linkcode FaultKeeper} needs. */
export interface FaultKeeperOptions {
  /** The time at which faults begin and end. */
  readonly clock: Clock;
  /** Tells where the samples of a service come from; `undefined` if there is no such service. */
  readonly sourceOf: (service: string) => SourceView["kind"] | undefined;
  /** Makes a simulated service have these faults and no others. */
  readonly setFaults: (service: string, faults: readonly Omit<FaultView, "id">[]) => void;
  /** Hears which faults act on a service, whenever they are others. */
  readonly onChange: (service: string, faults: readonly FaultView[]) => void;
}

/** A crash is a moment: it is shown for no longer than this, in milliseconds. */
const CRASH_MS = 5_000;

/** Keeps the faults that act; at most {@linkcode MAX_FAULTS} a service. */
export class FaultKeeper implements FaultDesk {
  readonly #options: FaultKeeperOptions;
  readonly #deadlines: Deadlines;
  readonly #faults = new Map<string, FaultView>();
  #made = 0;

  /** Begins without faults. */
  constructor(options: FaultKeeperOptions) {
    this.#options = options;
    this.#deadlines = new Deadlines({ clock: options.clock, onDue: (ids) => this.#forgetAll(ids) });
  }

  list(): readonly FaultView[] {
    this.#deadlines.run();
    return [...this.#faults.values()];
  }

  add(draft: FaultDraft): ActResult<FaultView> {
    const { service } = draft;
    const source = this.#options.sourceOf(service);
    if (source === undefined) return { kind: "unknown" };
    const issues = [...checkSource(service, source), ...checkStrength(draft)];
    if (issues.length > 0) return { kind: "invalid", issues };
    if (this.#of(service).length >= MAX_FAULTS) {
      return { kind: "full", reason: `${service} has ${MAX_FAULTS} faults, which is the limit` };
    }
    const fault = this.#begin(draft);
    this.#faults.set(fault.id, fault);
    this.#deadlines.set(fault.id, fault.startedAt + fault.durationMs);
    this.#tell(service);
    return { kind: "done", value: fault };
  }

  end(id: string): ActResult<FaultView> {
    this.#deadlines.run();
    const fault = this.#faults.get(id);
    if (fault === undefined) return { kind: "unknown" };
    this.#faults.delete(id);
    this.#deadlines.set(id, null);
    this.#tell(fault.service);
    return { kind: "done", value: fault };
  }

  /**
   * Takes that services are simulated anew, that some may be gone, and that others are not simulated any more:
   * faults go on where they can.
   */
  reconfigure(): void {
    for (const service of new Set(this.list().map((fault) => fault.service))) {
      if (this.#options.sourceOf(service) === "simulated") this.#order(service);
      else this.#drop(service);
    }
  }

  /** Ends all waiting. The list can still be read. */
  stop(): void {
    this.#deadlines.stop();
  }

  #begin({ service, kind, intensity, durationMs }: FaultDraft): FaultView {
    const startedAt = this.#options.clock.now();
    const id = `${startedAt.toString(36)}-${++this.#made}`;
    const lengthMs = kind === "crash" ? Math.min(durationMs, CRASH_MS) : durationMs;
    return { id, service, kind, intensity, startedAt, durationMs: lengthMs };
  }

  #of(service: string): FaultView[] {
    return this.list().filter((fault) => fault.service === service);
  }

  #tell(service: string): void {
    this.#order(service);
    this.#options.onChange(service, this.#of(service));
  }

  #order(service: string): void {
    this.#options.setFaults(service, this.#of(service).map(({ id: _shown, ...fault }) => fault));
  }

  #drop(service: string): void {
    this.#forgetAll(this.#of(service).map(({ id }) => id));
  }

  /** Whoever simulates is not told: a simulator knows when its faults end, to the very step. */
  #forgetAll(ids: readonly string[]): void {
    const services = new Set(ids.flatMap((id) => this.#faults.get(id)?.service ?? []));
    for (const id of ids) {
      this.#faults.delete(id);
      this.#deadlines.set(id, null);
    }
    for (const service of services) this.#options.onChange(service, this.#of(service));
  }
}

function checkSource(service: string, source: SourceView["kind"]): InputIssue[] {
  if (source === "simulated") return [];
  const message = `${service} is not simulated: faults are for simulated services only`;
  return [{ path: "service", message }];
}

/** What no simulator would take. */
function checkStrength({ intensity, durationMs }: FaultDraft): InputIssue[] {
  const issues: InputIssue[] = [];
  if (!(intensity >= 0 && intensity <= 1)) {
    issues.push({ path: "intensity", message: `must be from 0 to 1, got ${intensity}` });
  }
  if (
    !Number.isInteger(durationMs) || durationMs < MIN_FAULT_MS || durationMs > MAX_FAULT_MS
  ) {
    const range = `whole milliseconds from ${MIN_FAULT_MS} to ${MAX_FAULT_MS}`;
    issues.push({ path: "durationMs", message: `must be ${range}, got ${durationMs}` });
  }
  return issues;
}
