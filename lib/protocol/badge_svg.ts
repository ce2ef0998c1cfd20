/**
 * Badges: a label and a value as a small SVG that can stand on any page.
 *
 * @module
 */

import { textWidth } from "./text_width.ts";
import { escapeXml } from "./xml_text.ts";

/** What the value means. */
export type BadgeTone = "ok" | "warn" | "crit" | "calm" | "idle";

/** What a badge says. */
export interface BadgeText {
  /** On the left; empty for a badge without it. */
  readonly label: string;
  /** On the right. */
  readonly value: string;
  /** What the value means. */
  readonly tone: BadgeTone;
}

/** White text on each of them has a contrast of at least 4.5 (WCAG 2.2, 1.4.3). */
export const BADGE_COLORS: Readonly<Record<BadgeTone | "label", string>> = {
  label: "#3d4553",
  ok: "#0f7a45",
  warn: "#945600",
  crit: "#c01530",
  calm: "#3b4fe0",
  idle: "#5b6577",
};

/** A longer text is cut. */
const MAX_CHARACTERS = 64;

const FONT_SIZE = 11;
const HEIGHT = 20;
const PADDING = 6;

/**
 * Returns a badge. It loads nothing, runs nothing, and says in words what it shows; where fonts differ from
 * ours, the texts are spaced to fit.
 */
export function formatBadge({ label, value, tone }: BadgeText): string {
  const left = label === "" ? null : fit(label);
  const right = fit(value);
  const split = left?.width ?? 0;
  const words = escapeXml(left === null ? right.text : `${left.text}: ${right.text}`);
  const width = split + right.width;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" ` +
    `viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="${words}"><title>${words}</title>` +
    `<rect width="${width}" height="${HEIGHT}" rx="4" fill="${BADGE_COLORS[tone]}"/>` +
    (left === null ? "" : `<path d="${leftPart(split)}" fill="${BADGE_COLORS.label}"/>`) +
    `<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="${FONT_SIZE}" ` +
    `text-rendering="geometricPrecision" aria-hidden="true">` +
    (left === null ? "" : draw(left, 0)) + draw(right, split) + "</g></svg>\n";
}

interface FittedText {
  readonly text: string;
  /** Of the text alone. */
  readonly textWidth: number;
  /** With the space around it. */
  readonly width: number;
}

function fit(raw: string): FittedText {
  const characters = [...raw.toWellFormed()];
  const text = characters.length > MAX_CHARACTERS
    ? `${characters.slice(0, MAX_CHARACTERS - 1).join("")}…`
    : characters.join("");
  const width = Math.round(textWidth(text, FONT_SIZE));
  return { text, textWidth: width, width: width + 2 * PADDING };
}

/** Round on the left, straight on the right. */
function leftPart(width: number): string {
  return `M${width} 0H4a4 4 0 0 0-4 4v12a4 4 0 0 0 4 4h${width - 4}z`;
}

function draw({ text, textWidth }: FittedText, from: number): string {
  const fitted = textWidth > 0 ? ` textLength="${textWidth}"` : "";
  return `<text x="${from + PADDING}" y="14"${fitted}>${escapeXml(text)}</text>`;
}
