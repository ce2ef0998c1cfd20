import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { renderToString } from "preact-render-to-string";

import { StatusDocument } from "@/components/status/StatusDocument.tsx";
import type { StatusView } from "@/lib/protocol/status_view.ts";
import { AT, daysOf, incidentOf, serviceOf, statusViewOf } from "@/tests/support/status_views.ts";

const DAY = 86_400_000;

function render(change: Partial<StatusView> = {}): string {
  return renderToString(<StatusDocument view={statusViewOf(change)} />);
}

Deno.test("StatusDocument says how all is, in title, icon and headline", () => {
  const html = render({ status: "down", headline: "1 of 2 services is down" });
  assertStringIncludes(html, "<title>■ 1 of 2 services is down · Example status</title>");
  assertStringIncludes(html, '<h1 id="verdict">1 of 2 services is down</h1>');
  assertStringIncludes(html, "/favicon-down.svg");
  assertStringIncludes(
    html,
    '<time dateTime="2026-11-24T12:00:00Z">24 Nov 2026, 12:00 UTC</time>'.replace(
      "dateTime",
      "datetime",
    ),
  );
});

Deno.test("StatusDocument has no scripts, no controls, and no way to the dashboard", () => {
  const html = render({ incidents: [incidentOf()] });
  for (const tag of ["<script", "<button", "<form", "<input"]) assertFalse(html.includes(tag), tag);
  const links = [...html.matchAll(/<a[^>]* href="([^"]*)"/g)].map(([, href]) => href);
  assertEquals(links, ["#services", "/status/feed.atom", "/status/feed.rss"]);
  assertStringIncludes(html, 'rel="alternate" type="application/atom+xml"');
  assertStringIncludes(html, 'rel="alternate" type="application/rss+xml"');
});

Deno.test("StatusDocument has a cell a day with its words, and the strip in words", () => {
  const days = daysOf([
    { from: AT - 80 * DAY, to: AT - 10 * DAY, status: "up" },
    { from: AT - 10 * DAY, to: AT - 10 * DAY + 360_000, status: "down" },
    { from: AT - 10 * DAY + 360_000, to: AT, status: "up" },
  ]);
  const html = render({
    groups: [{ name: "Shop", services: [serviceOf({ days, uptime: 0.9999 })] }],
  });
  assertEquals(html.match(/<i[ >]/g)?.length, 90);
  assertEquals(html.match(/<i class="n" title="[^"]*: no data">/g)?.length, 9);
  assertStringIncludes(html, '<i class="x" title="14 Nov 2026: 99.58 % up, down for 6 min">');
  assertStringIncludes(
    html,
    'aria-label="Last 90 days: operational on 80, down on 1, no data on 9"',
  );
  assertStringIncludes(html, "99.99 % uptime in 90 days, 81 on record");
  assertStringIncludes(html, "14 Nov 2026: 99.58 % up, down for 6 min</li>");
  assertStringIncludes(html, ">Shop</h2>");
});

Deno.test("StatusDocument tells incidents of now and of each day", () => {
  const current = incidentOf({
    from: AT - 2 * DAY,
    to: null,
    words: "is slow",
    outcome: "Not yet recovered.",
  });
  const html = render({ incidents: [current, incidentOf({ service: "web", name: "Web" })] });
  assertStringIncludes(html, '<h2 id="current">Current incidents</h2>');
  const past = html.slice(html.indexOf('id="past"'));
  assertEquals(past.match(/is slow/g)?.length, 3);
  assertEquals(past.match(/No incidents/g)?.length, 12);
  assertEquals(past.match(/id="incident-pay-/g)?.length, 1);
  assertStringIncludes(past, `id="incident-web-${AT - DAY}"`);
});

Deno.test("StatusDocument calls no day calm of which there is no data", () => {
  const days = daysOf([{ from: AT - 2.5 * DAY, to: AT, status: "up" }]);
  const html = render({ groups: [{ name: null, services: [serviceOf({ days })] }] });
  assertEquals(html.match(/No incidents\./g)?.length, 3);
  assertEquals(html.match(/No data\./g)?.length, 12);
});

Deno.test("StatusDocument shows maintenance of now and planned", () => {
  const time = { services: ["Payments", "Web"], startsAt: AT, endsAt: AT + DAY };
  const html = render({
    maintenance: [
      { ...time, title: "New disks", isActive: true },
      { ...time, title: "Backup", isActive: false, services: [] },
    ],
  });
  assertStringIncludes(html, "<strong>New disks</strong> is under way for Payments, Web");
  assertStringIncludes(html, "<strong>Backup</strong> is planned for all services");
});

Deno.test("StatusDocument shows the present without a past", () => {
  const html = render({
    hasPast: false,
    groups: [{ name: null, services: [serviceOf({ days: [] })] }],
  });
  assertStringIncludes(html, "The past cannot be shown at the moment");
  assertFalse(html.includes('class="days"'));
  assertFalse(html.includes('id="past"'));
});

Deno.test("StatusDocument shows names as text", () => {
  const name = '<img src=x onerror="alert(1)">';
  const html = render({
    ...{ title: name, description: name, headline: name },
    groups: [{ name, services: [serviceOf({ name })] }],
    incidents: [incidentOf({ name, words: name })],
  });
  assertFalse(html.includes("<img"));
  assert(html.includes("&lt;img"));
});

Deno.test("status.css has the tokens of styles.css", async () => {
  const read = async (name: string) => {
    const css = await Deno.readTextFile(new URL(`../../../static/${name}`, import.meta.url));
    return new Map(
      [...css.matchAll(/^ {2}(--[\w-]+): (.*);$/gm)].map(([, token = "", value]) => [token, value]),
    );
  };
  const [own, theirs] = [await read("status.css"), await read("styles.css")];
  const shared = [...own].filter(([token]) => theirs.has(token) && !token.startsWith("--tone"));
  assert(shared.length > 12);
  assertEquals(shared, shared.map(([token]) => [token, theirs.get(token)]));
});
