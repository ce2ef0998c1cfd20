import { assertEquals } from "@std/assert";

import { isInside, pathForPermission } from "@/lib/config/paths.ts";

Deno.test("isInside() goes by folders, not by the beginning of names", () => {
  const rows: readonly [folder: string, isIn: boolean][] = [
    ["/srv/vitals", true],
    ["/srv/vitals/a/b", true],
    ["/srv/vitals/..a", true],
    ["/srv/vitals-data", false],
    ["/srv", false],
    ["/", false],
  ];
  for (const [folder, isIn] of rows) assertEquals(isInside(folder, "/srv/vitals"), isIn, folder);
});

Deno.test("pathForPermission() names what is in the project from there, all else as it is", () => {
  const rows: readonly [folder: string, path: string][] = [
    ["/srv/a, b", "."],
    ["/srv/a, b/data", "data"],
    ["/srv/a, b/data/deep", "data/deep"],
    ["/srv/a, bc", "/srv/a, bc"],
  ];
  for (const [folder, path] of rows) assertEquals(pathForPermission(folder, "/srv/a, b"), path);
});
