/**
 * Lists the licence of every package that is installed, in `docs/DEPENDENCIES.md`: `deno task licences`. A package
 * under a licence that is not in the list of those that are fine is refused.
 *
 * @module
 */

/** What may be used in a program under the MIT licence, beside it, without a further thought (SPDX identifiers). */
export const FINE: readonly string[] = [
  ...[
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BlueOak-1.0.0",
    "CC-BY-4.0",
    "CC0-1.0",
  ],
  ...["ISC", "MIT", "MIT-0", "MPL-2.0", "Python-2.0", "Unlicense", "Zlib"],
];

const PROJECT = new URL("../", import.meta.url);
const DOCUMENT = new URL("docs/DEPENDENCIES.md", PROJECT);

const BEGIN = "<!-- deno task licences writes what follows -->";
const END = "<!-- until here -->";

/** A package of the lock file. */
export interface LockedPackage {
  readonly name: string;
  readonly version: string;
  /** The hash that what is downloaded must have; `null` for none. */
  readonly integrity: string | null;
  /** What it says of its licence; empty if nothing, `null` if it is for other systems and not installed. */
  readonly licence: string | null;
  /** Whether it would run a program of its own when it is installed, if Deno let it. */
  readonly hasInstallScript: boolean;
}

/** What is used of `deno.lock`. */
interface Lock {
  readonly npm: Readonly<Record<string, { readonly integrity?: string; readonly os?: unknown }>>;
}

if (import.meta.main) writeLicences();

async function writeLicences(): Promise<void> {
  const packages = await readPackages();
  const document = await Deno.readTextFile(DOCUMENT);
  await Deno.writeTextFile(DOCUMENT, replaceLicences(document, formatLicences(packages)));
}

/** Reads what the lock file pins, and what is installed of it. */
export async function readPackages(): Promise<LockedPackage[]> {
  const lock: Lock = JSON.parse(await Deno.readTextFile(new URL("deno.lock", PROJECT)));
  const packages = Object.entries(lock.npm).map(async ([key, { integrity, os }]) => {
    const [, name = "", version = ""] = /^(@?[^@]+)@([^_]+)/.exec(key) ?? [];
    const said = await readSaid(name, version, { isOptional: os !== undefined });
    return { name, version, integrity: integrity ?? null, ...said };
  });
  return await Promise.all(packages);
}

async function readSaid(
  name: string,
  version: string,
  { isOptional }: { readonly isOptional: boolean },
): Promise<Pick<LockedPackage, "licence" | "hasInstallScript">> {
  const folder = `node_modules/.deno/${name.replaceAll("/", "+")}@${version}/node_modules/${name}/`;
  try {
    const text = await Deno.readTextFile(new URL(`${folder}package.json`, PROJECT));
    const { license = "", scripts = {} } = JSON.parse(text);
    const names = ["preinstall", "install", "postinstall"];
    return {
      licence: typeof license === "string" ? license : String(license.type ?? ""),
      hasInstallScript: names.some((each) => Object.hasOwn(scripts, each)),
    };
  } catch (error) {
    if (isOptional && error instanceof Deno.errors.NotFound) {
      return { licence: null, hasInstallScript: false };
    }
    throw error;
  }
}

/**
 * Tells whether a licence is fine. Of several that hold together all must be, of several to choose from one.
 *
 * @param licence An expression of SPDX with one kind of operator.
 */
export function isFine(licence: string): boolean {
  const bare = licence.replace(/^\((.*)\)$/, "$1");
  if (bare.includes(" OR ")) return bare.split(" OR ").some((each) => FINE.includes(each));
  return bare.split(" AND ").every((each) => FINE.includes(each));
}

/** Returns the list: an item for each licence, with the packages under it. */
export function formatLicences(packages: readonly LockedPackage[]): string {
  const byLicence = new Map<string, Set<string>>();
  for (const { name, licence } of packages) {
    if (licence === null) continue;
    byLicence.set(licence, (byLicence.get(licence) ?? new Set()).add(`\`${name}\``));
  }
  return [...byLicence].sort().map(([licence, names]) =>
    `- **${licence}**: ${[...names].sort().join(", ")}`
  ).join("\n");
}

/** Returns the document with the list as it is now. */
export function replaceLicences(document: string, list: string): string {
  const [before, rest] = document.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new RangeError(`Cannot find "${BEGIN}" and "${END}"`);
  return `${before}${BEGIN}\n\n${list}\n\n${END}${after}`;
}
