/** Receivers of outgoing items: a webhook receiver and a mail server that run as long as the tests. */
import { useMailServer } from '../support/mail-server.js';
import { useReceiver } from '../channel/notification/receiver.js';
import { withSettings } from './accounts-asking.js';
import type { Day } from './day.js';

export const mailServer = useMailServer();
export const receiver = useReceiver();

/** Permits sending to this machine, as an operator would. */
export const sending = (day: Day, then: () => Promise<void>): Promise<void> =>
  withSettings(
    day,
    {
      HOTLINE_WEBHOOK_PRIVATE: 'allow',
      HOTLINE_SMTP_URL: mailServer().url,
      HOTLINE_SMTP_FROM: 'hotline@example.gov.cn',
    },
    then,
  ).finally(() => {
    receiver().answer = 200;
    mailServer().refuse = false;
  });

/** Retries a failure now instead of in hours: the queue uses the machine's time, not the day's. */
export async function tryAgain(day: Day, job: string): Promise<void> {
  await day.served.system.database.pool.query(
    `UPDATE hotline_jobs._private_jobs j SET run_at = now() FROM hotline_jobs._private_tasks t
      WHERE t.id = j.task_id AND t.identifier = $1 AND j.attempts BETWEEN 1 AND j.max_attempts - 1`,
    [job],
  );
  await day.work();
}
