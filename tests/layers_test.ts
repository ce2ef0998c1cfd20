import { assertEquals } from "@std/assert";

import { checkEffects, checkImports, type Layer, type SourceFile } from "@/tools/layers.ts";
import type { Effect } from "@/tools/source_text.ts";

const PROJECT = new URL("../", import.meta.url);

/** What runs in a browser as well. */
const PURE = ["lib/domain/", "lib/protocol/", "texts/"];

/** What every part of the shell may know. */
const CORE = [...PURE, "lib/ports/"];

const UI = ["preact", "preact/hooks", "@preact/signals", "fresh/runtime"];

/** What a page is made of. */
const PAGE = ["lib/", "texts/", "components/", "islands/", "utils.ts", "fresh", ...UI];

const MAIL = ["node:net", "nodemailer/lib/smtp-connection", "nodemailer/lib/mail-composer"];

const SOCKETS = ["node:net", "node:tls"];

/** Imports point inward. The first entry that fits a file holds, so exceptions stand before their folder. */
const LAYERS: readonly Layer[] = [
  // Words depend on nothing, and everything that speaks to people on them.
  { of: "texts/", imports: ["texts/"] },
  { of: "lib/domain/expression/", imports: ["lib/domain/", "texts/", "re2js"] },
  { of: "lib/domain/", imports: ["lib/domain/", "texts/", "croner", "fastest-levenshtein"] },
  // Only what reads and writes OTLP knows its schema.
  {
    of: "lib/protocol/otlp/",
    imports: [...PURE, "proto/gen/", "@bufbuild/protobuf"],
    types: ["lib/ports/"],
  },
  { of: "lib/protocol/", imports: [...PURE, "zod"], types: ["lib/ports/"] },
  {
    of: "lib/ports/",
    imports: ["lib/domain/", "lib/ports/", "tinyqueue"],
    types: ["lib/protocol/"],
  },
  {
    of: "lib/access/",
    imports: [...CORE, "lib/access/", "ipaddr.js", "node:crypto", "node:buffer"],
  },
  { of: "lib/alertmanager/", imports: [...CORE, "lib/alertmanager/", "re2js", "zod"] },
  { of: "lib/collector/", imports: [...CORE, "lib/collector/"] },
  {
    of: "lib/config/sources/probe_expect.ts",
    imports: [...CORE, "lib/config/", "zod", "jsonpath-rfc9535/parser"],
  },
  {
    of: "lib/config/",
    imports: [...CORE, "lib/config/", "zod", "jsonc-parser", "node:path", "ipaddr.js"],
  },
  { of: "lib/health/", imports: [...CORE, "lib/health/"] },
  { of: "lib/history/codec/", imports: [...CORE, "lib/history/codec/", "node:zlib"] },
  { of: "lib/history/", imports: [...CORE, "lib/history/", "node:sqlite"] },
  { of: "lib/live/", imports: [...CORE, "lib/live/"] },
  { of: "lib/metrics/", imports: [...CORE, "lib/metrics/"] },
  { of: "lib/notify/receivers/mailer.ts", imports: [...CORE, ...MAIL] },
  { of: "lib/notify/", imports: [...CORE, "lib/notify/", "tinyqueue"] },
  // What connects, and what speaks HTTP over that.
  { of: "lib/sources/open_socket.ts", imports: ["lib/sources/", "lib/domain/", ...SOCKETS] },
  { of: "lib/sources/socket_request.ts", imports: ["lib/sources/", "node:http", "node:stream"] },
  { of: "lib/sources/private_address.ts", imports: ["ipaddr.js"] },
  { of: "lib/sources/probe/", imports: [...CORE, "lib/sources/", "jsonpath-rfc9535"] },
  { of: "lib/sources/", imports: [...CORE, "lib/sources/"] },
  { of: "lib/scenario/", imports: [...CORE, "lib/scenario/"] },
  { of: "lib/status_page/", imports: [...CORE, "lib/status_page/"] },
  { of: "lib/operator_desk.ts", imports: [...CORE, "lib/collector/", "lib/notify/"] },
  { of: "lib/fault_keeper.ts", imports: CORE },
  { of: "lib/app.ts", imports: ["lib/"] },
  { of: "simulators/", imports: [...CORE, "simulators/", "zod"] },
  { of: "agent/", imports: [...CORE, "agent/", "zod", "node:os", "node:util"] },
  // In a browser the page is the shell: it hands the store its clock.
  {
    of: "components/use_live.ts",
    imports: [...PURE, "components/", ...UI, "lib/ports/system_clock.ts"],
  },
  // The frame of every page holds the switch of the theme.
  {
    of: "components/PageFrame.tsx",
    imports: [...PURE, "components/", ...UI, "islands/ThemeSwitch.tsx"],
  },
  {
    of: "components/live_store.ts",
    imports: [...PURE, "components/", ...UI],
    types: ["lib/ports/clock.ts"],
  },
  // Only the page that shows charts loads what draws them.
  {
    of: "components/service/line_plot.ts",
    imports: [...PURE, "components/service/", "uplot"],
  },
  { of: "components/", imports: [...PURE, "components/", ...UI] },
  { of: "islands/", imports: [...PURE, "components/", "islands/", ...UI] },
  // What the pages of alerts read together stands beside them.
  {
    of: "routes/alerts/",
    imports: [...PAGE, "routes/alerts/"],
  },
  // What the page of a service reads stands beside it.
  {
    of: "routes/services/",
    imports: [...PAGE, "routes/services/"],
  },
  // What the routes of Alertmanager's API read together stands beside them.
  {
    of: "routes/api/v2/",
    imports: ["lib/", "routes/api/v2/", "utils.ts", "fresh"],
  },
  // What the feeds of the status page have in common stands beside them.
  {
    of: "routes/status/",
    imports: ["lib/", "components/", "routes/status/", "utils.ts", "fresh"],
  },
  { of: "routes/", imports: PAGE },
  { of: "utils.ts", imports: ["fresh"], types: ["lib/"] },
  { of: "access_guard.ts", imports: ["lib/", "utils.ts", "fresh"] },
  {
    of: "web_app.ts",
    imports: ["lib/", "routes/", "access_guard.ts", "utils.ts", "fresh", "preact"],
  },
  {
    of: "runtime.ts",
    imports: ["lib/", "simulators/", "tools/listen_address.ts", "deno.json", "node:path"],
    types: ["utils.ts"],
  },
  { of: "main.ts", imports: ["runtime.ts", "web_app.ts"] },
  { of: "serve.ts", imports: ["tools/listen_address.ts", "_fresh/server.js"] },
  { of: "dev.ts", imports: ["tools/listen_address.ts", "main.ts", "fresh/dev"] },
];

