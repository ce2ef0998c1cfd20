/**
 * Why an alert is as it is, over the page.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect } from "preact/hooks";

import type { AlertDetail, AlertView } from "@/lib/protocol/views.ts";
import * as words from "@/texts/acts.ts";

import type { ActContext } from "../AlertButtons.tsx";
import { alertPath } from "../addresses.ts";
import { AlertStory } from "../AlertStory.tsx";
import { explainFailure } from "../api_client.ts";
import { type DetailAnswer, fetchDetail, useFreshDetail } from "../fresh_detail.ts";
import { LocalTimes } from "../Time.tsx";
import { Dialog } from "./Dialog.tsx";

/** Props of {@linkcode WhyDialog}. */
export interface WhyDialogProps extends ActContext {
  readonly alert: Pick<AlertView, "id" | "rule" | "service">;
  readonly onClose: () => void;
}

/** Renders the story of an alert, which it fetches, and again whenever the alert changes. */
export function WhyDialog({ alert, store, hasReceivers, onClose }: WhyDialogProps): VNode {
  const answer = useSignal<DetailAnswer | null>(null);
  useEffect(() => {
    fetchDetail(alert.id).then((found) => answer.value = found);
  }, [alert.id, answer]);
  return (
    <Dialog title={words.why(alert.rule, alert.service)} wide onClose={onClose}>
      {answer.value === null && <p class="waiting" role="status">{words.lookingUp}</p>}
      {answer.value !== null && answer.value.kind !== "done" && (
        <p class="failure" role="alert">{explainFailure(answer.value)}</p>
      )}
      {answer.value?.kind === "done" && (
        <LocalTimes now={store.now} inBrowser>
          <LiveStory detail={answer.value.value} store={store} hasReceivers={hasReceivers} />
        </LocalTimes>
      )}
      <p class="elsewhere">
        <a href={alertPath(alert.id)}>{words.asPage}</a>
      </p>
    </Dialog>
  );
}

/** Props of {@linkcode LiveStory}. */
interface LiveStoryProps extends ActContext {
  readonly detail: AlertDetail;
}

function LiveStory({ detail, store, hasReceivers }: LiveStoryProps): VNode {
  const fresh = useFreshDetail(detail, store);
  return <AlertStory heading="h3" detail={fresh.value} store={store} hasReceivers={hasReceivers} />;
}
