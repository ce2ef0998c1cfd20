/**
 * The page of alerts: those of now, the history, silences, and who is told.
 *
 * @module
 */

import { signal } from "@preact/signals";
import { page } from "fresh";

import { parseAlertsQuery } from "@/components/alerts_data.ts";
import { composeAlertsTitle } from "@/components/AlertsPageStatus.tsx";
import { PageFrame } from "@/components/PageFrame.tsx";
import { PageHead } from "@/components/PageHead.tsx";
import { faviconOf } from "@/components/PageStatus.tsx";
import { readTheme } from "@/components/theme.ts";
import AlertsPage from "@/islands/AlertsPage.tsx";
import LiveStatus from "@/islands/LiveStatus.tsx";
import { countStatuses } from "@/lib/domain/verdict.ts";
import { define } from "@/utils.ts";
import { actsNeedScripts } from "@/texts/frame.ts";

import { readAlertsData } from "./(_read)/read_alerts_data.ts";
import { slimSnapshot } from "./(_read)/slim_snapshot.ts";

/** Takes what the page shows. It is of this moment, so nothing may keep it. */
export const handler = define.handlers({
  GET: ({ state, url }) => {
    const query = parseAlertsQuery(url.searchParams);
    const initial = signal(slimSnapshot(state.snapshot()));
    const hasReceivers = state.desk.receivers().length > 0;
    return page(
      { query, initial, data: readAlertsData(state, query), hasReceivers },
      { headers: { "cache-control": "no-store" } },
    );
  },
});

/** Renders the page of alerts. */
export default define.page<typeof handler>(function AlertsRoute({ data: found, req }) {
  const { query, initial, data, hasReceivers } = found;
  const { services, alerts } = initial.peek();
  const counts = countStatuses(services.map((service) => service.status));
  return (
    <PageFrame
      path="/alerts"
      theme={readTheme(req.headers.get("cookie"))}
      status={<LiveStatus initial={initial} />}
    >
      <PageHead title={composeAlertsTitle(alerts)} icon={faviconOf(counts)} />
      <noscript>
        <p class="stale-note">
          {actsNeedScripts((text) => <a href="/alerts">{text}</a>)}
        </p>
      </noscript>
      <AlertsPage query={query} initial={initial} data={data} hasReceivers={hasReceivers} />
    </PageFrame>
  );
});
