/** The switch of the theme. @module */

export const themeNames = { auto: "automatic", light: "light", dark: "dark" } as const;

export function theme(current: string, next: string): string {
  return `Theme: ${current}. Switch to ${next}`;
}
