-- The job queue's own schema is made by its own migrations; these are the rights that adding and working jobs needs.
GRANT USAGE ON SCHEMA :"jobs" TO :"app";
GRANT SELECT ON :"jobs".migrations TO :"app";
GRANT SELECT, INSERT, UPDATE, DELETE ON :"jobs"._private_jobs TO :"app";
GRANT SELECT, INSERT, UPDATE ON :"jobs"._private_job_queues TO :"app";
-- UPDATE: the first job of a kind may be added without the queue's own function, which notifies. Of two programs that make
-- the kind known at once, the second one's INSERT becomes an UPDATE that changes nothing.
GRANT SELECT, INSERT, UPDATE (identifier) ON :"jobs"._private_tasks TO :"app";
CREATE POLICY works_jobs ON :"jobs"._private_jobs TO :"app" USING (true);
CREATE POLICY works_jobs ON :"jobs"._private_job_queues TO :"app" USING (true);
CREATE POLICY works_jobs ON :"jobs"._private_tasks TO :"app" USING (true);

-- Who works jobs at present. Each holds an advisory lock on its id as long as its connection lives; a row whose lock is
-- free is of a program that died, and its jobs go back to the queue.
CREATE TABLE job_worker (
  id         text PRIMARY KEY,
  started_at timestamptz NOT NULL
);
GRANT SELECT, INSERT, DELETE ON job_worker TO :"app";
