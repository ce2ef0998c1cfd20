/**
 * The document around every page.
 *
 * @module
 */

import { asset } from "fresh/runtime";

import { readTheme } from "@/components/theme.ts";
import { define } from "@/utils.ts";
import { description } from "@/texts/frame.ts";
import { lang } from "@/texts/language.ts";

/** Renders the shell. The theme is known here, so the first paint has the right colours. */
export default define.page(function App({ Component, req }) {
  const theme = readTheme(req.headers.get("cookie"));
  return (
    <html lang={lang} data-theme={theme === "auto" ? undefined : theme}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="description" content={description} />
        <meta name="color-scheme" content={theme === "auto" ? "light dark" : theme} />
        {theme !== "dark" && (
          <meta name="theme-color" media={media("light", theme)} content="#f5f6f8" />
        )}
        {theme !== "light" && (
          <meta name="theme-color" media={media("dark", theme)} content="#0c0f14" />
        )}
        <link rel="stylesheet" href={asset("/styles.css")} />
      </head>
      <body>
        <Component />
      </body>
    </html>
  );
});

function media(scheme: "light" | "dark", theme: string): string | undefined {
  return theme === "auto" ? `(prefers-color-scheme: ${scheme})` : undefined;
}
