import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";

import { incidentId } from "@/lib/status_page/incident_id.ts";

Deno.test("incidentId() is a UUID of version 5 and always the same", async () => {
  const id = await incidentId("payment-service", 1_700_000_000_123);
  // As Python's uuid.uuid5() has it.
  assertEquals(id, "urn:uuid:f8df1415-9990-546a-a927-fa5499fd8009");
  assertMatch(id, /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

Deno.test("incidentId() tells services and beginnings apart", async () => {
  const id = await incidentId("a", 1);
  assertNotEquals(await incidentId("a", 2), id);
  assertNotEquals(await incidentId("b", 1), id);
});
