/**
 * The switch between light, dark and automatic.
 *
 * @module
 */

import { useSignal } from "@preact/signals";
import type { VNode } from "preact";

import { nextTheme, type Theme, writeTheme } from "@/components/theme.ts";
import * as words from "@/texts/themes.ts";

interface ThemeSwitchProps {
  /** The theme that the page was rendered with. */
  readonly theme: Theme;
}

/** How each theme is shown. */
const MARKS: Readonly<Record<Theme, string>> = { auto: "◐", light: "○", dark: "●" };

/** Renders a button that goes through the themes and remembers the choice. */
export default function ThemeSwitch({ theme }: ThemeSwitchProps): VNode {
  const chosen = useSignal(theme);
  const next = nextTheme(chosen.value);
  const label = words.theme(words.themeNames[chosen.value], words.themeNames[next]);
  const choose = () => {
    chosen.value = next;
    document.cookie = writeTheme(next);
    if (next === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
  };
  return (
    <button type="button" class="ghost theme" aria-label={label} title={label} onClick={choose}>
      <span aria-hidden="true">{MARKS[chosen.value]}</span>
    </button>
  );
}
