import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

import { feedChangedAt, formatAtom, formatRss } from "@/lib/protocol/status_feed.ts";
import { AT, incidentOf, statusViewOf } from "@/tests/support/status_views.ts";
import { parseXml, textsOf } from "@/tests/support/xml.ts";

const ORIGIN = "https://status.example.com";

const VIEW = statusViewOf({
  description: "How we are doing.",
  incidents: [
    incidentOf({
      id: "urn:uuid:b",
      from: AT,
      to: null,
      changedAt: AT + 5_000,
      words: "is down",
      outcome: "Not yet recovered.",
    }),
    incidentOf({ id: "urn:uuid:a" }),
  ],
});

Deno.test("formatAtom() tells the incidents as RFC 4287 has it", () => {
  const feed = parseXml(formatAtom({ view: VIEW, origin: ORIGIN }));
  const root = feed.documentElement;
  assertEquals([root?.namespaceURI, root?.localName], ["http://www.w3.org/2005/Atom", "feed"]);
  assertEquals(textsOf(feed, "id"), [`${ORIGIN}/status`, "urn:uuid:b", "urn:uuid:a"]);
  assertEquals(textsOf(feed, "title"), [
    "Example status",
    "Payments is down",
    "Payments was down for 12 min",
  ]);
  assertEquals(textsOf(feed, "updated"), [
    "2026-11-24T12:00:05Z",
    "2026-11-24T12:00:05Z",
    "2026-11-23T12:12:00Z",
  ]);
  assertEquals(textsOf(feed, "published"), ["2026-11-24T12:00:00Z", "2026-11-23T12:00:00Z"]);
  assertEquals(
    textsOf(feed, "content")[1],
    "Payments was down for 12 min. It began at 23 Nov 2026, 12:00 UTC. Recovered at 12:12 UTC.",
  );
  assertEquals(textsOf(feed, "name"), ["Example status"]);
  const links = [...feed.getElementsByTagName("link")].map((link) => link.getAttribute("href"));
  assertEquals(links, [
    `${ORIGIN}/status/feed.atom`,
    `${ORIGIN}/status`,
    `${ORIGIN}/status#incident-pay-${AT}`,
    `${ORIGIN}/status#incident-pay-${AT - 86_400_000}`,
  ]);
});

Deno.test("formatRss() tells the same as RSS 2.0 has it", () => {
  const feed = parseXml(formatRss({ view: VIEW, origin: ORIGIN }));
  assertEquals(feed.documentElement?.getAttribute("version"), "2.0");
  assertEquals(textsOf(feed, "title"), [
    "Example status",
    "Payments is down",
    "Payments was down for 12 min",
  ]);
  assertEquals(textsOf(feed, "guid"), ["urn:uuid:b", "urn:uuid:a"]);
  assertEquals(
    [...feed.getElementsByTagName("guid")].map((guid) => guid.getAttribute("isPermaLink")),
    ["false", "false"],
  );
  assertEquals(textsOf(feed, "pubDate"), [
    "Tue, 24 Nov 2026 12:00:00 GMT",
    "Mon, 23 Nov 2026 12:00:00 GMT",
  ]);
  assertEquals(textsOf(feed, "description")[0], "How we are doing.");
  assertEquals(textsOf(feed, "lastBuildDate"), ["Tue, 24 Nov 2026 12:00:05 GMT"]);
});

Deno.test("feedChangedAt() stays the same until there is news", () => {
  assertEquals(feedChangedAt(VIEW), AT + 5_000);
  const calm = statusViewOf();
  assertEquals(feedChangedAt(calm), feedChangedAt({ ...calm, at: AT + 3_600_000 }));
});

Deno.test("feeds are well-formed, and whatever is in names and titles is text", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 20 }),
    fc.constantFrom("<b>&amp;</b>", "]]>", "<!--", "\"'", "\ud800", "\u0000", "\ufffe", "&#0;"),
  );
  fc.assert(fc.property(text, text, text, (title, name, words) => {
    const view = statusViewOf({
      title,
      description: words,
      incidents: [incidentOf({ name, words })],
    });
    for (const format of [formatAtom, formatRss]) {
      const feed = parseXml(format({ view, origin: ORIGIN }));
      const plain = parseXml(
        format({ view: statusViewOf({ incidents: [incidentOf()] }), origin: ORIGIN }),
      );
      const names = (document: typeof feed) =>
        [...document.getElementsByTagName("*")].map((each) => each.tagName);
      assertEquals(names(feed), names(plain));
      const characters = textsOf(feed, "title").join("");
      assert(characters.isWellFormed());
    }
  }));
});
