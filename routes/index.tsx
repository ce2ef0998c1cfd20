/**
 * The dashboard page: the state of now, rendered on the server; its islands take it from there.
 *
 * @module
 */

import { signal } from "@preact/signals";
import { page } from "fresh";

import { FirstSteps } from "@/components/FirstSteps.tsx";
import { PageFrame } from "@/components/PageFrame.tsx";
import { PageHead } from "@/components/PageHead.tsx";
import { faviconOf } from "@/components/PageStatus.tsx";
import { readTheme } from "@/components/theme.ts";
import Dashboard from "@/islands/Dashboard.tsx";
import LiveStatus from "@/islands/LiveStatus.tsx";
import { composeTitle, countStatuses } from "@/lib/domain/verdict.ts";
import { areFirstStepsDone } from "@/lib/protocol/first_steps.ts";
import type { DashboardView } from "@/lib/protocol/views.ts";
import { define } from "@/utils.ts";
import { liveNeedsScripts } from "@/texts/frame.ts";

/**
 * Takes the state that the page shows. The page is of this moment, so nothing may keep it. One signal goes
 * to both islands, so that they share one live store.
 */
export const handler = define.handlers({
  GET: (ctx) =>
    page({
      initial: signal(ctx.state.snapshot()),
      hasReceivers: ctx.state.desk.receivers().length > 0,
    }, { headers: { "cache-control": "no-store" } }),
});

/** Renders the dashboard. */
export default define.page<typeof handler>(function DashboardPage({ data, req, url }) {
  const { initial, hasReceivers } = data;
  const stranger = findSimulated(initial.peek(), req.headers);
  const counts = countStatuses(initial.peek().services.map((service) => service.status));
  return (
    <PageFrame
      path="/"
      theme={readTheme(req.headers.get("cookie"))}
      status={<LiveStatus initial={initial} />}
    >
      <PageHead title={composeTitle(counts)} icon={faviconOf(counts)} />
      <noscript>
        <p class="stale-note">
          {liveNeedsScripts((text) => <a href="/">{text}</a>)}
        </p>
      </noscript>
      {stranger && <FirstSteps origin={url.origin} service={stranger} />}
      <Dashboard initial={initial} origin={url.origin} hasReceivers={hasReceivers} />
    </PageFrame>
  );
});

/** Returns a simulated service for a visitor who is to be shown first steps; `undefined` for others. */
function findSimulated(
  { services }: Pick<DashboardView, "services">,
  headers: Headers,
): string | undefined {
  // In a frame, such as that of the talk, they would be in the way.
  if (headers.get("sec-fetch-dest") === "iframe") return undefined;
  if (areFirstStepsDone(headers.get("cookie"))) return undefined;
  return services.find(({ source }) => source.kind === "simulated")?.name;
}
