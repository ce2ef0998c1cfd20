/**
 * Slide 6: what holds when things break, and what was measured.
 *
 * @module
 */

import type { VNode } from "preact";

import { MEASURED, type Measured } from "@/lib/domain/measured.ts";

import { SlideFrame } from "./SlideFrame.tsx";

const PROMISES: readonly (readonly [what: string, how: string])[] = [
  [
    "Written, then answered",
    "A push gets its 202, and a message leaves, once its batch is on disk.",
  ],
  [
    "One turn, one batch",
    "Samples, transitions and state go in one transaction. More load, larger batches.",
  ],
  ["The same id again", "After a crash the outbox goes on. What was told is not told anew."],
  ["Disk full", "Watching and telling go on; pushes get 503, and health says why."],
];

const ROWS = [
  MEASURED.handOver,
  MEASURED.fanOut,
  MEASURED.writing,
  MEASURED.valueSize,
  MEASURED.monthQuery,
];

/** Renders promises and figures, each beside its baseline. */
export function MeasuredSlide(): VNode {
  const { kills } = MEASURED;
  return (
    <SlideFrame number={6}>
      <div class="measured">
        <div class="kills">
          <p class="big">
            <b>{kills.figure}</b> × <code>kill -9</code>
          </p>
          <p>
            under load, at random moments. Nothing acknowledged was lost, nothing was told anew.
            {" "}
            <code>{kills.command}</code>
          </p>
          <ul class="points">
            {PROMISES.map(([what, how]) => (
              <li key={what}>
                <h3>{what}</h3>
                <p>{how}</p>
              </li>
            ))}
          </ul>
        </div>
        <div class="figures">
          <table>
            <caption class="unseen">Figures with their baselines</caption>
            <thead>
              <tr>
                <th scope="col">Measured</th>
                <th scope="col">Vitals</th>
                <th scope="col">Baseline</th>
                <th scope="col">Ratio</th>
              </tr>
            </thead>
            <tbody>{ROWS.map((row) => <Row key={row.what} {...row} />)}</tbody>
          </table>
          <p class="source">
            {kills.date}, two shared cores. Baselines ran in the same run.{" "}
            <code>deno task bench</code>, <code>deno task bench:history</code>
          </p>
        </div>
      </div>
    </SlideFrame>
  );
}

function Row({ what, figure, unit, baseline, ratio }: Measured): VNode {
  return (
    <tr>
      <th scope="row">{what}</th>
      <td data-name="Vitals">
        <b>{groupDigits(figure)}</b> {unit}
      </td>
      <td data-name="Baseline">
        {baseline === null ? "–" : (
          <>
            {groupDigits(baseline.figure)} {unit} <small>{baseline.what}</small>
          </>
        )}
      </td>
      <td data-name="Ratio">
        {ratio === null ? "–" : (
          <>
            <b>{ratio.figure}</b> <small>{ratio.meaning}</small>
          </>
        )}
      </td>
    </tr>
  );
}

/** Long whole numbers are read in groups of three. */
function groupDigits(figure: string): string {
  return figure.replace(/\B(?=(?:\d{3})+$)/g, figure.includes(".") ? "" : ",");
}
