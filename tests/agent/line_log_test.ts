import { assertEquals } from "@std/assert";

import { createLineLog } from "@/agent/line_log.ts";

Deno.test("createLineLog() writes a line an event, debug left out", () => {
  const lines: string[] = [];
  const log = createLineLog({ clock: { now: () => 1_000 }, write: (line) => lines.push(line) });
  log.debug("a");
  log.info("b");
  log.warn("c", { x: 1, y: "two" });
  log.error("d", { x: null });
  assertEquals(lines, [
    "1970-01-01T00:00:01.000Z info b\n",
    '1970-01-01T00:00:01.000Z warn c x=1 y="two"\n',
    "1970-01-01T00:00:01.000Z error d x=null\n",
  ]);
});

Deno.test("createLineLog() lets no field control the terminal", () => {
  const lines: string[] = [];
  const log = createLineLog({ clock: { now: () => 0 }, write: (line) => lines.push(line) });
  log.warn("refused", { detail: "\u001b[2J\nfake line" });
  assertEquals(lines, ['1970-01-01T00:00:00.000Z warn refused detail="\\u001b[2J\\nfake line"\n']);
});
