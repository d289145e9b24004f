export { describeJob } from './describe.js';
export { defineJob, handled } from './job.js';
export type { Job, JobHandler, JobKind } from './job.js';
export { createJobRunner } from './runner.js';
export { addFailedJob, addJobQuietly, addJobs } from './store/add-jobs.js';
export { countJobs, countTroubled, expiringJobs, failedJobs, jobOfKey, retryJobs } from './store/job-rows.js';
