/**
 * The page of one service: how it is, how it was, and what happened to it.
 *
 * @module
 */

import { signal } from "@preact/signals";
import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";

import { PageFrame } from "@/components/PageFrame.tsx";
import { PageHead } from "@/components/PageHead.tsx";
import { composeServiceTitle, serviceIcon } from "@/components/service/ServicePageStatus.tsx";
import { readTheme } from "@/components/theme.ts";
import LiveStatus from "@/islands/LiveStatus.tsx";
import ServicePage from "@/islands/ServicePage.tsx";
import { formatWindowChoice, parseWindowChoice, spanOf } from "@/lib/domain/time_window.ts";
import { readParam } from "@/lib/protocol/path_param.ts";
import { define } from "@/utils.ts";
import * as words from "@/texts/frame.ts";

import { focusSnapshot } from "./(_read)/focus_snapshot.ts";
import { readPast } from "./(_read)/read_past.ts";

/** Takes the service. It is of this moment, so nothing may keep it. */
export const handler = define.handlers({
  GET: async ({ state, params, url }) => {
    const snapshot = state.snapshot();
    const service = snapshot.services.find(({ name }) => name === readParam(params.name));
    if (service === undefined) throw new HttpError(404);
    const initial = signal(focusSnapshot(snapshot, service.name));
    const choice = parseWindowChoice(url.searchParams);
    const now = snapshot.at;
    const before = url.searchParams.get("before")?.slice(0, 300) || null;
    const query = { service: service.name, span: spanOf(choice, now), now, before };
    const answer = await readPast(state, query);
    const oldest = answer.kind === "ready" && answer.data.hasOlder
      ? answer.data.events.at(-1)
      : undefined;
    const olderPath = oldest === undefined
      ? null
      : `${formatWindowChoice(choice)}&before=${encodeURIComponent(oldest.id)}#events-title`;
    const { status } = service;
    const hasReceivers = state.desk.receivers().length > 0;
    return page(
      { name: service.name, status, initial, choice, answer, olderPath, hasReceivers },
      { headers: { "cache-control": "no-store" } },
    );
  },
});

/** Renders the page of a service. */
export default define.page<typeof handler>(function ServiceRoute({ data, req, url }) {
  const { name, status, initial, choice, answer, olderPath, hasReceivers } = data;
  return (
    <PageFrame
      path={url.pathname}
      theme={readTheme(req.headers.get("cookie"))}
      status={<LiveStatus initial={initial} />}
    >
      <PageHead title={composeServiceTitle({ name, status })} icon={serviceIcon({ status })} />
      <Head>
        <link key="service" rel="stylesheet" href={asset("/service.css")} />
      </Head>
      <noscript>
        <p class="stale-note">
          {words.liveNeedsScripts((text) => <a href={url.pathname + url.search}>{text}</a>)}
        </p>
      </noscript>
      <ServicePage
        name={name}
        initial={initial}
        choice={choice}
        answer={answer}
        olderPath={olderPath}
        hasReceivers={hasReceivers}
      />
    </PageFrame>
  );
});
