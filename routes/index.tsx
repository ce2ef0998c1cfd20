/**
 * The dashboard page: the state of now, rendered on the server; its islands take it from there.
 *
 * @module
 */

import { signal } from "@preact/signals";
import { page } from "fresh";

import { PageFrame } from "@/components/PageFrame.tsx";
import { PageHead } from "@/components/PageHead.tsx";
import { faviconOf } from "@/components/PageStatus.tsx";
import { readTheme } from "@/components/theme.ts";
import Dashboard from "@/islands/Dashboard.tsx";
import LiveStatus from "@/islands/LiveStatus.tsx";
import { composeTitle, countStatuses } from "@/lib/domain/verdict.ts";
import { define } from "@/utils.ts";

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
          Live updates need JavaScript. <a href="/">Reload</a> for the latest state.
        </p>
      </noscript>
      <Dashboard initial={initial} origin={url.origin} hasReceivers={hasReceivers} />
    </PageFrame>
  );
});
