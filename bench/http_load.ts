/**
 * Load over HTTP that costs its sender little: the bytes of a request are made once, and sent over and over on a
 * few connections, each with one request under way. `fetch` would cost more than what is measured.
 *
 * @module
 */

/** What to send. */
export interface LoadOptions {
  /** The port of a server on this machine. */
  readonly port: number;
  /** A whole request, head and body. */
  readonly request: Uint8Array<ArrayBuffer>;
  /** How many connections are used at once. */
  readonly connections: number;
  /** How long, in milliseconds. */
  readonly durationMs: number;
  /** The status that every answer must have. */
  readonly status: number;
}

/** Returns how many answers came in a second. */
export async function measureLoad(options: LoadOptions): Promise<number> {
  const beganMs = performance.now();
  const endMs = beganMs + options.durationMs;
  const counts = await Promise.all(
    Array.from({ length: options.connections }, () => runConnection(options, endMs)),
  );
  const answers = counts.reduce((sum, count) => sum + count, 0);
  return answers / ((performance.now() - beganMs) / 1_000);
}

async function runConnection(
  { port, request, status }: LoadOptions,
  endMs: number,
): Promise<number> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const answer = new Uint8Array(16_384);
  let count = 0;
  for (; performance.now() < endMs; count++) {
    await writeAll(connection, request);
    await readAnswer(connection, answer, status);
  }
  return count;
}

async function writeAll(connection: Deno.TcpConn, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
}

const DECODER = new TextDecoder();
const HEAD = /^HTTP\/1\.1 (\d+)[^]*?\r\ncontent-length: (\d+)[^]*?\r\n\r\n/i;

async function readAnswer(
  connection: Deno.TcpConn,
  into: Uint8Array<ArrayBuffer>,
  status: number,
): Promise<void> {
  for (let length = 0;;) {
    const read = await connection.read(into.subarray(length));
    if (read === null) throw new Error("Cannot measure: the server closed the connection");
    length += read;
    const [head, found, bodyLength] = HEAD.exec(DECODER.decode(into.subarray(0, length))) ?? [];
    if (head === undefined || length < head.length + Number(bodyLength)) continue;
    if (Number(found) === status) return;
    throw new Error(
      `Cannot measure: the server answers ${DECODER.decode(into.subarray(0, length))}`,
    );
  }
}

/** Returns the bytes of a POST of JSON. */
export function jsonPost(path: string, body: string): Uint8Array<ArrayBuffer> {
  const { length } = new TextEncoder().encode(body);
  const head = `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\n` +
    `content-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
  return new TextEncoder().encode(head + body);
}
