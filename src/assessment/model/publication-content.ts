/** What is published of a month. Runs in the browser, too: no import from Node. */
import { z } from 'zod';

/** 公开 (Art 33), for anyone; 通报 (Art 38), for the units. */
export const publicationKinds = ['public', 'circular'] as const;
export type PublicationKind = (typeof publicationKinds)[number];

const count = z.number().int().min(0);
/** Hundredths of a percent. */
const rate = count.max(10_000);
/** Null where there are too few to be told. */
const few = count.nullable();

export const publicationContentSchema = z.object({
  kind: z.enum(publicationKinds),
  period: z.string(),
  version: count,
  title: z.string(),
  issuer: z.string(),
  /** 文号 and date: with the publication. */
  documentNumber: z.string().nullable(),
  issuedOn: z.string().nullable(),
  /** Why there is a version after the first. */
  correction: z.string().nullable(),
  /** Fewer than this are not told. */
  threshold: count,
  /** Art 33 (1): 受理渠道、办理标准、办理流程. */
  channels: z.array(z.string()),
  standards: z.array(z.string()),
  steps: z.array(z.string()),
  received: few,
  /** Of what was received, by channel, kind, class. */
  intake: z.array(
    z.object({ heading: z.string(), cells: z.array(z.object({ label: z.string(), count: few })) }),
  ),
  /** Of the whole city. */
  measures: z.array(
    z.object({ label: z.string(), meaning: z.string(), met: few, of: few, rate: rate.nullable() }),
  ),
  /** Empty before the results are circulated. */
  groups: z.array(
    z.object({
      label: z.string(),
      units: z.array(
        z.object({
          unit: z.string(),
          rank: count.nullable(),
          score: rate,
          /** Art 38 ¶2. */
          poor: z.boolean(),
          rates: z.array(z.object({ label: z.string(), rate: rate.nullable() })),
        }),
      ),
    }),
  ),
  /** Units with too few sheets to be compared in public. */
  leftOut: count,
  cases: z.array(z.object({ title: z.string(), text: z.string() })),
});

export type PublicationContent = z.output<typeof publicationContentSchema>;

/** A case as it is chosen: from a closed sheet, whose number is not published. */
export interface TypicalCase {
  readonly no: string;
  readonly title: string;
  readonly text: string;
}
