/** Content of a month's publication. Runs in browsers: no Node imports. */
import { z } from 'zod';

/** 公开: a month's results, or its intake alone, for everyone; 通报: for the units. */
export const publicationKinds = ['public', 'intake', 'circular'] as const;
export type PublicationKind = (typeof publicationKinds)[number];

const count = z.number().int().min(0);
/** Hundredths of a percent. */
const rate = count.max(10_000);
/** Null if the count is too small to publish. */
const few = count.nullable();

export const publicationContentSchema = z.object({
  kind: z.enum(publicationKinds),
  period: z.string(),
  version: count,
  title: z.string(),
  issuer: z.string(),
  /** 文号 and date, set on publication. */
  documentNumber: z.string().nullable(),
  issuedOn: z.string().nullable(),
  /** Reason for the new version. */
  correction: z.string().nullable(),
  /** Smaller counts are not published. */
  threshold: count,
  /** 受理渠道、办理标准、办理流程. */
  channels: z.array(z.string()),
  standards: z.array(z.string()),
  steps: z.array(z.string()),
  received: few,
  /** Received requests by channel, kind, class. */
  intake: z.array(
    z.object({ heading: z.string(), cells: z.array(z.object({ label: z.string(), count: few })) }),
  ),
  /** City-wide. */
  measures: z.array(
    z.object({ label: z.string(), meaning: z.string(), met: few, of: few, rate: rate.nullable() }),
  ),
  /** Empty until the results are circulated. */
  groups: z.array(
    z.object({
      label: z.string(),
      units: z.array(
        z.object({
          unit: z.string(),
          rank: count.nullable(),
          score: rate,
          /** 考核差、满意度低. */
          poor: z.boolean(),
          rates: z.array(z.object({ label: z.string(), rate: rate.nullable() })),
        }),
      ),
    }),
  ),
  /** Number of units with too few sheets for public comparison. */
  leftOut: count,
  cases: z.array(z.object({ title: z.string(), text: z.string() })),
});

export type PublicationContent = z.output<typeof publicationContentSchema>;

/** A case taken from a closed sheet, whose number is not published. */
export interface TypicalCase {
  readonly no: string;
  readonly title: string;
  readonly text: string;
}
