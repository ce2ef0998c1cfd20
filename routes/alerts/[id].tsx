/**
 * The page of one alert: why it is as it is, and who was told.
 *
 * @module
 */

import { signal } from "@preact/signals";
import { HttpError, page } from "fresh";

import { PageFrame } from "@/components/PageFrame.tsx";
import { PageHead } from "@/components/PageHead.tsx";
import { faviconOf } from "@/components/PageStatus.tsx";
import { readTheme } from "@/components/theme.ts";
import AlertPage from "@/islands/AlertPage.tsx";
import LiveStatus from "@/islands/LiveStatus.tsx";
import { countStatuses } from "@/lib/domain/verdict.ts";
import { findAlertDetail } from "@/lib/history/find_alert_detail.ts";
import { readParam } from "@/lib/protocol/path_param.ts";
import { define } from "@/utils.ts";
import { alertTitle } from "@/texts/alerts_page.ts";
import { actsNeedScripts } from "@/texts/frame.ts";

import { slimSnapshot } from "./(_read)/slim_snapshot.ts";

/** Takes the alert. It is of this moment, so nothing may keep it. */
export const handler = define.handlers({
  GET: async ({ state, params }) => {
    const detail = await findAlertDetail(readParam(params.id), state);
    if (detail === undefined) throw new HttpError(404);
    const initial = signal(slimSnapshot(state.snapshot()));
    const hasReceivers = state.desk.receivers().length > 0;
    return page({ detail, initial, hasReceivers }, { headers: { "cache-control": "no-store" } });
  },
});

/** Renders the page of an alert. */
export default define.page<typeof handler>(function AlertRoute({ data, req, url }) {
  const { detail, initial, hasReceivers } = data;
  const { rule, service } = detail.alert;
  const counts = countStatuses(initial.peek().services.map(({ status }) => status));
  return (
    <PageFrame
      path={url.pathname}
      theme={readTheme(req.headers.get("cookie"))}
      status={<LiveStatus initial={initial} />}
    >
      <PageHead title={alertTitle(rule, service)} icon={faviconOf(counts)} />
      <noscript>
        <p class="stale-note">
          {actsNeedScripts((text) => <a href={url.pathname}>{text}</a>)}
        </p>
      </noscript>
      <AlertPage detail={detail} initial={initial} hasReceivers={hasReceivers} />
    </PageFrame>
  );
});
