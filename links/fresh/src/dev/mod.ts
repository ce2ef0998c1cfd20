/**
 * Building an app and serving it during development.
 *
 * @module
 */

export { type ApplyBuild, Builder, type BuilderBuildOptions, type ImportApp } from "./builder.ts";
export type { BuildOptions, ResolvedBuildConfig } from "./build_config.ts";
