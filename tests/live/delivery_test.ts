import { assertEquals } from "@std/assert";

import { decideDelivery } from "@/lib/live/delivery.ts";

const LIMITS = { softBytes: 100, hardBytes: 800 };

const CASES = [
  { name: "a peer that keeps up", buffered: 100, excused: 0, needs: false, want: "deliver" },
  { name: "a peer over the soft bound", buffered: 101, excused: 0, needs: false, want: "hold" },
  { name: "a snapshot on its way", buffered: 5_100, excused: 5_000, needs: false, want: "deliver" },
  { name: "more than that", buffered: 5_101, excused: 5_000, needs: false, want: "hold" },
  { name: "a held peer not drained", buffered: 51, excused: 0, needs: true, want: "hold" },
  { name: "a held peer that drained", buffered: 50, excused: 0, needs: true, want: "recover" },
  {
    name: "a held peer with a snapshot",
    buffered: 5_000,
    excused: 5_000,
    needs: true,
    want: "hold",
  },
  { name: "a peer at the hard bound", buffered: 800, excused: 0, needs: true, want: "hold" },
  { name: "a peer over the hard bound", buffered: 801, excused: 0, needs: true, want: "close" },
  { name: "both at once", buffered: 5_801, excused: 5_000, needs: false, want: "close" },
] as const;

Deno.test("decideDelivery() holds, recovers and closes by the bytes that wait", async (t) => {
  for (const { name, buffered, excused, needs, want } of CASES) {
    await t.step(name, () => {
      const backlog = { bufferedBytes: buffered, excusedBytes: excused, needsSnapshot: needs };
      assertEquals(decideDelivery(backlog, LIMITS), want);
    });
  }
});
