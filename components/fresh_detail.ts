/**
 * One alert with its life, kept fresh while it is looked at.
 *
 * @module
 */

import { type ReadonlySignal, useSignal } from "@preact/signals";

import type { Instant } from "@/lib/domain/instant.ts";
import type { AlertDetail } from "@/lib/protocol/views.ts";

import { pathSegment } from "./addresses.ts";
import { parseAlertDetail } from "./api_answers.ts";
import { callApi, type Failure } from "./api_client.ts";
import type { LiveStore } from "./live_store.ts";
import { useRefetch } from "./use_refetch.ts";

/** An alert, or why there is none. */
export type DetailAnswer = Failure | { readonly kind: "done"; readonly value: AlertDetail };

/** Fetches an alert. It never rejects. */
export async function fetchDetail(id: string): Promise<DetailAnswer> {
  const path = `/api/alerts/${pathSegment(id)}`;
  const answer = await callApi({ method: "GET", path });
  if (answer.kind !== "done") return answer;
  try {
    return { kind: "done", value: parseAlertDetail(answer.value) };
  } catch {
    return { kind: "unreachable" };
  }
}

/** How old it may be while somebody may be told at any moment, and otherwise, in milliseconds. */
const MAX_AGE = { busy: 2_000, quiet: 10_000 };

/**
 * Returns the alert as it is. It is fetched again when it changes, and now and then, as telling goes on without
 * that; its last state stays when it cannot be fetched.
 */
export function useFreshDetail(
  initial: AlertDetail,
  store: LiveStore,
): ReadonlySignal<AlertDetail> {
  const detail = useSignal(initial);
  const { id } = initial.alert;
  useRefetch({
    store,
    watch: () => store.alerts.value.find((alert) => alert.id === id),
    maxAgeMs: () => maxAgeOf(detail.peek(), store.now.peek()),
    refetch: async () => {
      const answer = await fetchDetail(id);
      if (answer.kind === "done") detail.value = answer.value;
    },
  });
  return detail;
}

/** What ended a while ago does not change any more. */
function maxAgeOf({ alert, notifications }: AlertDetail, now: Instant): number {
  const isUnderWay = notifications.some(({ state }) => state === "queued" || state === "retrying");
  const isFresh = alert.resolvedAt !== null && now - alert.resolvedAt < 10 * MAX_AGE.busy;
  if (isUnderWay || isFresh) return MAX_AGE.busy;
  return alert.state === "resolved" ? Infinity : MAX_AGE.quiet;
}
