import { assert, assertEquals } from "@std/assert";

import { formatLicences, isFine, readPackages, replaceLicences } from "@/tools/licences.ts";

Deno.test("isFine() reads several licences", () => {
  const rows: readonly (readonly [licence: string, isFine: boolean])[] = [
    ...[["MIT", true], ["GPL-3.0-only", false], ["", false], ["SEE LICENSE IN x", false]] as const,
    ...[["(MIT OR GPL-3.0-only)", true], ["(Apache-2.0 AND BSD-3-Clause)", true]] as const,
    ["(MIT AND GPL-3.0-only)", false],
  ];
  for (const [licence, expected] of rows) {
    assertEquals([licence, isFine(licence)], [licence, expected]);
  }
});

Deno.test("every installed package has a licence that is fine", async () => {
  const packages = await readPackages();
  assert(packages.length > 30);
  const others = packages.filter(({ licence }) => licence !== null && !isFine(licence));
  assertEquals(others, []);
});

Deno.test("docs/DEPENDENCIES.md lists the licence of every installed package (deno task licences writes it)", async () => {
  const document = await Deno.readTextFile(new URL("../../docs/DEPENDENCIES.md", import.meta.url));
  const expected = replaceLicences(document, formatLicences(await readPackages()));
  // Where lines end is for `deno fmt` to say.
  assertEquals(document.split(/\s+/), expected.split(/\s+/));
});

Deno.test("every package is pinned by the hash of its content, and none would run a program when it is installed", async () => {
  for (const { name, integrity, hasInstallScript } of await readPackages()) {
    assert(integrity?.startsWith("sha512-"), name);
    assert(!hasInstallScript, name);
  }
});

Deno.test("every package that deno.json names has a line in docs/DEPENDENCIES.md that says why", async () => {
  const { imports } = JSON.parse(
    await Deno.readTextFile(new URL("../../deno.json", import.meta.url)),
  );
  const document = await Deno.readTextFile(new URL("../../docs/DEPENDENCIES.md", import.meta.url));
  const [reasons = ""] = document.split("## Licences");
  for (const target of Object.values<string>(imports)) {
    const [, name] = /^npm:\/?(@?[^@]+)@/.exec(target) ?? [];
    if (name === undefined) continue;
    const isNamed = reasons.includes(`\`${name}\``) ||
      reasons.includes(`\`${name.split("/", 1)[0]}/*\``);
    assert(isNamed, `${name} has no reason`);
  }
});
