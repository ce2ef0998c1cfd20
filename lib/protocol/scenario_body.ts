/**
 * What operators may say of scenarios, as it comes over HTTP.
 *
 * @module
 */

import { z } from "zod";

import { readJsonBody } from "./json_body.ts";
import type { BodySource } from "./read_body.ts";

const NAME = "must be the name of a scenario";

const BODY = z.strictObject({ name: z.string(NAME).min(1, NAME) }, "must be an object");

/** Reads the body of `POST /api/scenarios/current`: the name of a scenario. */
export async function readScenarioName(request: BodySource): Promise<string> {
  const { name } = await readJsonBody(request, {
    schema: BODY,
    act: "start a scenario",
    known: () => ({ what: "field", names: ["name"] }),
  });
  return name;
}
