/**
 * Everything there is to say about one alert: the rule, what was looked at, who was told, and its life.
 *
 * @module
 */

import type { ComponentChildren, VNode } from "preact";

import { compareWithLimit, describeRule } from "@/lib/domain/describe_rule.ts";
import { type AlertChange, explainAlert } from "@/lib/domain/explain.ts";
import { formatDuration } from "@/lib/domain/instant.ts";
import type { AlertDetail, AlertView, TransitionView } from "@/lib/protocol/views.ts";
import * as words from "@/texts/story.ts";

import { Age } from "./Age.tsx";
import { type ActContext, AlertButtons } from "./AlertButtons.tsx";
import { AlertChips } from "./AlertChips.tsx";
import { toneOfAlert } from "./AlertRow.tsx";
import { EvidenceChart } from "./EvidenceChart.tsx";
import { NotificationList } from "./NotificationList.tsx";
import { explainTelling } from "./notification_text.ts";
import { Time, useTimes } from "./Time.tsx";

/** Props of {@linkcode AlertStory}. */
export interface AlertStoryProps extends ActContext {
  readonly detail: AlertDetail;
  /** The element of the headings: one below that of the page or dialog around. */
  readonly heading: "h2" | "h3";
}

/** Renders the whole story. A reader needs nothing else to know why it fired and who was told. */
export function AlertStory(props: AlertStoryProps): VNode {
  const { detail, store, hasReceivers, heading } = props;
  const { alert, transitions, notifications } = detail;
  const { format, now } = useTimes();
  const cause = findCause(detail);
  const telling = { alert, notifications, hasReceivers };
  return (
    <div class="story" data-tone={toneOfAlert(alert)}>
      <StoryHead alert={alert} store={store} hasReceivers={hasReceivers} />
      <div class="columns">
        <div class="column">
          <Part heading={heading} title={words.rule}>
            <p class="sentence">{describeRule(cause.rule)}.</p>
          </Part>
          <Part heading={heading} title={cause.title}>
            <p class="sentence">{compareWithLimit(cause.rule, cause)}</p>
            <EvidenceChart rule={cause.rule} evidence={cause.evidence} at={cause.at} />
          </Part>
        </div>
        <div class="column">
          <Part heading={heading} title={words.whoWasTold}>
            <p class="sentence">
              {explainTelling(telling, (at) => format.near(at, now.peek()))}
            </p>
            <NotificationList notifications={notifications} />
          </Part>
          <Part heading={heading} title={words.life}>
            <ol class="life">
              {transitions.toReversed().map((step, index) => (
                <Step key={`${step.at} ${step.change} ${index}`} step={step} />
              ))}
            </ol>
          </Part>
        </div>
      </div>
    </div>
  );
}

function StoryHead(
  { alert, store, hasReceivers }: ActContext & { readonly alert: AlertView },
): VNode {
  return (
    <div class="story-head">
      <p class="standing">
        <span class="badge">
          {words.severities[alert.severity]} · {words.states[alert.state]}
        </span>{" "}
        <Standing alert={alert} now={store.now} />
      </p>
      <p class="reason">{explainAlert(alert, store.now.value)}</p>
      <AlertChips alert={alert} />
      {alert.state !== "resolved" && (
        <AlertButtons
          alert={alert}
          store={store}
          hasReceivers={hasReceivers}
          offersWhy={false}
        />
      )}
    </div>
  );
}

function Standing(
  { alert, now }: { readonly alert: AlertView; readonly now: ActContext["store"]["now"] },
): VNode {
  const from = alert.firedAt ?? alert.since;
  if (alert.resolvedAt === null) {
    return <>{words.standing(<Age since={from} now={now} />, <Time at={from} exact />)}</>;
  }
  return (
    <>
      {words.lasted({
        from: <Time at={from} exact />,
        to: <Time at={alert.resolvedAt} exact />,
        span: formatDuration(alert.resolvedAt - from),
      })}
    </>
  );
}

interface PartProps extends Pick<AlertStoryProps, "heading"> {
  readonly title: string;
  readonly children: ComponentChildren;
}

function Part({ heading: Heading, title, children }: PartProps): VNode {
  return (
    <section class="part">
      <Heading>{title}</Heading>
      {children}
    </section>
  );
}

interface Cause extends Pick<TransitionView, "rule" | "evidence" | "value" | "limit" | "at"> {
  readonly title: string;
}

/** The latest step that made it as bad as it is; of one whose steps are not kept, what the alert itself holds. */
function findCause({ alert, transitions }: AlertDetail): Cause {
  const fired = transitions.findLast(({ change }) => change === "firing" || change === "escalated");
  const cause = fired ?? transitions.findLast(({ change }) => change === "pending");
  if (cause !== undefined) {
    const title = fired === undefined ? words.lookedAt : words.madeItFire;
    return { ...cause, title };
  }
  const { definition, evidence, value, limit } = alert;
  const at = evidence.at(-1)?.at ?? alert.since;
  return { title: words.lookedAt, rule: definition, evidence, value, limit, at };
}

const CHANGES: Readonly<Record<AlertChange, string>> = words.changes;

/** Acts of people have no evidence. */
function Step({ step }: { readonly step: TransitionView }): VNode {
  const head = (
    <>
      <Time at={step.at} exact /> <b>{CHANGES[step.change]}</b> <span>{step.message}</span>
    </>
  );
  const isAct = step.change === "acknowledged" || step.change === "unacknowledged";
  return (
    <li data-tone={toneOfStep(step)}>
      {isAct || step.evidence.length === 0 ? <p>{head}</p> : (
        <details>
          <summary>{head}</summary>
          <p class="sentence">{compareWithLimit(step.rule, step)}</p>
          <EvidenceChart rule={step.rule} evidence={step.evidence} at={step.at} />
        </details>
      )}
    </li>
  );
}

function toneOfStep({ change, severity }: TransitionView): string {
  switch (change) {
    case "firing":
    case "escalated":
      return severity === "critical" ? "crit" : "warn";
    case "eased":
      return "warn";
    case "resolved":
    case "cancelled":
      return "ok";
    case "pending":
    case "acknowledged":
    case "unacknowledged":
      return "idle";
  }
}
