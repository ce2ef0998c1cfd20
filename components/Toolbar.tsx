/**
 * Search and filter, for when there are many services.
 *
 * @module
 */

import type { ReadonlySignal, Signal } from "@preact/signals";
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";

import type { CardFilter } from "@/lib/domain/card_order.ts";
import { STATUSES_BY_SEVERITY } from "@/lib/domain/status.ts";
import * as words from "@/texts/dashboard.ts";
import { statusNames } from "@/texts/statuses.ts";

/** Props of {@linkcode Toolbar}. */
export interface ToolbarProps {
  readonly filter: Signal<CardFilter>;
  /** How many services the filter lets through. */
  readonly shown: ReadonlySignal<number>;
  readonly total: number;
}

/** Renders the search field, which `/` focuses, the choice of status, and how many services match. */
export function Toolbar({ filter, shown, total }: ToolbarProps): VNode {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => focusOnSlash(field), []);
  return (
    <form class="toolbar" role="search" onSubmit={(event) => event.preventDefault()}>
      <input
        ref={field}
        type="search"
        aria-label={words.search}
        placeholder={words.searchHint}
        value={filter.value.query}
        onInput={(event) => filter.value = { ...filter.value, query: event.currentTarget.value }}
      />
      <select
        aria-label={words.status}
        onChange={(event) =>
          filter.value = { ...filter.value, status: parseStatus(event.currentTarget.value) }}
      >
        <option value="">{words.anyStatus}</option>
        {STATUSES_BY_SEVERITY.map((status) => (
          <option key={status} value={status} selected={filter.value.status === status}>
            {statusNames[status]}
          </option>
        ))}
      </select>
      <output>
        {shown.value === total ? words.allShown(total) : words.someShown(shown.value, total)}
      </output>
    </form>
  );
}

function parseStatus(text: string): CardFilter["status"] {
  return STATUSES_BY_SEVERITY.find((status) => status === text) ?? null;
}

function focusOnSlash(field: { readonly current: HTMLInputElement | null }): () => void {
  const onKey = (event: KeyboardEvent) => {
    const isTyping = event.target instanceof Element &&
      event.target.closest("input, select, textarea, [contenteditable]") !== null;
    if (event.key !== "/" || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    field.current?.focus();
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}
