/**
 * What the schema of each kind of source is.
 *
 * @module
 */

import type { z } from "zod";

/**
 * A schema of one kind of source, told from others by its `kind`.
 *
 * @ignore
 */
export type SourceSchema<Entry> = z.ZodType<Entry, unknown> & z.core.$ZodTypeDiscriminable;
