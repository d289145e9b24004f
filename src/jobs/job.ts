/** What a job is: a name, the shape of what it is told, and how often it is tried. */
import type { z } from 'zod';

/** A kind of job, known to those who add it and to the one who works it. */
export interface JobKind<Payload> {
  /** Unique, for example `notification.deliver`. Stands in the queue: never rename one that was released. */
  readonly name: string;
  /** What stands in the queue: JSON, without personal data. */
  readonly payload: z.ZodType<Payload>;
  /**
   * How often it is tried before it stays in the list of failed jobs. Between two tries it waits e, e², e³, …
   * seconds, e¹⁰ (six hours) at most: eight tries are half an hour, twelve a night.
   */
  readonly attempts: number;
  /** What it does, in Chinese, for the list of failed jobs: 发出通知. */
  readonly title: string;
  /** Of one job, for the same list: to whom, about what. Without secrets or personal data. */
  readonly subject: (payload: Payload) => string;
}

interface JobContext {
  /** 1 for the first try. */
  readonly attempt: number;
  /** Aborted when the program is about to end and cannot wait any longer. */
  readonly signal: AbortSignal;
}

/**
 * Does the job. It may be called again for a job that was done already (a program may die between doing and noting
 * it), so it must be harmless then. What it throws is noted with the job and shown to the operator: in Chinese, and
 * without secrets or personal data.
 */
export type JobHandler<Payload> = (payload: Payload, context: JobContext) => Promise<void>;

/** A kind together with its handler, its payload's type closed over. */
export interface Job {
  readonly name: string;
  readonly title: string;
  /** The subject of a job with this payload; empty where the payload is not one of ours. */
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
