-- The job queue's schema has its own migrations; these are the rights for adding and working jobs.
GRANT USAGE ON SCHEMA :"jobs" TO :"app";
GRANT SELECT ON :"jobs".migrations TO :"app";
GRANT SELECT, INSERT, UPDATE, DELETE ON :"jobs"._private_jobs TO :"app";
GRANT SELECT, INSERT, UPDATE ON :"jobs"._private_job_queues TO :"app";
-- UPDATE: jobs may be added without the queue's own function, which notifies. Of two programs that register the job
-- kind at once, the second INSERT becomes an UPDATE without effect.
GRANT SELECT, INSERT, UPDATE (identifier) ON :"jobs"._private_tasks TO :"app";
CREATE POLICY works_jobs ON :"jobs"._private_jobs TO :"app" USING (true);
CREATE POLICY works_jobs ON :"jobs"._private_job_queues TO :"app" USING (true);
CREATE POLICY works_jobs ON :"jobs"._private_tasks TO :"app" USING (true);

-- Workers. Each holds an advisory lock on its id while its connection lives; a row with a free lock belongs to a dead
-- program, whose jobs are requeued.
CREATE TABLE job_worker (
  id         text PRIMARY KEY,
  started_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, DELETE ON job_worker TO :"app";
