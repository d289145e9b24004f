/** A kind of job: name, payload schema, attempts. */
import type { z } from 'zod';

/** The part of a job that both its senders and the worker know. */
export interface JobKind<Payload> {
  /** Unique, for example `notification.deliver`. Stored in the queue: never rename a released one. */
  readonly name: string;
  /** Stored in the queue: JSON, no personal data. */
  readonly payload: z.ZodType<Payload>;
  /**
   * Attempts before it counts as failed. The delays are e, e², e³, … seconds, at most e¹⁰ (six hours): eight attempts
   * take half an hour, twelve a night.
   */
  readonly attempts: number;
  /** In Chinese, for the list of failed jobs: 发出通知. */
  readonly title: string;
  /** Recipient and subject of one job, for the same list. No secrets, no personal data. */
  readonly subject: (payload: Payload) => string;
}

interface JobContext {
  /** From 1. */
  readonly attempt: number;
  /** Aborted when the program is stopping. */
  readonly signal: AbortSignal;
}

/**
 * Must be idempotent: a job may run again if the program dies before its completion is recorded. Errors are stored and
 * shown to the operator: in Chinese, without secrets or personal data.
 */
export type JobHandler<Payload> = (payload: Payload, context: JobContext) => Promise<void>;

/** A kind with its handler; hides the payload's type. */
export interface Job {
  readonly name: string;
  readonly title: string;
  /** Empty if the payload is not valid. */
  subject(payload: unknown): string;
  work(payload: unknown, context: JobContext): Promise<void>;
}

export function defineJob<Payload>(
  name: string,
  payload: z.ZodType<Payload>,
  options: Omit<JobKind<Payload>, 'name' | 'payload'>,
): JobKind<Payload> {
  return { name, payload, ...options };
}

export function handled<Payload>(kind: JobKind<Payload>, handler: JobHandler<Payload>): Job {
  return {
    name: kind.name,
    title: kind.title,
    subject: (payload) => {
      const read = kind.payload.safeParse(payload);
      return read.success ? kind.subject(read.data) : '';
    },
    work: (payload, context) => handler(kind.payload.parse(payload), context),
  };
}
