/**
 * Slide 6: what holds when things break, and what was measured.
 *
 * @module
 */

import type { VNode } from "preact";

import { MEASURED, type Measured } from "@/lib/domain/measured.ts";
import * as words from "@/texts/slides.ts";

import { SlideFrame } from "./SlideFrame.tsx";

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
            {words.underLoad} <code>{kills.command}</code>
          </p>
          <ul class="points">
            {words.reliability.map(([what, how]) => (
              <li key={what}>
                <h3>{what}</h3>
                <p>{how}</p>
              </li>
            ))}
          </ul>
        </div>
        <div class="figures">
          <table>
            <caption class="unseen">{words.figures}</caption>
            <thead>
              <tr>
                <th scope="col">{words.measured}</th>
                <th scope="col">{words.vitals}</th>
                <th scope="col">{words.baseline}</th>
                <th scope="col">{words.ratio}</th>
              </tr>
            </thead>
            <tbody>{ROWS.map((row) => <Row key={row.what} {...row} />)}</tbody>
          </table>
          <p class="source">
            {words.measuredOn(kills.date)} <code>deno task bench</code>,{" "}
            <code>deno task bench:history</code>
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
      <td data-name={words.vitals}>
        <b>{groupDigits(figure)}</b> {unit}
      </td>
      <td data-name={words.baseline}>
        {baseline === null ? "–" : (
          <>
            {groupDigits(baseline.figure)} {unit} <small>{baseline.what}</small>
          </>
        )}
      </td>
      <td data-name={words.ratio}>
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
