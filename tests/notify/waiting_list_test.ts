import { assertEquals } from "@std/assert";

import type { NotifiedAlert, SendReason } from "@/lib/domain/notification.ts";
import { WaitingList } from "@/lib/notify/waiting_list.ts";

import { notification } from "../support/notifications.ts";
import { ALERT } from "./receivers/tools.ts";

function about(reason: SendReason, ...rules: readonly string[]) {
  const alerts = rules.map((rule): NotifiedAlert => ({ ...ALERT, rule }));
  const id = `${reason} ${rules.join("+")}`;
  const told = notification(id, { reason, alerts, incident: "i", state: "firing" });
  return { notification: told, postedAtMs: 0, tries: 0, toldDueMs: null, isHeld: false };
}

function left(...added: readonly ReturnType<typeof about>[]): string[] {
  const list = new WaitingList();
  for (const waiting of added) list.add(waiting);
  return list.all().map(({ notification }) => notification.id);
}

Deno.test("WaitingList lets a message be replaced by one that says all of it", () => {
  assertEquals(left(about("first", "CPU"), about("more", "CPU", "MEMORY")), ["more CPU+MEMORY"]);
});

Deno.test("WaitingList keeps what the newer message does not say", () => {
  const memory = about("first", "MEMORY");
  assertEquals(left(memory, about("more", "CPU")), ["first MEMORY", "more CPU"]);
  assertEquals(left(memory, about("flapping", "CPU")), ["first MEMORY", "flapping CPU"]);
  const flapping = about("flapping", "CPU");
  assertEquals(left(flapping, about("repeat", "CPU")), ["flapping CPU", "repeat CPU"]);
});
