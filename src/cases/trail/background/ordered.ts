/** An export's order in its stored form. */
import { z } from 'zod';
import type { JsonObject } from '../../../kernel/index.js';
import { exportFormats, type OrderedExport } from '../order-export.js';

const instant = z.iso.datetime().transform((text) => new Date(text));
const given = <Schema extends z.ZodType>(schema: Schema) => schema.optional();

const shape = z.strictObject({
  selection: z.strictObject({
    stream: given(z.string()),
    kind: given(z.string()),
    unit: given(z.string()),
    person: given(z.string()),
    from: given(instant),
    until: given(instant),
    article: given(z.string()),
    element: given(z.string()),
    type: given(z.string()),
    accountability: given(z.boolean()),
    without: given(z.array(z.string())),
  }),
  format: z.enum(exportFormats),
  requester: z.string(),
  exporter: z.union([
    z.strictObject({ program: z.string(), systemUser: z.string() }),
    z.strictObject({ program: z.string() }),
  ]),
  purpose: z.string(),
  orderedAt: instant,
  entries: z.number(),
  total: z.number(),
  checkpoint: z.strictObject({ size: z.number(), signedAt: instant, vkey: z.string() }),
});

export const keptOrder = (ordered: OrderedExport): JsonObject =>
  JSON.parse(JSON.stringify(ordered)) as JsonObject;

export function readOrder(kept: JsonObject): OrderedExport {
  const { selection, ...rest } = shape.parse(kept);
  const asked = Object.entries(selection).filter(([, value]) => value !== undefined);
  return { ...rest, selection: Object.fromEntries(asked) };
}
