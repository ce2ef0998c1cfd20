/**
 * Which alerts a client of Alertmanager asks for.
 *
 * @module
 */

import { quote } from "@/lib/domain/quote.ts";
import { ProblemError } from "@/lib/protocol/problem.ts";

import type { GettableAlert } from "./alert_view.ts";
import {
  type CompiledMatcher,
  compileMatcher,
  matchesLabels,
  parseLabelMatcher,
} from "./label_matcher.ts";

/** What is asked for. */
export interface AlertFilter {
  /** Conditions on labels; all must be met. */
  readonly matchers: readonly CompiledMatcher[];
  /** Condition on the name of one of its receivers; `null` for none. */
  readonly receiver: CompiledMatcher | null;
  /** Whether those are wanted of which somebody is told. */
  readonly active: boolean;
  /** Whether silenced ones are. */
  readonly silenced: boolean;
  /** Whether inhibited ones are. */
  readonly inhibited: boolean;
  /** Whether those are that a maintenance window mutes. */
  readonly muted: boolean;
}

/** So many conditions are read at most. */
const MAX_MATCHERS = 32;

/**
 * Returns the conditions in the parameters `filter`.
 *
 * @throws {ProblemError} 400 if one of them is none.
 */
export function parseFilters(params: URLSearchParams): CompiledMatcher[] {
  const texts = params.getAll("filter");
  if (texts.length > MAX_MATCHERS) {
    throw new ProblemError(
      400,
      `Cannot filter by ${texts.length} matchers: at most ${MAX_MATCHERS}`,
    );
  }
  return texts.map((text) => orRefuse(() => compileMatcher(parseLabelMatcher(text))));
}

/**
 * Returns what a query asks for. Parameters that are not known are left alone, as Alertmanager does: newer
 * clients have more of them. `unprocessed` means nothing: there are no such alerts.
 *
 * @throws {ProblemError} 400 if a parameter is wrong.
 */
export function parseAlertFilter(params: URLSearchParams): AlertFilter {
  const receiver = params.get("receiver");
  parseFlag(params, "unprocessed");
  return {
    matchers: parseFilters(params),
    receiver: receiver === null
      ? null
      : orRefuse(() =>
        compileMatcher({ name: "receiver", value: receiver, isRegex: true, isEqual: true })
      ),
    active: parseFlag(params, "active"),
    silenced: parseFlag(params, "silenced"),
    inhibited: parseFlag(params, "inhibited"),
    muted: parseFlag(params, "muted"),
  };
}

/** Tells whether an alert is asked for; `tags` are those of its service. */
export function isAlertAskedFor(
  alert: GettableAlert,
  filter: AlertFilter,
  tags: readonly string[],
): boolean {
  const { state, silencedBy, inhibitedBy, mutedBy } = alert.status;
  const { receiver } = filter;
  return (filter.active || state !== "active") &&
    (filter.silenced || silencedBy.length === 0) &&
    (filter.inhibited || inhibitedBy.length === 0) &&
    (filter.muted || mutedBy.length === 0) &&
    (receiver === null || alert.receivers.some(({ name }) => receiver.accepts(name))) &&
    matchesLabels(filter.matchers, { ...alert.labels, tag: tags });
}

/** A flag that is not there is set. */
function parseFlag(params: URLSearchParams, name: string): boolean {
  const text = params.get(name) ?? "true";
  if (text === "true" || text === "1") return true;
  if (text === "false" || text === "0") return false;
  throw new ProblemError(
    400,
    `Cannot read the query: ${name} must be true or false, got ${quote(text)}`,
  );
}

function orRefuse<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new ProblemError(400, error.message, { cause: error });
  }
}
