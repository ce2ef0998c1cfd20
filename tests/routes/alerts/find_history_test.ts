import { assertEquals } from "@std/assert";

import { parseAlertsQuery } from "@/components/alerts_data.ts";
import type { AlertQuery } from "@/lib/ports/monitor.ts";
import type { AlertView } from "@/lib/protocol/views.ts";
import { findHistory } from "@/routes/alerts/(_read)/find_history.ts";
import { alert } from "@/tests/components/views.ts";

Deno.test("findHistory() filters by parts of the names of service and rule", () => {
  const alerts = [
    alert("HIGH_CPU", "auth-1"),
    alert("HIGH_MEMORY", "auth-2"),
    alert("HIGH_CPU", "x"),
  ];
  const found = find(alerts, "service=AUTH&rule=cpu");
  assertEquals(found.alerts.map(({ service }) => service), ["auth-1"]);
});

Deno.test("findHistory() goes through all pages, each alert once", () => {
  const alerts = Array.from(
    { length: 620 },
    (_, index) => alert(index % 2 === 0 ? "HIGH_CPU" : "HIGH_MEMORY", `s${index}`),
  );
  const seen: string[] = [];
  let after: string | null = null;
  let pages = 0;
  do {
    const cursor: string = after === null ? "" : `&after=${encodeURIComponent(after)}`;
    const page = find(alerts, `rule=CPU${cursor}`);
    seen.push(...page.alerts.map(({ service }) => service));
    after = page.next;
    pages++;
  } while (after !== null);
  assertEquals(pages, 7);
  assertEquals(seen, Array.from({ length: 310 }, (_, index) => `s${2 * index}`));
});

Deno.test("findHistory() names no next page where nothing more fits", () => {
  const alerts = Array.from({ length: 50 }, (_, index) => alert("HIGH_CPU", `s${index}`));
  assertEquals(find(alerts, "").next, null);
});

Deno.test("findHistory() looks at a bounded number of alerts for one page, then goes on", () => {
  const alerts = Array.from({ length: 6_000 }, (_, index) => alert("HIGH_CPU", `s${index}`));
  const first = find(alerts, "service=s5999");
  assertEquals([first.alerts.length, first.next], [0, "s4999/HIGH_CPU"]);
  const second = find(alerts, `service=s5999&after=${encodeURIComponent(first.next ?? "")}`);
  assertEquals(second.alerts.map(({ service }) => service), ["s5999"]);
});

function find(all: readonly AlertView[], params: string) {
  const monitor = {
    alerts: ({ after, limit }: AlertQuery) => {
      const start = after === null ? 0 : all.findIndex(({ id }) => id === after) + 1;
      return all.slice(start, start + limit);
    },
  };
  return findHistory(monitor, parseAlertsQuery(new URLSearchParams(params)));
}
