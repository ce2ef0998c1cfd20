/**
 * Entries of the notification log.
 *
 * @module
 */

import type { VNode } from "preact";

import type { NotificationView } from "@/lib/protocol/views.ts";
import { results, tries } from "@/texts/story.ts";

import { describeNotification, toneOfNotification } from "./notification_text.ts";
import { Time, useTimes } from "./Time.tsx";

/** Props of {@linkcode NotificationList}. */
export interface NotificationListProps {
  /** Newest first. */
  readonly notifications: readonly NotificationView[];
  /** Whether they are about several alerts, so that each says what it is about. @default {false} */
  readonly mixed?: boolean;
}

/** Renders when, to whom, what was decided, what became of it, and each try; nothing if there is none. */
export function NotificationList(
  { notifications, mixed = false }: NotificationListProps,
): VNode | null {
  if (notifications.length === 0) return null;
  return (
    <ul class="log">
      {notifications.map((entry) => <Entry key={entry.id} entry={entry} mixed={mixed} />)}
    </ul>
  );
}

const MARKS = { ok: "✓", warn: "↻", crit: "✕", idle: "–" } as const;

function Entry(
  { entry, mixed }: { readonly entry: NotificationView; readonly mixed: boolean },
): VNode {
  const { format, now } = useTimes();
  const tone = toneOfNotification(entry);
  const words = describeNotification(entry, (at) => format.near(at, now.peek()));
  return (
    <li data-tone={tone}>
      <span class="sign" aria-hidden="true">{MARKS[tone]}</span>
      <Time at={entry.at} exact />
      <div>
        <p>
          <b>{entry.receiver}</b> <small>({entry.receiverKind})</small>: {words}
        </p>
        {mixed && entry.title !== "" && <p class="title">{entry.title}</p>}
        {entry.attempts.length > 1 && (
          <details>
            <summary>{tries(entry.tries)}</summary>
            <ol>
              {entry.attempts.map(({ at, result, detail }) => (
                <li key={at}>
                  <Time at={at} exact /> {results[result]}, {detail}
                </li>
              ))}
            </ol>
          </details>
        )}
      </div>
    </li>
  );
}
