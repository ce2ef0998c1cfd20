/**
 * The status page as a whole document: nothing of the dashboard, no scripts, the same for everybody.
 *
 * @module
 */

import { asset } from "fresh/runtime";
import type { VNode } from "preact";

import { PUBLIC_STATUS_NAMES } from "@/lib/domain/public_verdict.ts";
import { PUBLIC_STATUSES } from "@/lib/domain/public_status.ts";
import type { StatusView } from "@/lib/protocol/status_view.ts";
import { lang } from "@/texts/language.ts";
import * as words from "@/texts/status_page.ts";

import { CurrentIncidents, PastIncidents } from "./Incidents.tsx";
import { Maintenance } from "./Maintenance.tsx";
import { PUBLIC_LOOKS } from "./public_looks.ts";
import { ServiceGroups } from "./ServiceGroups.tsx";
import { UtcTime } from "./UtcTime.tsx";

/** Props of {@linkcode StatusDocument}. */
export interface StatusDocumentProps {
  readonly view: StatusView;
}

/** Renders the document. */
export function StatusDocument({ view }: StatusDocumentProps): VNode {
  const { mark, tone } = PUBLIC_LOOKS[view.status];
  return (
    <html lang={lang}>
      <StatusHead view={view} />
      <body>
        <a class="skip" href="#services">{words.skip}</a>
        <header>
          <p class="title">{view.title}</p>
          {view.description !== "" && <p class="description">{view.description}</p>}
        </header>
        <main>
          <section class="verdict" data-tone={tone} aria-labelledby="verdict">
            <span class="mark" aria-hidden="true">{mark}</span>
            <div>
              <h1 id="verdict">{view.headline}</h1>
              <p>{words.asOf(<UtcTime at={view.at} />)}</p>
            </div>
          </section>
          {!view.hasPast && <p class="note">{words.noPast}</p>}
          <CurrentIncidents incidents={view.incidents} />
          <Maintenance times={view.maintenance} />
          <ServiceGroups view={view} />
          {view.hasPast && <PastIncidents view={view} />}
        </main>
        <StatusFooter />
      </body>
    </html>
  );
}

function StatusHead({ view }: StatusDocumentProps): VNode {
  const { mark, icon } = PUBLIC_LOOKS[view.status];
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`${mark} ${view.headline} · ${view.title}`}</title>
      <meta name="description" content={view.description || view.headline} />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" media="(prefers-color-scheme: light)" content="#f5f6f8" />
      <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0c0f14" />
      <link rel="icon" type="image/svg+xml" href={asset(icon)} />
      <link rel="stylesheet" href={asset("/status.css")} />
      <link
        rel="alternate"
        type="application/atom+xml"
        title={words.atomTitle(view.title)}
        href="/status/feed.atom"
      />
      <link
        rel="alternate"
        type="application/rss+xml"
        title={words.rssTitle(view.title)}
        href="/status/feed.rss"
      />
    </head>
  );
}

function StatusFooter(): VNode {
  return (
    <footer>
      <ul class="legend" aria-label={words.legend}>
        {PUBLIC_STATUSES.toReversed().map((status) => (
          <li key={status} data-tone={PUBLIC_LOOKS[status].tone}>
            <span aria-hidden="true">{PUBLIC_LOOKS[status].mark}</span>{" "}
            {PUBLIC_STATUS_NAMES[status]}
          </li>
        ))}
      </ul>
      <p>
        {words.footer(
          <a href="/status/feed.atom">{words.atom}</a>,
          <a href="/status/feed.rss">{words.rss}</a>,
        )}
      </p>
    </footer>
  );
}
