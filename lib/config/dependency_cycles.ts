/**
 * Finds services that need each other in a circle.
 *
 * @module
 */

/**
 * Returns circles among named things and what each depends on, as closed walks (`["a", "b", "a"]`): at
 * least one if there is any, none twice. Names that are not keys are ignored. Takes linear time and no
 * recursion: chains can be as long as there are services.
 *
 * @example
 * ```ts
 * import { findCycles } from "@/lib/config/dependency_cycles.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(findCycles(new Map([["a", ["b"]], ["b", ["a"]], ["c", ["a"]]])), [["a", "b", "a"]]);
 * ```
 */
export function findCycles(
  dependsOn: ReadonlyMap<string, readonly string[]>,
): readonly (readonly string[])[] {
  const tangled = withoutFree(dependsOn);
  const visited = new Set<string>();
  const cycles: string[][] = [];
  for (const start of tangled.keys()) {
    const walk: string[] = [];
    const placeInWalk = new Map<string, number>();
    let name: string | undefined = start;
    while (name !== undefined && !visited.has(name)) {
      visited.add(name);
      placeInWalk.set(name, walk.push(name) - 1);
      name = tangled.get(name)?.[0];
    }
    const from = name === undefined ? undefined : placeInWalk.get(name);
    if (name !== undefined && from !== undefined) cycles.push([...walk.slice(from), name]);
  }
  return cycles;
}

/** Leaves only what depends on a circle, with only such dependencies, by removing all that is free of one. */
function withoutFree(
  dependsOn: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const children = invert(dependsOn);
  const open = new Map(
    [...dependsOn].map(([name, parents]) => [name, countKnown(parents, dependsOn)]),
  );
  const free = [...open].filter(([, count]) => count === 0).map(([name]) => name);
  for (const name of free) {
    open.delete(name);
    for (const child of children.get(name) ?? []) {
      const left = (open.get(child) ?? 0) - 1;
      open.set(child, left);
      if (left === 0) free.push(child);
    }
  }
  return new Map([...open.keys()].map((name) => [
    name,
    (dependsOn.get(name) ?? []).filter((parent) => open.has(parent)),
  ]));
}

function invert(
  dependsOn: ReadonlyMap<string, readonly string[]>,
): ReadonlyMap<string, readonly string[]> {
  const children = new Map<string, string[]>();
  for (const [name, parents] of dependsOn) {
    for (const parent of parents) {
      const known = children.get(parent);
      if (known === undefined) children.set(parent, [name]);
      else known.push(name);
    }
  }
  return children;
}

function countKnown(names: readonly string[], known: ReadonlyMap<string, unknown>): number {
  return names.filter((name) => known.has(name)).length;
}
