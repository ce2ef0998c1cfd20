/**
 * Variables of the environment in texts of the file: `${NAME}`. What they hold is never told.
 *
 * @module
 */

/**
 * Reads a variable of the environment; `undefined` if it is not set, `null` if this process may not read it
 * because the file did not name it when Vitals started.
 */
export type ReadVariable = (name: string) => string | null | undefined;

const VARIABLE = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;

/** The scheme, then user and password with the `@` after them, then the rest. */
const WITH_USER = /^([a-z]+:\/\/)([^/?#]*@)(.*)$/is;

/** Returns the names of the variables that a text stands on. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(VARIABLE)].map(([, name = ""]) => name);
}

/** Returns what is wrong with the variables of a text, each once; nothing if it can be filled. */
export function explainVariables(text: string, env: ReadVariable): string[] {
  const issues = variablesIn(text).flatMap((name) => explainVariable(name, env(name)));
  const isUnended = text.replaceAll(VARIABLE, "").includes("${");
  if (isUnended) issues.push('must end each "${" with the name of a variable and "}"');
  return [...new Set(issues)];
}

function explainVariable(name: string, value: string | null | undefined): string[] {
  if (value === null) return [`restart Vitals to let it read ${name}`];
  return value ? [] : [`the environment has no ${name}`];
}

/** Returns a text with its variables filled in. */
export function fillVariables(text: string, env: ReadVariable): string {
  return text.replaceAll(VARIABLE, (_, name: string) => env(name) ?? "");
}

/**
 * Returns an address with its variables filled in. In the user and the password they are encoded, so that any
 * character may be in them and none ends the host or begins a path.
 */
export function fillAddress(text: string, env: ReadVariable): string {
  const [, scheme = "", user = "", rest = text] = WITH_USER.exec(text) ?? [];
  const filledUser = fillVariables(user, (name) => encodeURIComponent(env(name) ?? ""));
  return `${scheme}${filledUser}${fillVariables(rest, env)}`;
}
