import { DEFAULT_RETENTION } from "@/lib/domain/retention.ts";
import { openFolder } from "@/lib/history/open_folder.ts";
import { simulate } from "@/simulators/model.ts";
import { PROFILES } from "@/simulators/profiles.ts";
const N = Number(Deno.args[0] ?? 14400), END = 1_767_225_600_000;
const S = Object.entries(PROFILES).map(([name, profile], i) => ({ name, simulated: { profile, seed: i + 1, faults: [] } }));
let t = performance.now();
const batches = Array.from({ length: N }, (_, i) => { const at = END - 1000 * (N - i); return S.flatMap(({ name, simulated }) => { const o = simulate(simulated, at / 1000); return o.kind === "sample" ? [{ service: name, at: at + (at / 1000 * 7919) % 4, metrics: o.metrics }] : []; }); });
console.log("simulate", performance.now() - t);
const folder = Deno.makeTempDirSync();
const { store, close } = openFolder(folder, DEFAULT_RETENTION);
store.open(END - N * 1000);
let a = 0, m = 0, steps = 0; let longest = 0;
for (const [i, samples] of batches.entries()) {
  const at = samples[0]?.at ?? 0;
  t = performance.now(); store.append({ at, samples, transitions: [], documents: [] }); a += performance.now() - t;
  if (i % 60) continue;
  for (let d = true; d;) { t = performance.now(); d = store.maintain(at); const e = performance.now() - t; m += e; if (e > 0.5) steps++; longest = Math.max(longest, e); }
}
const v = batches.flat().length * 4;
console.log({ append: a, maintain: m, steps, perStep: m / steps, longest, rate: v / (a + m) * 1000 });
close();
console.log("B/value", Deno.statSync(folder + "/vitals.db").size / v);
Deno.removeSync(folder, { recursive: true });
