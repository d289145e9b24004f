/** Kinds of what leaves the house: what they are called, and what their rows hold. */
import { z } from 'zod';
import { defineJob, type JobKind } from '../../platform/jobs/index.js';

/** Milliseconds that a receiver has. */
export const longestWait = 10_000;

/** Twelve attempts take over sixteen hours: enough for a receiver that is down overnight. */
export const attempts = 12;

const payload = z.object({ item: z.int(), recipient: z.string(), occasion: z.string() });

export interface SendingKind<About> {
  readonly job: JobKind<z.output<typeof payload>>;
  readonly about: z.ZodType<About>;
  /** Its text is encrypted, and gone once it was sent: then it cannot be sent again. */
  readonly isSealed: boolean;
}

/** @param words.to stands before the recipient in the list of what failed */
export const defineSending = <About>(
  name: string,
  about: z.ZodType<About>,
  {
    title,
    to = '',
    isSealed = false,
  }: { readonly title: string; readonly to?: string; readonly isSealed?: boolean },
): SendingKind<About> => ({
  about,
  isSealed,
  job: defineJob(name, payload, {
    title,
    attempts,
    subject: ({ recipient, occasion }) => `${to}${recipient}:${occasion}`,
  }),
});

/** What a carrier was answered. */
export interface Receipt {
  readonly words: string;
  /** The address of a mail: only a bounce that names it counts. */
  readonly to?: string;
}

export type Result =
  | { readonly outcome: 'sent'; readonly receipt: Receipt }
  /** Without an outcome it is tried again. */
  | { readonly outcome: 'failed' | 'bounced' | 'dropped' | null; readonly why: string };
