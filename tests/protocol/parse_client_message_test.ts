import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

import {
  MAX_CLIENT_MESSAGE_LENGTH,
  parseClientMessage,
} from "@/lib/protocol/parse_client_message.ts";
import { ProtocolError } from "@/lib/protocol/protocol_error.ts";

Deno.test("parseClientMessage() reads ping and resume, and drops what it does not know", () => {
  assertEquals(parseClientMessage('{"type":"ping","id":7,"x":1}'), { type: "ping", id: 7 });
  assertEquals(parseClientMessage('{"type":"resume","seq":8}'), { type: "resume", seq: 8 });
});

Deno.test("parseClientMessage() takes a message of just the longest length", () => {
  const text = '{"type":"ping","id":7}'.padEnd(MAX_CLIENT_MESSAGE_LENGTH);
  assertEquals(parseClientMessage(text), { type: "ping", id: 7 });
});

const REFUSED: readonly { readonly data: unknown; readonly code: number; readonly says: string }[] =
  [
    { data: new ArrayBuffer(2), code: 1003, says: "expected text" },
    { data: undefined, code: 1003, says: "expected text" },
    { data: " ".repeat(MAX_CLIENT_MESSAGE_LENGTH + 1), code: 1009, says: "got 4097" },
    { data: "", code: 1008, says: "not JSON" },
    { data: "{", code: 1008, says: "not JSON" },
    { data: "null", code: 1008, says: '"type"' },
    { data: "7", code: 1008, says: '"type"' },
    { data: '["ping"]', code: 1008, says: '"type"' },
    { data: '{"type":"snapshot"}', code: 1008, says: '"type"' },
    { data: '{"type":"ping"}', code: 1008, says: '"id"' },
    { data: '{"type":"ping","id":"7"}', code: 1008, says: '"id"' },
    { data: '{"type":"ping","id":0.5}', code: 1008, says: '"id"' },
    { data: '{"type":"resume","seq":1e300}', code: 1008, says: '"seq"' },
    { data: '{"type":"resume","seq":null}', code: 1008, says: '"seq"' },
  ];

Deno.test("parseClientMessage() refuses with a close code and a short reason", async (t) => {
  for (const { data, code, says } of REFUSED) {
    await t.step(String(data).slice(0, 40), () => {
      const error = assertThrows(() => parseClientMessage(data), ProtocolError, says);
      assertEquals(error.code, code);
      // The payload of a close frame is at most 125 bytes, two of which are the code.
      assertEquals(new TextEncoder().encode(error.message).length <= 123, true);
    });
  }
});

Deno.test("parseClientMessage() throws nothing but ProtocolError, whatever comes", () => {
  const text = fc.oneof(
    fc.string(),
    fc.json(),
    fc.json().map((json) => `{"type":"ping","id":${json}}`),
  );
  fc.assert(fc.property(text, (text) => {
    try {
      parseClientMessage(text);
    } catch (error) {
      assertEquals(error instanceof ProtocolError, true);
    }
  }));
});
