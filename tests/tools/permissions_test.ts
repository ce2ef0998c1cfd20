import { assertEquals, assertThrows } from "@std/assert";

import { serverPermissions } from "@/tools/permissions.ts";

const PROJECT = "/srv/vitals";

function readFlag(VITALS_CONFIG: string, project = PROJECT): string | undefined {
  return serverPermissions({ VITALS_CONFIG }, project)
    .find((flag) => flag.startsWith("--allow-read="))?.slice("--allow-read=".length);
}

Deno.test("serverPermissions() names each permission when nothing is set", () => {
  assertEquals(serverPermissions({}, PROJECT), [
    "--no-prompt",
    "--allow-net=127.0.0.1:8000",
    "--allow-read=.",
    "--allow-env=HOST,PORT,VITALS_CONFIG,VITALS_TOKEN",
  ]);
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
