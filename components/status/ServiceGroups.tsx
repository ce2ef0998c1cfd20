/**
 * The services of the status page, under their headings.
 *
 * @module
 */

import type { VNode } from "preact";

import { PUBLIC_STATUS_NAMES } from "@/lib/domain/public_verdict.ts";
import { formatUptime } from "@/lib/domain/uptime.ts";
import {
  type PublicDayView,
  type PublicGroupView,
  type PublicServiceView,
  SHOWN_DAYS,
  type StatusView,
} from "@/lib/protocol/status_view.ts";
import * as words from "@/texts/status_page.ts";

import { describeDays, drawDays, listDays } from "./day_strip.ts";
import { PUBLIC_LOOKS } from "./public_looks.ts";

/** Props of {@linkcode ServiceGroups}. */
export interface ServiceGroupsProps {
  readonly view: Pick<StatusView, "groups" | "leftOut">;
}

/** Renders one row a service. */
export function ServiceGroups({ view: { groups, leftOut } }: ServiceGroupsProps): VNode {
  return (
    <section id="services" aria-label={words.services}>
      {groups.map((group) => <Group key={group.name} group={group} />)}
      {leftOut > 0 && <p class="note">{words.leftOut(leftOut)}</p>}
    </section>
  );
}

function Group({ group: { name, services } }: { readonly group: PublicGroupView }): VNode {
  return (
    <div class="group">
      <h2 class={name === null ? "unseen" : undefined}>{name ?? words.services}</h2>
      <ul class="rows">
        {services.map((service) => <Row key={service.service} service={service} />)}
      </ul>
    </div>
  );
}

function Row({ service }: { readonly service: PublicServiceView }): VNode {
  const { name, status, days } = service;
  const { mark, tone } = PUBLIC_LOOKS[status];
  return (
    <li class="row" data-tone={tone}>
      <div class="row-head">
        <h3>{name}</h3>
        <span class="state">
          <span aria-hidden="true">{mark}</span> {PUBLIC_STATUS_NAMES[status]}
        </span>
      </div>
      {days.length > 0 && <Days service={service} />}
    </li>
  );
}

function Days({ service: { name, uptime, days } }: { readonly service: PublicServiceView }): VNode {
  const known = days.filter(({ status }) => status !== "unknown").length;
  return (
    <>
      <div
        class="days"
        role="img"
        aria-label={describeDays(days)}
        // deno-lint-ignore react-no-danger -- dates, numbers and words of ours
        dangerouslySetInnerHTML={{ __html: drawDays(days) }}
      />
      <div class="row-foot">
        <span class="ends" aria-hidden="true">
          {words.daysAgo(
            <>
              <span class="wide">90</span>
              <span class="narrow">30</span>
            </>,
          )}
        </span>
        <span>
          {explainUptime(uptime, days.length, known)}
        </span>
        <span class="ends" aria-hidden="true">{words.today}</span>
      </div>
      <BadDays name={name} days={days} />
    </>
  );
}

function explainUptime(uptime: number | null, days: number, known: number): string {
  if (uptime === null) return words.noUptime;
  const share = formatUptime(uptime);
  return known < days
    ? words.partlyKnownUptime(share, SHOWN_DAYS, known)
    : words.uptime(share, SHOWN_DAYS);
}

/** What the cells tell to those who can point at them, for all others. */
function BadDays(
  { name, days }: { readonly name: string; readonly days: readonly PublicDayView[] },
) {
  const bad = days.filter(({ status }) => status !== "up" && status !== "unknown").toReversed();
  if (bad.length === 0) return null;
  return (
    <details>
      <summary>
        {words.badDays(bad.length)}
        <span class="unseen">{words.ofService(name)}</span>
      </summary>
      <ul
        // deno-lint-ignore react-no-danger -- dates, numbers and words of ours
        dangerouslySetInnerHTML={{ __html: listDays(bad) }}
      />
    </details>
  );
}
