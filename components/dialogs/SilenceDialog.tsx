/**
 * Asks what to silence, until when, and why.
 *
 * @module
 */

import { type Signal, useComputed, useSignal } from "@preact/signals";
import type { VNode } from "preact";
import { useRef } from "preact/hooks";

import { matchesAlert } from "@/lib/domain/matcher.ts";
import type { AlertView } from "@/lib/protocol/views.ts";
import * as words from "@/texts/acts.ts";

import { type Answer, callApi } from "../api_client.ts";
import type { LiveStore } from "../live_store.ts";
import { browserMemory } from "../operator_memory.ts";
import {
  describeDraft,
  type SilenceFields,
  SPANS,
  toMatcher,
  toSilenceBody,
} from "../silence_fields.ts";
import { FormDialog } from "./FormDialog.tsx";

/** Props of {@linkcode SilenceDialog}. */
export interface SilenceDialogProps {
  readonly store: LiveStore;
  /** The alert that it is about; `null` for a silence from scratch. */
  readonly alert: Pick<AlertView, "rule" | "service"> | null;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Renders the fields, and which alerts the silence would mute at this moment. */
export function SilenceDialog({ store, alert, onDone, onClose }: SilenceDialogProps): VNode {
  const fields = useSignal<SilenceFields>({
    ...{ service: alert?.service ?? "", rule: alert?.rule ?? "", tag: "", severity: "" },
    ...{ span: "1h", until: "", author: browserMemory().name, reason: "" },
  });
  const mutes = useComputed(() => countMuted(store, fields.value));
  const submit = (): Promise<Answer> => {
    browserMemory().name = fields.peek().author.trim();
    const body = toSilenceBody(fields.peek());
    return callApi({ method: "POST", path: "/api/silences", body });
  };
  return (
    <FormDialog
      title={alert === null ? words.newSilence : words.silence}
      action={words.silence}
      submit={submit}
      onDone={onDone}
      onClose={onClose}
    >
      <p class="lead">{words.silenceLead}</p>
      <MatchFields fields={fields} />
      <output class="mutes">
        <b>{describeDraft(fields.value)}</b>
        <span>{words.mutes(mutes.value)}</span>
      </output>
      <SpanFields fields={fields} />
      <div class="pair">
        <Field fields={fields} name="author" caption={words.yourName} required />
        <Field fields={fields} name="reason" caption={words.reason} />
      </div>
    </FormDialog>
  );
}

/** As the API takes them. */
const MAX_LENGTHS = { service: 64, rule: 64, tag: 32, author: 64, reason: 500 } as const;

interface FieldsProps {
  readonly fields: Signal<SilenceFields>;
}

function MatchFields({ fields }: FieldsProps): VNode {
  const { tag, severity } = fields.value;
  return (
    <fieldset>
      <legend>{words.whichAlerts}</legend>
      <div class="pair">
        <Field fields={fields} name="service" caption={words.service} empty={words.allServices} />
        <Field fields={fields} name="rule" caption={words.rule} empty={words.allRules} />
      </div>
      <details open={tag !== "" || severity !== ""}>
        <summary>{words.tagAndSeverity}</summary>
        <div class="pair">
          <Field fields={fields} name="tag" caption={words.tag} empty={words.any} />
          <label>
            {words.severity}
            <select
              value={severity}
              onChange={(event) =>
                fields.value = { ...fields.value, severity: event.currentTarget.value }}
            >
              <option value="">{words.any}</option>
              <option value="warning">{words.warning}</option>
              <option value="critical">{words.critical}</option>
            </select>
          </label>
        </div>
      </details>
    </fieldset>
  );
}

interface FieldProps extends FieldsProps {
  readonly name: "service" | "rule" | "tag" | "author" | "reason";
  readonly caption: string;
  /** What an empty field means, if it means anything; then it can be emptied by a button. */
  readonly empty?: string;
  readonly required?: boolean;
}

function Field({ fields, name, caption, empty, required = false }: FieldProps): VNode {
  const input = useRef<HTMLInputElement>(null);
  const set = (value: string) => fields.value = { ...fields.value, [name]: value };
  const canEmpty = empty !== undefined && fields.value[name] !== "";
  return (
    <div class="field">
      <label>
        {caption}
        <input
          ref={input}
          type="text"
          autoComplete={name === "author" ? "name" : "off"}
          required={required}
          maxLength={MAX_LENGTHS[name]}
          placeholder={empty ?? (required ? "" : words.optional)}
          value={fields.value[name]}
          onInput={(event) => set(event.currentTarget.value)}
        />
      </label>
      {canEmpty && (
        <button
          type="button"
          class="clear"
          aria-label={words.removeField(caption, empty)}
          onClick={() => {
            set("");
            input.current?.focus();
          }}
        >
          <span aria-hidden="true">✕</span>
        </button>
      )}
    </div>
  );
}

function SpanFields({ fields }: FieldsProps): VNode {
  const { span, until } = fields.value;
  return (
    <fieldset>
      <legend>{words.howLong}</legend>
      <div class="choices">
        {[...SPANS, { value: "until", caption: words.untilChoice }].map(({ value, caption }) => (
          <label key={value}>
            <input
              type="radio"
              name="span"
              value={value}
              checked={span === value}
              onChange={() => fields.value = { ...fields.value, span: value }}
            />
            <span>{caption}</span>
          </label>
        ))}
      </div>
      {span === "until" && (
        <input
          type="datetime-local"
          aria-label={words.until}
          required
          value={until}
          onInput={(event) => fields.value = { ...fields.value, until: event.currentTarget.value }}
        />
      )}
    </fieldset>
  );
}

/** Tags are known by service, not by alert. */
function countMuted(store: LiveStore, fields: SilenceFields): number {
  const matcher = toMatcher(fields);
  if (matcher === null) return 0;
  return store.alerts.value.filter((alert) => {
    const tags = store.service(alert.service)?.peek().tags ?? [];
    return matchesAlert(matcher, { ...alert, tags });
  }).length;
}
