import { assertEquals, assertThrows } from "@std/assert";

import { serverPermissions } from "@/tools/permissions.ts";
import { NO_NEEDS } from "@/tools/server_needs.ts";

const PROJECT = "/srv/vitals";

function readFlag(VITALS_CONFIG: string, project = PROJECT): string | undefined {
  return valueOf("--allow-read=", serverPermissions({ VITALS_CONFIG }, project));
}

function valueOf(name: string, flags: readonly string[]): string | undefined {
  return flags.find((flag) => flag.startsWith(name))?.slice(name.length);
}

/** What may be read and written. */
function foldersOf(
  env: { readonly VITALS_DATA?: string; readonly VITALS_CONFIG?: string },
  historyPath: string | null = null,
  project = PROJECT,
): readonly (string | undefined)[] {
  const flags = serverPermissions(env, project, { ...NO_NEEDS, historyPath });
  return [valueOf("--allow-read=", flags), valueOf("--allow-write=", flags)];
}

Deno.test("serverPermissions() names each permission when nothing is set", () => {
  assertEquals(serverPermissions({}, PROJECT), [
    "--no-prompt",
    "--allow-net=127.0.0.1:8000",
    "--allow-read=.",
    "--allow-write=data",
    "--allow-env=HOST,PORT,VITALS_CONFIG,VITALS_DATA,VITALS_TOKEN",
    "--no-remote",
  ]);
});

Deno.test("serverPermissions() adds the hosts and variables that the configuration names", () => {
  const needs = {
    ...NO_NEEDS,
    ...{ variables: ["SLACK_URL"], hosts: ["hooks.example.com:443"] },
  };
  const flags = serverPermissions({}, PROJECT, needs);
  assertEquals(flags[1], "--allow-net=127.0.0.1:8000,hooks.example.com:443");
  assertEquals(
    flags[4],
    "--allow-env=HOST,PORT,VITALS_CONFIG,VITALS_DATA,VITALS_TOKEN,SLACK_URL",
  );
});

Deno.test("serverPermissions() permits the one address that is asked for", () => {
  const flags = serverPermissions({ HOST: "::1", PORT: "9000" }, PROJECT);
  assertEquals(flags[1], "--allow-net=[::1]:9000");
});

Deno.test("serverPermissions() permits the folder of the configuration file, wherever it is", () => {
  const rows: [config: string, folders: string][] = [
    ["", "."],
    ["mine.jsonc", "."],
    ["conf/mine.jsonc", "."],
    ["/srv/vitals/conf/mine.jsonc", "."],
    ["..conf/mine.jsonc", "."],
    ["/etc/vitals/mine.jsonc", ".,/etc/vitals"],
    ["../mine.jsonc", ".,/srv"],
    ["/srv/vitals-conf/mine.jsonc", ".,/srv/vitals-conf"],
    ["/home/An Other/mine.jsonc", ".,/home/An Other"],
  ];
  for (const [config, folders] of rows) assertEquals(readFlag(config), folders, config);
});

Deno.test("serverPermissions() works for a project below any folder", () => {
  assertEquals(readFlag("conf/mine.jsonc", "/srv/a, b/vitals"), ".");
});

Deno.test("serverPermissions() refuses a folder that Deno would take for two", () => {
  assertThrows(
    () => readFlag("/etc/a,b/mine.jsonc"),
    RangeError,
    'Cannot use VITALS_CONFIG "/etc/a,b/mine.jsonc"',
  );
});

Deno.test("serverPermissions() refuses an address that cannot be listened on", () => {
  assertThrows(() => serverPermissions({ PORT: "x" }, PROJECT), RangeError, 'Cannot use PORT "x"');
  assertThrows(() => serverPermissions({ HOST: "a,b" }, PROJECT), RangeError, "Cannot use HOST");
});

Deno.test("serverPermissions() permits to write the folder of the history, and nothing else", () => {
  const rows: readonly [path: string, folders: readonly string[]][] = [
    ["kept", [".", "kept"]],
    ["./kept/here/", [".", "kept/here"]],
    ["/srv/vitals/kept", [".", "kept"]],
    ["../kept", [".,/srv/kept", "/srv/kept"]],
    ["/var/lib/An Other", [".,/var/lib/An Other", "/var/lib/An Other"]],
  ];
  for (const [path, folders] of rows) {
    assertEquals(foldersOf({ VITALS_DATA: path }), folders, path);
    assertEquals(foldersOf({}, path), folders, path);
  }
  assertEquals(foldersOf({ VITALS_DATA: "/var/one" }, "/var/other"), [".,/var/one", "/var/one"]);
  assertEquals(foldersOf({ VITALS_DATA: "" }, "/var/other"), [".,/var/other", "/var/other"]);
});

Deno.test("serverPermissions() permits to write nothing where nothing goes to disk", () => {
  for (
    const flags of [
      serverPermissions({ VITALS_DATA: ":memory:" }, PROJECT),
      serverPermissions({ VITALS_DATA: ":memory:" }, PROJECT, { ...NO_NEEDS, historyPath: "/a" }),
      serverPermissions({}, PROJECT, { ...NO_NEEDS, historyPath: ":memory:" }),
    ]
  ) {
    assertEquals(flags.filter((flag) => flag.includes("write")), []);
    assertEquals(valueOf("--allow-read=", flags), ".");
  }
});

Deno.test("serverPermissions() names each folder once", () => {
  const VITALS_CONFIG = "/var/lib/vitals/vitals.config.jsonc";
  assertEquals(foldersOf({ VITALS_CONFIG, VITALS_DATA: "/var/lib/vitals" }), [
    ".,/var/lib/vitals",
    "/var/lib/vitals",
  ]);
  assertEquals(foldersOf({ VITALS_CONFIG, VITALS_DATA: "/var/data" }), [
    ".,/var/lib/vitals,/var/data",
    "/var/data",
  ]);
  assertEquals(foldersOf({}, null, "/srv/a, b/vitals"), [".", "data"]);
});

Deno.test("serverPermissions() refuses a folder of the history that it cannot permit alone", () => {
  for (const path of ["/var/a,b", "a,b", ".", "/"]) {
    const wrong = `Cannot use VITALS_DATA "${path}": `;
    assertThrows(() => foldersOf({ VITALS_DATA: path }), RangeError, wrong);
    assertThrows(() => foldersOf({}, path), RangeError, `Cannot use history.path "${path}": `);
  }
});
