/**
 * The page of the audit log: what operators did, and which tokens were refused.
 *
 * @module
 */

import { page } from "fresh";
import type { VNode } from "preact";

import { PageFrame } from "@/components/PageFrame.tsx";
import { PageHead } from "@/components/PageHead.tsx";
import { faviconOf } from "@/components/PageStatus.tsx";
import { readTheme } from "@/components/theme.ts";
import { countStatuses } from "@/lib/domain/verdict.ts";
import type { AuditEntry } from "@/lib/ports/audit.ts";
import { parseAuditQuery } from "@/lib/protocol/audit_query.ts";
import { linkNext, pageItems } from "@/lib/protocol/page_answer.ts";
import { define } from "@/utils.ts";
import { title } from "@/texts/frame.ts";
import * as words from "@/texts/pages.ts";

/** Reads the entries. The page is of this moment, so nothing may keep it. */
export const handler = define.handlers({
  GET: ({ state, url }) => {
    const query = parseAuditQuery(url.searchParams);
    const items = state.audit.list({ ...query, limit: query.limit + 1 });
    const list = { items, limit: query.limit, url, cursorOf: (entry: AuditEntry) => `${entry.id}` };
    return page({
      entries: pageItems(list),
      next: /<(.*)>/.exec(linkNext(list).link ?? "")?.[1] ?? null,
      isFirst: query.before === null,
    }, { headers: { "cache-control": "no-store" } });
  },
});

/** Renders the page. */
export default define.page<typeof handler>(function AuditPage({ data, req }) {
  const { entries, next, isFirst } = data;
  return (
    <PageFrame path="/audit" theme={readTheme(req.headers.get("cookie"))}>
      <PageHead title={title(words.audit)} icon={faviconOf(countStatuses([]))} />
      <section class="verdict">
        <div>
          <h1>{words.audit}</h1>
          <p>{words.auditLead}</p>
        </div>
      </section>
      <section class="panel" aria-labelledby="audit-title">
        <header>
          <h2 id="audit-title">{words.log}</h2>
          <span>{words.newestFirst}</span>
        </header>
        {entries.length === 0
          ? <p class="quiet">{words.nothingYet}</p>
          : <AuditTable entries={entries} />}
      </section>
      <p class="paging">
        {!isFirst && <a class="ghost" href="/audit">{words.newest}</a>}
        {next !== null && <a class="ghost" href={next}>{words.older}</a>}
      </p>
    </PageFrame>
  );
});

const CAPTIONS = [
  words.what,
  words.toWhat,
  words.who,
  words.from,
  words.when,
  words.answer,
];

function AuditTable({ entries }: { readonly entries: readonly AuditEntry[] }): VNode {
  return (
    <table class="list">
      <thead>
        <tr>{CAPTIONS.map((caption) => <th key={caption} scope="col">{caption}</th>)}</tr>
      </thead>
      <tbody>{entries.map((entry) => <AuditRow key={entry.id} entry={entry} />)}</tbody>
    </table>
  );
}

function AuditRow({ entry }: { readonly entry: AuditEntry }): VNode {
  const { at, kind, who, address, what, subject, status } = entry;
  const instant = new Date(at).toISOString();
  return (
    <tr>
      <th scope="row">{kind === "refused" ? words.tokenRefused(what) : describeAct(what)}</th>
      <td>{subject}</td>
      <td data-caption={words.byCell}>{who}</td>
      <td data-caption={words.fromCell}>{address}</td>
      <td data-caption={words.atCell}>
        <time dateTime={instant}>{instant.slice(0, 19).replace("T", " ")}</time>
      </td>
      <td data-caption={words.answeredCell}>{status}</td>
    </tr>
  );
}

/** The acts that are there most often; of others method and path say enough. */
const ACTS: Readonly<Record<string, string>> = words.acts;

function describeAct(what: string): string {
  return ACTS[what] ?? what;
}
