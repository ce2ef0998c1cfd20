import { assert, assertEquals, assertMatch } from "@std/assert";

import { QUIET, RunningApp } from "./running_app.ts";

const HOST = "127.0.0.1";

/** Asks by hand: `fetch` tidies addresses up. Returns the head and the body of the answer. */
async function ask(
  app: RunningApp,
  target: string,
  headers: readonly string[] = [],
): Promise<{ readonly status: number; readonly head: string; readonly body: string }> {
  const { port } = new URL(app.origin);
  using connection = await Deno.connect({ hostname: HOST, port: Number(port) });
  const own = headers.some((line) => /^host:/i.test(line)) ? [] : [`host: ${HOST}:${port}`];
  const isUpgrade = headers.some((line) => line.startsWith("upgrade:"));
  const connectionLine = `connection: ${isUpgrade ? "upgrade" : "close"}`;
  const lines = [`GET ${target} HTTP/1.1`, ...own, connectionLine, ...headers];
  await connection.write(latin1(`${lines.join("\r\n")}\r\n\r\n`));
  const chunks: Uint8Array[] = [];
  const buffer = new Uint8Array(65_536);
  for (
    let size = await connection.read(buffer);
    size !== null;
    size = await connection.read(buffer)
  ) {
    chunks.push(buffer.slice(0, size));
    // A socket that was opened stays so.
    if (isUpgrade) break;
  }
  const text = new TextDecoder("latin1").decode(await new Blob(chunks as BlobPart[]).bytes());
  const [head = "", ...rest] = text.split("\r\n\r\n");
  return { status: Number(head.split(" ")[1]), head, body: rest.join("\r\n\r\n") };
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** What only those files hold that nobody may read. */
const SECRETS =
  /root:x:|"nodeModulesDir"|SQLite format 3|permissions\(|@module|"lockfileVersion"|repositoryformat/;

const UP = ["..", "%2e%2e", "%2E%2e", ".%2e", "%252e%252e", "..;", "%c0%ae%c0%ae", "....", "..%00"];
const SLASHES = ["/", "%2f", "%5c", "\\", "%252f", "//", "/./"];
const BEFORE = ["", "/static", "/styles.css", "/_fresh", "/_fresh/js", "/api", "/services"];
const FILES = ["deno.json", "etc/passwd", "main.ts", "data/vitals.db", "_fresh/server.js"];

Deno.test("raw requests: no path leads to a file that is not for everybody", async () => {
  await using app = await RunningApp.start(QUIET);
  const targets = BEFORE.flatMap((before) =>
    UP.flatMap((up) =>
      SLASHES.map((slash, index) => {
        const file = FILES[index % FILES.length];
        return `${before}/${[up, up, up, file].join(slash)}`;
      })
    )
  );
  const others = [
    ...["/deno.json", "/main.ts", "/serve.ts", "/.git/config", "/.git%2fconfig", "/data/vitals.db"],
    ...["/node_modules/zod/package.json", "/vitals.config.jsonc", "/_fresh/server.js", "/%00"],
    ...[
      "//etc/passwd",
      "/%2fetc%2fpasswd",
      "/%2Fetc/passwd",
      "/C:%5cwindows",
      "/styles.css%00.png",
    ],
    ...["file:///etc/passwd", `http://${HOST}/../../etc/passwd`, "http:///etc/passwd", "*"],
    ...["/static/styles.css", "/./deno.json", "/%2e/deno.json", "/styles.css/../../deno.json"],
    ...["/styles.css::$DATA", "/styles.css.", "/styles.css~", "/.env", "/.well-known/../deno.json"],
  ];
  for (const target of [...targets, ...others]) {
    const { status, body } = await ask(app, target);
    assert([303, 400, 403, 404, 405].includes(status), `${target}: ${status}`);
    assert(!SECRETS.test(body), `${target}: ${body.slice(0, 80)}`);
  }
  assertEquals((await ask(app, "/styles.css")).status, 200);
});

Deno.test("raw requests: nothing that is sent comes back as a header of its own", async () => {
  await using app = await RunningApp.start(QUIET);
  await app.push({ service: "a", metrics: { cpu: 1 } });
  const injected = ["%0d%0ax-injected:%201", "%0ax-injected:1", "%E5%98%8A%E5%98%8Dx-injected:1"];
  const paths = [
    ...[
      "/login?to=/",
      "/",
      "/alerts?view=",
      "/services/a?window=",
      "/status/feed.atom?",
      "/badge/",
    ],
    ...["/badge/a.svg?label=", "/api/alerts?cursor=", "/api/services/a/history?format=csv&from="],
    ...["/api/services/a/events?format=csv&to=", "/api/services/", "/styles.css?__frsh_c="],
    ...["/api/heartbeats/", "/metrics?", "/api/notifications?cursor=", "/%2f%2fevil.example"],
  ];
  for (const path of paths) {
    for (const text of injected) {
      const { head } = await ask(app, path + text, [
        `cookie: theme=${text}; vitals_session=${text}`,
      ]);
      assert(!/^x-injected/im.test(head), `${path}: ${head}`);
    }
  }
  const odd = [
    ...["host: a\tb", "host: a;script-src%20*", "host: a'b", "host: [::1", "host: a,b", "host:"],
    ...["host: 127.0.0.1\u0000", "host: \u00e4", "origin: \u001b[2J", "accept: \u0085"],
    ...["x-forwarded-for: \u001b, 127.0.0.1", 'forwarded: for="\u009b"', "referer: \u202e"],
    ...["content-length: -1", "content-length: 5, 6", "transfer-encoding: chunked, identity"],
    ...["authorization: Bearer \u0007", "cookie: vitals_session=\u0001", "x: 1\r\n y: folded"],
  ];
  for (const line of odd) {
    const { status, head } = await ask(app, "/", [line]);
    assert(status < 500, `${JSON.stringify(line)}: ${status}`);
    assert(!head.includes("script-src *"), head);
  }
  const { stderr } = await app.endWithLog("SIGTERM");
  for (const line of stderr.trimEnd().split("\n")) {
    assertMatch(line, /^[\x20-\x7e]*$/);
    assertEquals(typeof JSON.parse(line).event, "string");
  }
});

Deno.test("raw requests: the live socket opens for pages of ours and for programs alone", async () => {
  const configured = "https://vitals.example.com";
  await using app = await RunningApp.start({ ...QUIET, origins: [configured] });
  const { port } = new URL(app.origin);
  const rows: readonly (readonly [origin: string | null, status: number])[] = [
    ...[[null, 101], [app.origin, 101], [configured, 101]] as const,
    ...[["https://evil.example", 403], ["null", 403], ["", 403], ["file://", 403]] as const,
    ...[[`http://${HOST}`, 403], [`http://${HOST}:1`, 403], [`https://${HOST}`, 403]] as const,
    ...[[`http://${HOST}:${port}.evil.example`, 403], [
      "https://vitals.example.com.evil",
      403,
    ]] as const,
    ...[["https://evil.example#https://vitals.example.com", 403], [
      "http://localhost:1",
      403,
    ]] as const,
    ...[["http://vitals.example.com", 403], ["chrome-extension://x", 403]] as const,
  ];
  for (const [origin, status] of rows) {
    const answer = await ask(
      app,
      "/api/live",
      [
        ...["upgrade: websocket", "sec-websocket-version: 13"],
        ...["sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ=="],
        ...origin === null ? [] : [`origin: ${origin}`],
      ].concat([]),
    );
    assertEquals([origin, answer.status], [origin, status]);
  }
  const rebound = await ask(app, "/api/live", [
    ...["upgrade: websocket", "sec-websocket-version: 13", "host: evil.example"],
    ...["sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==", "origin: http://evil.example"],
  ]);
  assertEquals(rebound.status, 403);
});
