/**
 * The baseline of what is measured over HTTP: `Deno.serve` that parses JSON and answers as Vitals does, and does
 * nothing else. It prints its port.
 *
 * @module
 */

const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
  const text = await request.text();
  const samples: unknown = text === "" ? [] : JSON.parse(text);
  return Response.json({ accepted: Array.isArray(samples) ? samples.length : 1 }, { status: 202 });
});
Deno.stdout.writeSync(new TextEncoder().encode(`port ${server.addr.port}\n`));
