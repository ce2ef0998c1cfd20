/**
 * What a stranger can try first, on the dashboard until it is put away. It needs no script, and costs none.
 *
 * @module
 */

import type { VNode } from "preact";
import { useContext } from "preact/hooks";

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
  return (
    <aside class="first-steps" aria-label="First steps">
      <ol>
        <li>
          <b>Break something.</b> Press <q>Inject fault</q> on a card, and watch Vitals notice.
        </li>
        <li>
          <b>Look back.</b> <a href={servicePath(service)}>Open {service}</a>{" "}
          for its charts, from five minutes to a year.
        </li>
        <li>
          <b>Send a sample.</b> The service appears by itself:
          <code>{command}</code>
        </li>
      </ol>
      <form method="post" action="/first-steps">
        <button type="submit" class="ghost">Got it</button>
      </form>
    </aside>
  );
}
