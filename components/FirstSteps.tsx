/**
 * What a stranger can try first, on the dashboard until it is put away. It needs no script, and costs none.
 *
 * @module
 */

import type { VNode } from "preact";
import { useContext } from "preact/hooks";

import * as words from "@/texts/frame.ts";

import { AccountContext } from "./account.ts";
import { servicePath } from "./addresses.ts";

/** Props of {@linkcode FirstSteps}. */
export interface FirstStepsProps {
  /** Scheme, host and port of Vitals as the visitor reaches it. */
  readonly origin: string;
  /** Name of a simulated service. */
  readonly service: string;
}

/** Renders three things to try, and a button to put them away. */
export function FirstSteps({ origin, service }: FirstStepsProps): VNode {
  const { name } = useContext(AccountContext);
  const token = name === null ? "" : '-H "authorization: Bearer $VITALS_TOKEN" ';
  const command = `curl ${origin}/api/samples ${token}-H 'content-type: application/json' ` +
    `-d '{"service":"my-service","metrics":{"cpu":41.2}}'`;
  const parts = {
    emphasise: (text: string) => <b>{text}</b>,
    quote: (text: string) => <q>{text}</q>,
    link: (text: string) => <a href={servicePath(service)}>{text}</a>,
  };
  return (
    <aside class="first-steps" aria-label={words.firstSteps}>
      <ol>
        <li>{words.breakSomething(parts)}</li>
        <li>{words.lookBack(parts, service)}</li>
        <li>
          {words.sendSample(parts)}
          <code>{command}</code>
        </li>
      </ol>
      <form method="post" action="/first-steps">
        <button type="submit" class="ghost">{words.gotIt}</button>
      </form>
    </aside>
  );
}
