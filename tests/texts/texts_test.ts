import { assertEquals } from "@std/assert";

import type { Texts } from "../../texts/texts.ts";
import * as language from "../../texts/en/language.ts";
import { accent, translate } from "./pseudo.ts";

const FOLDER = new URL("../../texts/", import.meta.url);

Deno.test("Texts names every module of texts/en", async () => {
  const modules: string[] = [];
  for await (const { name } of Deno.readDir(new URL("en/", FOLDER))) modules.push(name);
  const source = await Deno.readTextFile(new URL("texts.ts", FOLDER));
  const named = [...source.matchAll(/from "\.\/en\/(.*)";/g)].map(([, name]) => name);
  assertEquals(named, modules.sort());
});

Deno.test("Texts lets a translation say something else, but not with other names or parameters", () => {
  const themes = {
    themeNames: { auto: "automatisch", light: "hell", dark: "dunkel" },
    theme: (current: string, next: string) => `Farben: ${current}. Weiter: ${next}`,
  } satisfies Texts["themes"];
  assertEquals(themes.theme("hell", "dunkel"), "Farben: hell. Weiter: dunkel");
  // @ts-expect-error: a name is missing
  ({ themeNames: themes.themeNames }) satisfies Texts["themes"];
  // @ts-expect-error: the table lacks a theme
  ({ ...themes, themeNames: { auto: "automatisch" } }) satisfies Texts["themes"];
});

Deno.test("language: plurals, lists and numbers are written by the rules of the language", () => {
  const { formatCount, formatNumber, joinWords, plural } = language;
  assertEquals([0, 1, 2].map((count) => plural(count, "one", "other")), ["other", "one", "other"]);
  assertEquals(joinWords([]), "");
  assertEquals(joinWords(["a"]), "a");
  assertEquals(joinWords(["a", "b", "c"]), "a, b and c");
  assertEquals(formatCount(12_345), "12,345");
  assertEquals([formatNumber(93.14, 1), formatNumber(5, 1, 0)], ["93.1", "5"]);
  assertEquals([formatNumber(3_599_999, 0), formatNumber(-0, 1)], ["3599999", "0.0"]);
});

Deno.test("the made-up language leaves what a text speaks of as it is", () => {
  assertEquals(accent("Why?"), "⟦Ŵĥýéé?⟧");
  const told = translate((name: string) => `${name} is DOWN`);
  assertEquals(typeof told === "function" && told("db"), "db ⟦îšé ÐÖŴÑéé⟧");
  assertEquals(translate({ up: "Up" }), { up: "⟦Ûþé⟧" });
});
