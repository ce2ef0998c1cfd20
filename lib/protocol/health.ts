/**
 * The answer of `GET /api/health`: the health of the monitor itself, after the Internet-Draft "Health Check
 * Response Format for HTTP APIs" (draft-inadarei-api-health-check-06).
 *
 * @module
 */

/** `pass` and `warn` answer 200, `fail` answers 503. */
export type HealthStatus = "pass" | "warn" | "fail";

/** One thing that was checked. */
export interface HealthCheck {
  /** How it is. */
  readonly status: HealthStatus;
  /** The number that was looked at, if there is one. */
  readonly observedValue?: number;
  /** Unit of `observedValue`. */
  readonly observedUnit?: string;
  /** Why the status is not `pass`, or what was seen. */
  readonly output?: string;
}

/** The health of the monitor. */
export interface Health {
  /** The worst of all checks. */
  readonly status: HealthStatus;
  /** Version of Vitals. */
  readonly version: string;
  /** Time since the start, in milliseconds. */
  readonly uptimeMs: number;
  /** By name of the check. */
  readonly checks: Readonly<Record<string, HealthCheck>>;
  /** How many services are in each status. */
  readonly services: {
    readonly healthy: number;
    readonly degraded: number;
    readonly down: number;
    readonly unknown: number;
  };
}
