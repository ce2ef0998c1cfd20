import { assertEquals, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";

import { migrate, MIGRATIONS } from "@/lib/history/migrations.ts";

Deno.test("migrate() does the steps that are missing, in order", () => {
  using database = new DatabaseSync(":memory:");
  migrate(database, ["CREATE TABLE one (a)"]);
  migrate(database, ["CREATE TABLE never (a)", "ALTER TABLE one ADD b", "ALTER TABLE one ADD c"]);
  assertEquals(database.prepare("PRAGMA table_info(one)").all().map(({ name }) => name), [
    ...["a", "b", "c"],
  ]);
  assertEquals(database.prepare("PRAGMA user_version").get()?.user_version, 3);
});

Deno.test("migrate() leaves a database as it was before the step that fails", () => {
  using database = new DatabaseSync(":memory:");
  const bad = "CREATE TABLE two (a); INSERT INTO nowhere VALUES (1)";
  assertThrows(() => migrate(database, ["CREATE TABLE one (a)", bad]), Error, "nowhere");
  assertEquals(database.prepare("SELECT name FROM sqlite_schema").all().map(({ name }) => name), [
    "one",
  ]);
  assertEquals(database.prepare("PRAGMA user_version").get()?.user_version, 1);
});

Deno.test("migrate() gives every table of today strict types", () => {
  using database = new DatabaseSync(":memory:");
  migrate(database);
  const tables = database.prepare("PRAGMA table_list").all().filter(({ name }) =>
    !String(name).startsWith("sqlite_")
  );
  assertEquals(tables.map(({ strict }) => strict), tables.map(() => 1));
  assertEquals([tables.length, MIGRATIONS.length], [7, 1]);
});
