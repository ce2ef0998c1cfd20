import { assertEquals, assertThrows } from "@std/assert";

import { ConfigError, formatConfigError } from "@/lib/config/config_error.ts";
import { parseConfig } from "@/lib/config/parse_config.ts";
import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import { DEFAULT_RULES } from "@/lib/domain/rule.ts";
import { PROFILES } from "@/simulators/profiles.ts";

/** A fenced block of the document. */
interface Block {
  readonly kind: string;
  readonly text: string;
}

async function readBlocks(): Promise<readonly Block[]> {
  const url = new URL("../../docs/configuration.md", import.meta.url);
  const blocks = (await Deno.readTextFile(url)).matchAll(/^```(\S.*)\n([^]*?)\n?^```$/gm);
  return [...blocks].map(([, kind = "", text = ""]) => ({ kind, text }));
}

Deno.test("configuration.md shows files that parseConfig() takes", async () => {
  const good = (await readBlocks()).filter(({ kind }) => kind === "jsonc");
  const configs = good.map(({ text }) => parseConfig(text));
  assertEquals(configs.length, 12);
  assertEquals(configs[2]?.rules, DEFAULT_RULES);
  assertEquals(configs[4]?.receivers.map(({ target }) => target.kind), ["log", "email"]);
  assertEquals(configs[5]?.maintenance.map(({ schedule }) => schedule.kind), ["weekly", "once"]);
  assertEquals(configs[6]?.origins, ["https://vitals.example.com"]);
  assertEquals(configs[7]?.cors, { origins: ["https://wiki.example.com"] });
  assertEquals(configs[8]?.history, {
    path: "/var/lib/vitals",
    retention: { ...DEFAULT_RETENTION, rawMs: 2 * DEFAULT_RETENTION.rawMs },
  });
  assertEquals(configs[9]?.sources.probe, { denyPrivate: true });
  assertEquals(configs[10]?.status.groups.map(({ name }) => name), ["Shop", "Accounts"]);
  assertEquals(configs[11]?.auth.tokens.map(({ name, scopes }) => [name, scopes]), [
    ["agents", ["ingest"]],
  ]);
  assertEquals(configs[11]?.auth.sessionMs, 12 * 3_600_000);
});

Deno.test("configuration.md shows what is said of wrong files", async () => {
  const blocks = await readBlocks();
  const wrong = blocks.flatMap(({ kind, text }, index) => {
    return kind === "jsonc wrong" ? [[text, blocks[index + 1]?.text] as const] : [];
  });
  assertEquals(wrong.length, 2);
  for (const [text, said] of wrong) {
    const profiles = Object.keys(PROFILES);
    const { issues } = assertThrows(() => parseConfig(text, { profiles }), ConfigError);
    assertEquals(formatConfigError({ issues, file: "vitals.config.jsonc" }), said);
  }
});
