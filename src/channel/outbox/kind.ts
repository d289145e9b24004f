/** Kinds of outgoing items: their names, and the shape of their rows. */
import { z } from 'zod';
import { defineJob, type JobKind } from '../../platform/jobs/index.js';

/** Milliseconds that a receiver has to answer. */
export const longestWait = 10_000;

/** Twelve attempts take over sixteen hours, enough for a receiver that is down overnight. */
export const attempts = 12;

const payload = z.object({ item: z.int(), recipient: z.string(), occasion: z.string() });

export interface SendingKind<About> {
  readonly job: JobKind<z.output<typeof payload>>;
  readonly about: z.ZodType<About>;
  /** True: the text is encrypted and is deleted once sent, so the item cannot be sent again. */
  readonly isSealed: boolean;
}

/** @param words.to prefix of the recipient in the list of failed items */
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

/** The receiver's answer to a delivery. */
export interface Receipt {
  readonly words: string;
  /** The address of a mail; only a bounce that names this address counts. */
  readonly to?: string;
}

export type Result =
  | { readonly outcome: 'sent'; readonly receipt: Receipt }
  /** Null: the item will be retried. */
  | { readonly outcome: 'failed' | 'bounced' | 'dropped' | null; readonly why: string };
