/**
 * What an app can be told when it is created and when it starts to listen.
 *
 * @module
 */

/** Whether an app serves a finished build or its sources while they change. */
export type Mode = "development" | "production";

/** Options of the {@linkcode App} constructor. */
export interface FreshConfig {
  /**
   * Path that all routes, static files and scripts are below, such as `"/status"`.
   *
   * @default {""}
   */
  basePath?: string;
  /**
   * Replaced when a build is attached.
   *
   * @default {"production"}
   */
  mode?: Mode;
  /**
   * Whether `x-forwarded-proto` and `x-forwarded-host` replace those parts of `ctx.url`. Only for
   * apps behind a proxy that sets or removes these headers.
   *
   * @default {false}
   */
  trustProxy?: boolean;
}

/** The configuration of an app with all defaults filled in. */
export interface ResolvedFreshConfig {
  /** The project's folder; `"."` until a build is attached. */
  root: string;
  /** The path that everything is below, without a slash at its end. */
  basePath: string;
  /** What the attached build was made for. */
  mode: Mode;
  /** Whether forwarding headers are believed. */
  trustProxy: boolean;
}

/** Options of {@linkcode App.listen}: those of `Deno.serve`, and what the banner says. */
export type ListenOptions =
  & Partial<Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem>
  & {
    /** Address under which others reach the server, shown beside the local one. */
    remoteAddress?: string;
  };

/** Fills in the defaults of {@linkcode FreshConfig}. */
export function resolveConfig(config: FreshConfig): ResolvedFreshConfig {
  return {
    root: ".",
    basePath: (config.basePath ?? "").replace(/\/+$/, ""),
    mode: config.mode ?? "production",
    trustProxy: config.trustProxy ?? false,
  };
}
