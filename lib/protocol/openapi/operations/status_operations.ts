/**
 * How the status page is read by programs, and what of it stands on other pages.
 *
 * @module
 */

import { z } from "zod";

import { STATUS_PAGE_SCHEMA } from "@/lib/protocol/schemas/status_schema.ts";
import { ATOM_TYPE, RSS_TYPE } from "@/lib/protocol/status_feed.ts";

import { A_STATUS_PAGE } from "../examples.ts";
import { type Answer, type AnswerHeader, type Content, foreignSchema } from "../operation.ts";
import type { Operation } from "../operation.ts";
import { problem } from "../shared_answers.ts";

const KEPT_HEADERS: Readonly<Record<string, AnswerHeader>> = {
  etag: { description: "For `If-None-Match`.", pattern: '^W/"', required: true },
  "last-modified": {
    description: "For `If-Modified-Since`.",
    pattern: "^[A-Z][a-z]{2}, ",
    required: true,
  },
  vary: {
    description: "The answer depends on `Accept-Encoding`.",
    pattern: "(^|, ?)accept-encoding(,|$)",
    required: true,
  },
};

const CONTENT_ENCODING: AnswerHeader = {
  description: "How it is compressed, if that is accepted.",
  pattern: "^gzip$",
  required: false,
};

/** Returns the answers of what is made once for everybody. */
function kept(description: string, content: Content): readonly Answer[] {
  return [
    {
      status: 200,
      description,
      headers: { ...KEPT_HEADERS, "content-encoding": CONTENT_ENCODING },
      content: [content],
    },
    { status: 304, description: "It is no news.", headers: KEPT_HEADERS },
  ];
}

const NO_PAGE = "Configuration wants no status page.";

const PAGE: Content = {
  type: "text/html; charset=utf-8",
  schema: { type: "string", description: "A page for people." },
  example: "<!DOCTYPE html>…",
};

function feed(
  { id, path, type, format, url }: {
    readonly id: string;
    readonly path: string;
    readonly type: string;
    readonly format: string;
    readonly url: string;
  },
): Operation {
  return {
    id,
    method: "get",
    path,
    group: "Status",
    summary: `Tells of incidents as ${format}`,
    scope: "public",
    errors: "page",
    answers: [
      ...kept("Incidents, newest first.", {
        type,
        schema: foreignSchema(`A feed in ${format}.`, { url, type: "string" }),
        example: '<?xml version="1.0" encoding="utf-8"?>…',
      }),
      { status: 404, description: NO_PAGE, content: [PAGE] },
    ],
  };
}

const BADGE: Content = {
  type: "image/svg+xml; charset=utf-8",
  schema: foreignSchema("A picture with a few words.", {
    url: "https://www.w3.org/TR/SVG2/",
    type: "string",
  }),
  example: '<svg xmlns="http://www.w3.org/2000/svg">…</svg>',
};

const FOR_ALL: Readonly<Record<string, AnswerHeader>> = {
  "access-control-allow-origin": {
    description: "Any page may show it.",
    pattern: "^\\*$",
    required: true,
  },
};

function badge(status: number, description: string): Answer {
  return { status, description, headers: FOR_ALL, content: [BADGE] };
}

/** The operations. */
export const STATUS_OPERATIONS: readonly Operation[] = [
  {
    id: "getStatus",
    method: "get",
    path: "/api/status",
    group: "Status",
    summary: "Shows the status page",
    description: "It may be up to a minute old.",
    scope: "public",
    answers: [
      ...kept("The page.", {
        type: "application/json",
        schema: STATUS_PAGE_SCHEMA,
        example: A_STATUS_PAGE,
      }),
      problem(404, NO_PAGE, { detail: "Cannot show a status page: there is none" }),
    ],
  },
  {
    id: "getBadge",
    method: "get",
    path: "/badge/{service}.svg",
    group: "Status",
    summary: "Draws status or uptime of a service",
    description:
      "A service that the status page does not show is answered like one that there is not.",
    scope: "public",
    errors: "page",
    params: { service: { description: "Name of the service.", example: "checkout" } },
    query: z.strictObject({
      show: z.enum(["status", "uptime"]).default("status").meta({ description: "What it says." }),
      days: z.string().optional().meta({
        description: "Over how many days the uptime is.",
        asParam: { type: "integer", minimum: 1, maximum: 90, default: 30 },
      }),
      label: z.string().optional().meta({ description: "What stands before it." }),
    }),
    queryExample: "show=uptime&days=30",
    answers: [
      badge(200, "The badge."),
      badge(400, "The query is wrong; the badge says where."),
      badge(404, "There is no such service; the badge says so."),
    ],
  },
  feed({
    id: "getAtomFeed",
    path: "/status/feed.atom",
    type: ATOM_TYPE,
    format: "Atom",
    url: "https://www.rfc-editor.org/rfc/rfc4287",
  }),
  feed({
    id: "getRssFeed",
    path: "/status/feed.rss",
    type: RSS_TYPE,
    format: "RSS 2.0",
    url: "https://www.rssboard.org/rss-specification",
  }),
];
