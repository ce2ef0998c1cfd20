import { assertEquals } from "@std/assert";

import { nextTheme, readTheme, type Theme, THEMES, writeTheme } from "@/components/theme.ts";

Deno.test("readTheme() finds the theme among the cookies", async (t) => {
  const rows: readonly [name: string, cookies: string | null, theme: Theme][] = [
    ["no cookies", null, "auto"],
    ["an empty header", "", "auto"],
    ["dark alone", "theme=dark", "dark"],
    ["light among others", "a=1; theme=light; b=2", "light"],
    ["a theme that does not exist", "theme=pink", "auto"],
    ["HTML", 'theme="><script>', "auto"],
    ["another cookie that ends alike", "mytheme=dark", "auto"],
  ];
  for (const [name, cookies, theme] of rows) {
    await t.step(name, () => assertEquals(readTheme(cookies), theme));
  }
});

Deno.test("writeTheme() writes what readTheme() reads", () => {
  for (const theme of THEMES) {
    assertEquals(readTheme(writeTheme(theme).split(";")[0] ?? null), theme);
  }
});

Deno.test("nextTheme() goes through all themes and begins again", () => {
  assertEquals(nextTheme("auto"), "light");
  assertEquals(nextTheme("light"), "dark");
  assertEquals(nextTheme("dark"), "auto");
});
