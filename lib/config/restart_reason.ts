/**
 * What a configuration asks for that a running Vitals cannot do any more.
 *
 * @module
 */

/** What came with a new configuration. */
export interface RestartNeeds {
  /** Hosts that there is no permission for. */
  readonly hosts: readonly string[];
  /** Whether the history belongs elsewhere than where it is kept. */
  readonly isHistoryElsewhere: boolean;
}

/** Returns what a restart is for; `null` if none is needed. */
export function explainRestart({ hosts, isHistoryElsewhere }: RestartNeeds): string | null {
  const reasons = [
    ...(hosts.length > 0 ? [`to let it reach ${hosts.join(", ")}`] : []),
    ...(isHistoryElsewhere ? ["to keep its history where history.path says now"] : []),
  ];
  return reasons.length === 0 ? null : `restart Vitals ${reasons.join(", and ")}`;
}
