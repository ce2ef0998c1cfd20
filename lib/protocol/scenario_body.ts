/**
 * What operators may say of scenarios, as it comes over HTTP.
 *
 * @module
 */

import { z } from "zod";

import type { ScenarioEntry } from "@/lib/ports/scenario_desk.ts";

import { readJsonBody } from "./json_body.ts";
import { minLength } from "./length_checks.ts";
import type { BodySource } from "./read_body.ts";

const NAME = "must be the name of a scenario";

/**
 * The body of `POST /api/scenarios/current`.
 *
 * @ignore
 */
export const SCENARIO_BODY: z.ZodType<Pick<ScenarioEntry, "name">> = z.strictObject({
  name: z.string(NAME).check(minLength(1, NAME)).meta({ description: "Name of the scenario." }),
}, "must be an object");

/** Reads the body of `POST /api/scenarios/current`: the name of a scenario. */
export async function readScenarioName(request: BodySource): Promise<string> {
  const { name } = await readJsonBody(request, {
    schema: SCENARIO_BODY,
    act: "start a scenario",
    known: () => ({ what: "field", names: ["name"] }),
  });
  return name;
}
