/**
 * What routes share: the state that each request carries, and the helpers that give handlers and pages
 * their types.
 *
 * @module
 */

import { createDefine } from "fresh";

import type { Instant } from "@/lib/domain/instant.ts";
import type { AccessDesk } from "@/lib/access/access_desk.ts";
import type { Hub } from "@/lib/live/hub.ts";
import type { MonitorCounts, ProcessFacts } from "@/lib/metrics/measurements.ts";
import type { Caller } from "@/lib/ports/access.ts";
import type { AlertDesk } from "@/lib/ports/alert_desk.ts";
import type { AuditTrail } from "@/lib/ports/audit.ts";
import type { FaultDesk } from "@/lib/ports/fault_desk.ts";
import type { HistoryReader } from "@/lib/ports/history_reader.ts";
import type { JobDesk } from "@/lib/ports/job_desk.ts";
import type { CommitGate } from "@/lib/ports/ledger.ts";
import type { MonitorState } from "@/lib/ports/monitor.ts";
import type { OtlpIntake } from "@/lib/ports/otlp_intake.ts";
import type { FailureSink } from "@/lib/ports/sample_source.ts";
import type { Health } from "@/lib/protocol/health.ts";
import type { SnapshotMessage } from "@/lib/protocol/live_message.ts";
import type { ScenarioStage } from "@/lib/scenario/scenario_stage.ts";
import type { StatusReader } from "@/lib/status_page/status_board.ts";

/** The running monitor as routes see it. */
export interface State {
  /** Services, alerts, and the door for samples. */
  readonly monitor: MonitorState;
  /** Tells when what was done is written down. */
  readonly gate: CommitGate;
  /** What operators do about alerts, and what they read of notifications. */
  readonly desk: AlertDesk;
  /** Tells simulated services to misbehave. */
  readonly faults: FaultDesk;
  /** Takes why services could not be observed. */
  readonly failures: FailureSink;
  /** Takes what jobs say of their runs. */
  readonly jobs: JobDesk;
  /** Takes what OpenTelemetry sends. */
  readonly otlp: OtlpIntake;
  /** Plays scenarios. */
  readonly scenarios: ScenarioStage;
  /** Reads the files of scenarios again. */
  readonly readScenarios: () => Promise<void>;
  /** What is kept of the past. */
  readonly history: HistoryReader;
  /** The status page for people outside of the team. */
  readonly statusPage: StatusReader;
  /** Sends live messages. */
  readonly hub: Hub;
  /** Decides who may do what. */
  readonly access: AccessDesk;
  /** What operators did. */
  readonly audit: AuditTrail;
  /** Returns the present instant. */
  readonly now: () => Instant;
  /** Whether the server can be reached from this machine only. */
  readonly listensOnLoopback: boolean;
  /** Checks the health of the monitor now. */
  readonly health: () => Health;
  /** Returns what the parts of the monitor count. */
  readonly counts: () => MonitorCounts;
  /** Returns what is known of the process. */
  readonly process: () => ProcessFacts;
  /** Lets the event loop go round once, for those who have much to do. */
  readonly turn: () => Promise<void>;
  /** Returns the state that a page shows, from which its live connection goes on. */
  readonly snapshot: () => SnapshotMessage;
  /** Who sent this request; there once `access_guard.ts` has looked. */
  caller?: Caller;
  /** What the act of this request is done to, if neither path nor `Location` of the answer say that. */
  subject?: string;
}

/** Types handlers, pages and middlewares. */
export const define = createDefine<State>();
