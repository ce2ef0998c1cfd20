/**
 * The switch between light, dark and automatic.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import { nextTheme, type Theme, writeTheme } from "@/components/theme.ts";

interface ThemeSwitchProps {
  /** The theme that the page was rendered with. */
  readonly theme: Theme;
}

/** How each theme is shown and named. */
const LOOKS: Readonly<Record<Theme, { readonly mark: string; readonly name: string }>> = {
  auto: { mark: "◐", name: "automatic" },
  light: { mark: "○", name: "light" },
  dark: { mark: "●", name: "dark" },
};

/** Renders a button that goes through the themes and remembers the choice. */
export default function ThemeSwitch({ theme }: ThemeSwitchProps): VNode {
  const chosen = useSignal(theme);
  const next = nextTheme(chosen.value);
  const label = `Theme: ${LOOKS[chosen.value].name}. Switch to ${LOOKS[next].name}`;
  const choose = () => {
    chosen.value = next;
    document.cookie = writeTheme(next);
    if (next === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
  };
  return (
    <button type="button" class="ghost theme" aria-label={label} title={label} onClick={choose}>
      <span aria-hidden="true">{LOOKS[chosen.value].mark}</span>
    </button>
  );
}
