import { assertEquals, assertThrows } from "@std/assert";

import {
  type DataFolder,
  type DataFolderOptions,
  findDataFolder,
  isSameDataFolder,
} from "@/lib/config/data_folder.ts";

const NOTHING_SET: DataFolderOptions = {
  ...{ variable: undefined, configured: null, project: "/srv/vitals" },
};

function find(options: Partial<DataFolderOptions>): DataFolder {
  return findDataFolder({ ...NOTHING_SET, ...options });
}

Deno.test("findDataFolder() takes the variable, then the configuration, then data", async (t) => {
  const rows: readonly [name: string, options: Partial<DataFolderOptions>, path: string][] = [
    ["nothing", {}, "/srv/vitals/data"],
    ["the configuration", { configured: "kept" }, "/srv/vitals/kept"],
    ["the variable", { variable: "kept" }, "/srv/vitals/kept"],
    ["both", { variable: "one", configured: "other" }, "/srv/vitals/one"],
    ["the variable, over no disk", { variable: "one", configured: ":memory:" }, "/srv/vitals/one"],
    ["an empty variable", { variable: "", configured: "other" }, "/srv/vitals/other"],
    ["an absolute path", { variable: "/var/lib/vitals/" }, "/var/lib/vitals"],
    ["a path outside", { configured: "../vitals-data" }, "/srv/vitals-data"],
    ["a path with spaces", { configured: "/var/An Other" }, "/var/An Other"],
  ];
  for (const [name, options, path] of rows) {
    await t.step(name, () => assertEquals(find(options), { kind: "folder", path }));
  }
});

Deno.test("findDataFolder() takes :memory: for no disk, wherever it stands", () => {
  const memory: DataFolder = { kind: "memory" };
  assertEquals(find({ variable: ":memory:", configured: "kept" }), memory);
  assertEquals(find({ configured: ":memory:" }), memory);
});

Deno.test("findDataFolder() refuses a path that permissions cannot express", () => {
  const wrong = "the path must be without commas";
  assertThrows(
    () => find({ variable: "/var/a,b" }),
    RangeError,
    `Cannot use VITALS_DATA "/var/a,b": ${wrong}`,
  );
  assertThrows(
    () => find({ configured: "a,b" }),
    RangeError,
    `Cannot use history.path "a,b": ${wrong}`,
  );
  assertThrows(() => find({ project: "/srv/a, b/vitals", variable: "../data" }), RangeError, wrong);
});

Deno.test("findDataFolder() works inside a project below any folder", () => {
  const project = "/srv/a, b/vitals";
  assertEquals(find({ project }), { kind: "folder", path: "/srv/a, b/vitals/data" });
});

Deno.test("findDataFolder() refuses a folder that holds the project", () => {
  for (const variable of [".", "..", "/", "/srv", "/srv/vitals", "data/.."]) {
    assertThrows(
      () => find({ variable }),
      RangeError,
      `Cannot use VITALS_DATA "${variable}": the program is in it; it must be a folder of its own`,
    );
  }
});

Deno.test("isSameDataFolder() tells places apart", () => {
  const [data, other, memory] = ["data", "other", ":memory:"].map((variable) => find({ variable }));
  assertEquals(data && isSameDataFolder(data, find({})), true);
  assertEquals(data && other && isSameDataFolder(data, other), false);
  assertEquals(data && memory && isSameDataFolder(data, memory), false);
  assertEquals(data && memory && isSameDataFolder(memory, data), false);
  assertEquals(memory && isSameDataFolder(memory, find({ configured: ":memory:" })), true);
});
