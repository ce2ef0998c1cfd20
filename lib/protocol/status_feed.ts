/**
 * Incidents as feeds: Atom (RFC 4287) and RSS 2.0.
 *
 * @module
 */

import { formatInstant, type Instant } from "@/lib/domain/instant.ts";
import { formatMoment, startOfDay } from "@/lib/domain/utc_time.ts";

import type { PublicIncidentView, StatusView } from "./status_view.ts";
import { escapeXml } from "./xml_text.ts";

/** The content type of {@linkcode formatAtom}. */
export const ATOM_TYPE = "application/atom+xml; charset=utf-8";

/** The content type of {@linkcode formatRss}. */
export const RSS_TYPE = "application/rss+xml; charset=utf-8";

/** What a feed tells, and where. */
export interface FeedOptions {
  /** The page that it is about. */
  readonly view: Pick<StatusView, "title" | "description" | "incidents" | "at">;
  /** Where people reach Vitals, without a slash at the end. */
  readonly origin: string;
}

/** Returns when something in a feed changed for the last time; of an empty one the beginning of the day. */
export function feedChangedAt({ incidents, at }: FeedOptions["view"]): Instant {
  return incidents.length === 0
    ? startOfDay(at)
    : Math.max(...incidents.map(({ changedAt }) => changedAt));
}

/** Returns the id of the element of the page that tells of an incident. */
export function incidentAnchor({ service, from }: PublicIncidentView): string {
  return `incident-${service}-${from}`;
}

/** Returns the incidents as an Atom feed. */
export function formatAtom({ view, origin }: FeedOptions): string {
  const entries = view.incidents.map((incident) => `
  <entry>
    <id>${escapeXml(incident.id)}</id>
    <title>${escapeXml(titleOf(incident))}</title>
    <link rel="alternate" type="text/html" href="${escapeXml(addressOf(incident, origin))}"/>
    <published>${formatInstant(incident.from)}</published>
    <updated>${formatInstant(incident.changedAt)}</updated>
    <content type="text">${escapeXml(storyOf(incident))}</content>
  </entry>`);
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
  <id>${escapeXml(`${origin}/status`)}</id>
  <title>${escapeXml(view.title)}</title>
  <subtitle>${escapeXml(view.description)}</subtitle>
  <link rel="self" type="application/atom+xml" href="${escapeXml(`${origin}/status/feed.atom`)}"/>
  <link rel="alternate" type="text/html" href="${escapeXml(`${origin}/status`)}"/>
  <updated>${formatInstant(feedChangedAt(view))}</updated>
  <author><name>${escapeXml(view.title)}</name></author>
  <generator>Vitals</generator>${entries.join("")}
</feed>
`;
}

/** Returns the incidents as an RSS feed. */
export function formatRss({ view, origin }: FeedOptions): string {
  const items = view.incidents.map((incident) => `
    <item>
      <guid isPermaLink="false">${escapeXml(incident.id)}</guid>
      <title>${escapeXml(titleOf(incident))}</title>
      <link>${escapeXml(addressOf(incident, origin))}</link>
      <pubDate>${formatRfc822(incident.from)}</pubDate>
      <description>${escapeXml(storyOf(incident))}</description>
    </item>`);
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">
  <channel>
    <title>${escapeXml(view.title)}</title>
    <link>${escapeXml(`${origin}/status`)}</link>
    <description>${escapeXml(view.description || view.title)}</description>
    <language>en</language>
    <lastBuildDate>${formatRfc822(feedChangedAt(view))}</lastBuildDate>
    <generator>Vitals</generator>
    <ttl>1</ttl>
    <atom:link rel="self" type="application/rss+xml" href="${
    escapeXml(`${origin}/status/feed.rss`)
  }"/>${items.join("")}
  </channel>
</rss>
`;
}

function titleOf({ name, words }: PublicIncidentView): string {
  return `${name} ${words}`;
}

function storyOf({ name, words, from, outcome }: PublicIncidentView): string {
  return `${name} ${words}. It began at ${formatMoment(from)}. ${outcome}`;
}

function addressOf(incident: PublicIncidentView, origin: string): string {
  return `${origin}/status#${incidentAnchor(incident)}`;
}

/** RSS 2.0 wants dates after RFC 822, with four digits of the year; `toUTCString()` says GMT, which is one of its zones. */
function formatRfc822(at: Instant): string {
  return new Date(at).toUTCString();
}
