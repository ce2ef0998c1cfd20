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
      <PageHead title="Audit · Vitals" icon={faviconOf(countStatuses([]))} />
      <section class="verdict">
        <div>
          <h1>Audit</h1>
          <p>Who did what, and which tokens were refused. Times are UTC.</p>
        </div>
      </section>
      <section class="panel" aria-labelledby="audit-title">
        <header>
          <h2 id="audit-title">Log</h2>
          <span>newest first</span>
        </header>
        {entries.length === 0
          ? <p class="quiet">Nothing yet. Whatever operators do stands here.</p>
          : <AuditTable entries={entries} />}
      </section>
      <p class="paging">
        {!isFirst && <a class="ghost" href="/audit">Newest</a>}
        {next !== null && <a class="ghost" href={next}>Older</a>}
      </p>
    </PageFrame>
  );
});

const CAPTIONS = ["What", "To what", "Who", "From", "When", "Answer"];

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
      <th scope="row">{kind === "refused" ? `Token refused: ${what}` : describeAct(what)}</th>
      <td>{subject}</td>
      <td data-caption="by">{who}</td>
      <td data-caption="from">{address}</td>
      <td data-caption="at">
        <time dateTime={instant}>{instant.slice(0, 19).replace("T", " ")}</time>
      </td>
      <td data-caption="answered">{status}</td>
    </tr>
  );
}

/** The acts that are there most often; of others method and path say enough. */
const ACTS: Readonly<Record<string, string>> = {
  "POST /login": "Signed in",
  "POST /logout": "Signed out",
  "POST /api/alerts/:id/ack": "Acknowledged an alert",
  "DELETE /api/alerts/:id/ack": "Took an acknowledgement back",
  "POST /api/silences": "Made a silence",
  "PUT /api/silences/:id": "Changed a silence",
  "DELETE /api/silences/:id": "Ended a silence",
  "POST /api/faults": "Injected a fault",
  "DELETE /api/faults/:id": "Ended a fault",
  "POST /api/scenarios/current": "Started a scenario",
  "DELETE /api/scenarios/current": "Stopped the scenario",
  "POST /api/scenarios/current/pause": "Paused the scenario",
  "DELETE /api/scenarios/current/pause": "Resumed the scenario",
  "POST /api/receivers/:name/test": "Tried a receiver out",
};

function describeAct(what: string): string {
  return ACTS[what] ?? what;
}
