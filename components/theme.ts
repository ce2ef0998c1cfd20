/**
 * The colour theme that a visitor chose. It is kept in a cookie, so that the server renders the right one
 * from the first byte and no script has to run before the first paint.
 *
 * @module
 */

/** `auto` follows the operating system. */
export type Theme = "auto" | "light" | "dark";

/** All themes, in the order in which the switch goes through them. */
export const THEMES: readonly Theme[] = ["auto", "light", "dark"];

/** How long the choice is remembered, in seconds: a year. */
const MAX_AGE_S = 31_536_000;

/** Returns the theme that a `Cookie` header asks for; `auto` when it asks for none that is known. */
export function readTheme(cookies: string | null): Theme {
  const value = /(?:^|;\s*)theme=([^;]*)/.exec(cookies ?? "")?.[1];
  return THEMES.find((theme) => theme === value) ?? "auto";
}

/** Returns the cookie that remembers a theme, as `document.cookie` takes it. */
export function writeTheme(theme: Theme): string {
  return `theme=${theme}; path=/; max-age=${MAX_AGE_S}; samesite=lax`;
}

/** Returns the theme after another one. */
export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "auto";
}
