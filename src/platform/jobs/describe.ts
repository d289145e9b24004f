/** Describes a failed job in words, for the operator. */
import type { Job } from './job.js';
import type { FailedJob } from './store/job-rows.js';

export interface DescribedJob extends Omit<FailedJob, 'payload' | 'error'> {
  readonly title: string;
  /** Recipient and subject. */
  readonly subject: string;
  readonly error: string;
}

export function describeJob(jobs: readonly Job[], { payload, error, ...rest }: FailedJob): DescribedJob {
  const job = jobs.find(({ name }) => name === rest.name);
  return {
    ...rest,
    title: job?.title ?? rest.name,
    subject: job?.subject(payload) ?? '',
    error: error ?? '做的程序中途退出了',
  };
}
