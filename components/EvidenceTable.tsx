/**
 * Evidence as a table.
 *
 * @module
 */

import type { VNode } from "preact";

import { formatSilenceLimit } from "@/lib/domain/describe_rule.ts";
import { type Evidence, judgedValues } from "@/lib/domain/evidence_drawing.ts";
import { formatDuration } from "@/lib/domain/instant.ts";
import { isBeyond } from "@/lib/domain/judgement.ts";
import { formatLimit, formatValue } from "@/lib/domain/metric.ts";
import type { Rule, ThresholdRule } from "@/lib/domain/rule.ts";
import * as words from "@/texts/story.ts";

import { useTimes } from "./Time.tsx";

/** Renders when, what and how it stands to the limit. */
export function EvidenceTable({ rule, evidence, at }: Evidence): VNode {
  const { format, now } = useTimes();
  const rows = rowsOf(rule, { evidence, at });
  return (
    <table class="numbers">
      <thead>
        <tr>
          <th scope="col">{words.time}</th>
          {rows.captions.map((caption) => <th key={caption} scope="col">{caption}</th>)}
        </tr>
      </thead>
      <tbody>
        {rows.lines.map(({ at, cells, isBeyond }) => (
          <tr key={at} data-beyond={isBeyond}>
            <th scope="row">
              <time dateTime={new Date(at).toISOString()}>{format.exact(at, now.peek())}</time>
            </th>
            {cells.map((cell, index) => <td key={rows.captions[index]}>{cell}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Line {
  readonly at: number;
  readonly cells: readonly string[];
  readonly isBeyond: boolean;
}

interface Rows {
  readonly captions: readonly string[];
  readonly lines: readonly Line[];
}

function rowsOf(rule: Rule, { evidence, at }: Omit<Evidence, "rule">): Rows {
  switch (rule.kind) {
    case "threshold":
      return thresholdRows(rule, evidence);
    case "missingHeartbeat": {
      const last = evidence.at(-1)?.at ?? at;
      const limit = formatSilenceLimit(rule, rule.limitMs);
      return {
        captions: [words.what, words.silenceCaption],
        lines: [
          { at: last, cells: [words.lastHeartbeat, ""], isBeyond: false },
          {
            at,
            cells: [words.judged, words.silenceAndLimit(formatDuration(at - last), limit)],
            isBeyond: at - last >= rule.limitMs,
          },
        ],
      };
    }
  }
}

function thresholdRows(rule: ThresholdRule, evidence: Evidence["evidence"]): Rows {
  const { metric, mean, limit } = rule;
  const judged = new Map(judgedValues(rule, evidence).map(({ at, value }) => [at, value]));
  const hasMeans = judged.size < evidence.length;
  const limitText = formatLimit(metric, limit);
  return {
    captions: [
      metric.label,
      ...(hasMeans ? [words.meanOf(mean)] : []),
      words.limitCaption(limitText),
    ],
    lines: evidence.map(({ at, value }) => {
      const number = judged.get(at);
      const beyond = number !== undefined && isBeyond(rule, number, limit);
      const side = beyond ? rule.direction : "within";
      const verdict = number === undefined ? "" : words.sides[side];
      const means = number === undefined ? "" : formatValue(metric, number);
      return {
        at,
        cells: [formatValue(metric, value), ...(hasMeans ? [means] : []), verdict],
        isBeyond: beyond,
      };
    }),
  };
}