/** The adapters: the only files that reach the world, and by what. */
const ADAPTERS: Readonly<Record<string, readonly Effect[]>> = {
  "lib/ports/system_clock.ts": ["Date.now", "performance", "setTimeout"],
  "lib/ports/console_log.ts": ["console"],
  "lib/config/deno_config_files.ts": ["Deno"],
  "lib/config/deno_scenario_files.ts": ["Deno"],
  "lib/history/data_folder.ts": ["Deno"],
  "components/api_client.ts": ["fetch"],
  "components/slides/use_talk_time.ts": ["Date.now", "setInterval"],
  "components/use_live.ts": ["Math.random"],
  "simulators/supervisor.ts": ["Math.random"],
  "simulators/web_worker.ts": ["Deno"],
  "simulators/worker.ts": ["Date.now", "setTimeout"],
  "agent/cpu.ts": ["Deno"],
  "agent/main.ts": ["Math.random", "Deno"],
  "agent/memory.ts": ["Deno"],
  "agent/push.ts": ["fetch"],
  "runtime.ts": ["Math.random", "fetch", "Deno", "console"],
  "serve.ts": ["Deno", "console"],
  "dev.ts": ["Deno", "console"],
};

const FOLDERS = ["agent", "components", "islands", "lib", "routes", "simulators", "texts"];

Deno.test("layers: imports point inward", async () => {
  const files = await readSources();
  assertEquals(files.flatMap((file) => checkImports(file, LAYERS)), []);
});

Deno.test("layers: every folder has files, every exception is needed", async () => {
  const files = await readSources();
  const unused = LAYERS.filter((layer) => {
    const others = LAYERS.filter((other) => other !== layer);
    return files.every((file) => checkImports(file, others).length === 0);
  });
  assertEquals(unused.map(({ of }) => of), []);
});

Deno.test("layers: only adapters reach the world", async () => {
  const files = await readSources();
  assertEquals(files.flatMap((file) => checkEffects(file, ADAPTERS)), []);
});

Deno.test("layers: every adapter still does what it is listed for", async () => {
  const files = await readSources();
  const needed = files.flatMap((file) => checkEffects(file, {})).sort();
  const listed = Object.entries(ADAPTERS).flatMap(([path, effects]) =>
    effects.map((effect) => `${path} must not use ${effect}`)
  ).sort();
  assertEquals(listed.filter((line) => !needed.includes(line)), []);
});

async function readSources(): Promise<SourceFile[]> {
  const paths: string[] = [];
  for await (const path of sourcePaths("")) paths.push(path);
  return await Promise.all(paths.sort().map(readSource));
}

async function readSource(path: string): Promise<SourceFile> {
  return { path, text: await Deno.readTextFile(new URL(path, PROJECT)) };
}

/** Walks the folders of the app; of the project's own folder it takes the files alone. */
async function* sourcePaths(folder: string): AsyncGenerator<string> {
  for await (const entry of Deno.readDir(new URL(folder || ".", PROJECT))) {
    const path = folder + entry.name;
    if (entry.isFile && /\.tsx?$/.test(entry.name)) yield path;
    if (entry.isDirectory && (folder !== "" || FOLDERS.includes(path))) {
      yield* sourcePaths(`${path}/`);
    }
  }
}
