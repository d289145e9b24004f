/** The counts of the status page, the board and the process monitor match the data at every moment. */
import { expect } from 'chai';
import { civilDateOf, dayNumberOf, endOfDay } from '../../src/kernel/civil-date.js';
import { openCases } from '../../src/cases/accept.js';
import { nextAct } from '../../src/cases/replay/next-act.js';
import { parseLine } from '../../src/cases/replay/message.js';
import { sheetOf } from '../../src/cases/replay/simulate.js';
import { boardRows } from '../../src/http/store/board-store.js';
import { processLoad } from '../../src/http/store/process-load-store.js';
import { countWork } from '../../src/http/store/status-store.js';
import { asViewer } from '../../src/platform/database/index.js';
import { madeUpMessages } from '../support/messages.js';
import { asOwner } from '../support/owner.js';
import { useSystem } from '../support/system.js';

describe('看板、监控、状态页的件数', () => {
  const system = useSystem({ at: '2026-03-02T10:00:00+08:00' });

  before('一些工单，办到不同的地步', async () => {
    const { database, executor, definitions, laws } = system();
    const law = laws.today();
    for (const [index, line] of [...madeUpMessages(24, 34)].entries()) {
      const parsed = parseLine(Buffer.from(line));
      if (!parsed.ok) throw new Error(parsed.reason);
      const { message } = parsed;
      // A replay is not counted.
      const realm = index % 6 === 5 ? 'replay' : 'live';
      const key = `zh-${message.no}`;
      let [answer] = await database.transaction((transaction) =>
        openCases(system(), transaction, [{ ...sheetOf({ key, message }, law), realm }]),
      );
      for (let step = 0; step < index && answer?.file?.endedAt === null; step++)
        [answer] = await executor.execute([nextAct(definitions, answer.file, message, law)]);
    }
  });

  it('第二十八条：没有人办事、只是时间过去，将到期、今日到期、已过期的件数也准', async () => {
    const { database } = system();
    const due = await database.transaction((transaction) =>
      transaction.query<{ at: Date }>(
        `SELECT due_at AS at FROM hotline.deadline WHERE realm = 'live' AND NOT paused
         UNION SELECT limit_at FROM hotline.task WHERE realm = 'live' AND isfinite(limit_at)`,
      ),
    );
    expect(due.length).to.be.greaterThan(5);
    // A stuck firing is not claimed by itself any more.
    await asOwner(
      database.url,
      `INSERT INTO hotline.incident (case_id, key, realm, kind, instance, process, version, of, timer, due_at, code, why,
              since, tries, next_try)
       SELECT case_id, instance || timer, realm, 'timer', instance, 'handling', 1, element, timer, due_at,
              'flow.no-way-out', '', due_at, 1, due_at
         FROM hotline.deadline WHERE case_id % 3 = 0 AND NOT paused`,
    );
    await asOwner(
      database.url,
      `UPDATE hotline.deadline SET claim_at = 'infinity' WHERE case_id % 3 = 0 AND NOT paused`,
    );
    const hour = 3_600_000;
    for (const { at } of due) {
      for (const beside of [
        -25 * hour,
        -24 * hour - 1,
        -24 * hour,
        -hour,
        -1,
        0,
        1,
        90_000,
        hour,
        30 * hour,
      ]) {
        const now = new Date(at.getTime() + beside);
        const endOfToday = endOfDay(dayNumberOf(civilDateOf(now)));
        await database.transaction(async (transaction) => {
          const [counted] = await transaction.query(
            `SELECT count(*) FILTER (WHERE claim_at < 'infinity' AND due_at > $1 AND due_at <= $2) AS "dueToday",
                    count(*) FILTER (WHERE due_at <= $1) AS "pastDue",
                    count(*) FILTER (WHERE claim_at = 'infinity' AND NOT paused) AS incidents, count(*) AS running
               FROM hotline.deadline WHERE realm = 'live'`,
            [now, endOfToday],
          );
          const { dueToday, pastDue, incidents, running } = await countWork(
            transaction,
            now,
            endOfToday,
            10_000,
          );
          expect({ dueToday, pastDue, incidents, running }, now.toISOString()).to.deep.equal(counted);
          for (const process of ['acceptance', 'handling', 'supervision']) {
            const places = await transaction.query(
              `SELECT element, min(name) AS name, count(*) AS tasks, count(*) FILTER (WHERE level = 'yellow') AS yellow,
                      count(*) FILTER (WHERE level IN ('red', 'supervision', 'second-supervision', 'accountability')) AS red,
                      count(*) FILTER (WHERE limit_at > $2 AND limit_at <= $2::timestamptz + interval '24 hours') AS nearing,
                      min(opened_at) AS oldest,
                      greatest(0, round(avg(date_part('epoch', $2 - opened_at)))) AS "meanSeconds"
                 FROM hotline.task WHERE realm = 'live' AND process = $1 GROUP BY element ORDER BY 3 DESC, 1`,
              [process, now],
            );
            expect(
              await processLoad(transaction, 'program', process, now, system().laws.today()),
            ).to.deep.equal(places);
          }
        });
      }
    }
  });

  it('第三十二条：看得到全部工单而须回避某一件的，件数里没有它', async () => {
    const { database } = system();
    const [one] = await database.transaction((transaction) =>
      transaction.query<{ no: string }>(
        `SELECT business_key AS no FROM process_case WHERE realm = 'live' AND ended_at IS NULL LIMIT 1`,
      ),
    );
    const openFor = async (recused: readonly string[]): Promise<number> => {
      const { counts } = await asViewer(database, 'all', recused).transaction((transaction) =>
        boardRows(transaction, 'program', '2026-03-01', '2026-03-14', system().laws.today()),
      );
      return counts.reduce((sum, { cases }) => sum + cases, 0);
    };
    expect(await openFor([one?.no ?? ''])).to.equal((await openFor([])) - 1);
  });
});
