/** What the board, the process monitor and the state page show is what counting would find, whatever has happened. */
import { expect } from 'chai';
import { acceptRequests } from '../../../src/casework/accept-requests.js';
import { nextAct } from '../../../src/casework/replay/next-act.js';
import { parseLine, type Message } from '../../../src/casework/replay/message.js';
import { sheetOf } from '../../../src/casework/replay/simulate.js';
import { daySlot, dueSlot, foldTally, limitSlot, type CaseFile } from '../../../src/engine/index.js';
import { processLoad } from '../../../src/http/store/process-load-store.js';
import { countWork } from '../../../src/http/store/status-store.js';
import { civilDateOf, dayNumberOf, endOfDay } from '../../../src/calendar/index.js';
import { madeUpMessages, random } from '../../support/messages.js';
import { asOwner } from '../../support/owner.js';
import { useSystem } from '../../support/system.js';
import { expectCountsHold } from '../../support/tally.js';

const cases = 90;
const writers = 4;

describe('随步骤记下的件数', () => {
  const system = useSystem({ at: '2026-03-02T10:00:00+08:00' });
  const rows = () =>
    system().database.transaction(async (transaction) => {
      const [row] = await transaction.query<{ rows: number }>('SELECT count(*) AS rows FROM hotline.tally');
      return row?.rows ?? 0;
    });

  it('几个程序同时办理、随时汇总,任何时候都等于逐件数的', async function () {
    this.timeout(120_000);
    const { database, executor, definitions } = system();
    const next = random(1234);
    const living: { message: Message; file: CaseFile }[] = [];
    const messages = [...madeUpMessages(cases, 34)].flatMap((line) => {
      const parsed = parseLine(Buffer.from(line));
      return parsed.ok ? [parsed.message] : [];
    });
    const step = async (): Promise<void> => {
      const place = Math.floor(next() * (living.length + messages.length));
      const [one] = place < living.length ? living.splice(place, 1) : [undefined];
      const message = one?.message ?? messages.pop();
      if (!message) return;
      const [answer] = one
        ? await executor.execute([nextAct(definitions, one.file, message)])
        : await database.transaction((transaction) =>
            acceptRequests(system(), transaction, [
              // Some of them only tried: what a replay does is not counted.
              { ...sheetOf({ key: `zh-${message.no}`, message }), realm: next() < 0.8 ? 'live' : 'replay' },
            ]),
          );
      if (answer?.refusal) throw answer.refusal;
      if (answer?.file?.endedAt === null) living.push({ message, file: answer.file });
    };
    const write = async (): Promise<void> => {
      for (let steps = 0; steps < 60; steps++) {
        await step();
        if (next() < 0.1) await foldTally(database);
      }
    };
    for (let round = 0; round < 4; round++) {
      await Promise.all(Array.from({ length: writers }, write));
      expect(await expectCountsHold(database.url)).to.be.greaterThan(10);
    }
    // A step that is taken back counts nothing.
    const [left] = living;
    if (!left) throw new Error('nothing is open any more');
    await database
      .transaction(async (transaction) => {
        await executor.executeIn(transaction, [nextAct(definitions, left.file, left.message)]);
        throw new Error('taken back');
      })
      .catch(() => undefined);
    await expectCountsHold(database.url);
  });

  it('汇总以后每种只剩一行,件数不变;从头重数也一样', async () => {
    const { database } = system();
    const before = await rows();
    await Promise.all([foldTally(database), foldTally(database)]);
    await foldTally(database);
    const kinds = await expectCountsHold(database.url);
    expect(await rows())
      .to.equal(kinds)
      .and.at.most(before);
    await asOwner(database.url, 'DELETE FROM hotline.tally', 'SELECT hotline.recount_tally()');
    expect(await expectCountsHold(database.url)).to.equal(kinds);
  });

  it('第二十八条:没有人办事、只是时间过去,将到期、今日到期、已过期的件数也准', async () => {
    const { database } = system();
    const due = await database.transaction((transaction) =>
      transaction.query<{ at: Date }>(
        `SELECT due_at AS at FROM hotline.deadline WHERE realm = 'live' AND NOT paused
         UNION SELECT limit_at FROM hotline.task WHERE realm = 'live' AND limit_at < 'infinity'`,
      ),
    );
    expect(due.length).to.be.greaterThan(5);
    // A failed firing is tried again later than it fell due.
    await asOwner(
      database.url,
      `UPDATE hotline.deadline SET attempts = 1, claim_at = due_at + interval '90 minutes' WHERE case_id % 3 = 0`,
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
            `SELECT count(*) FILTER (WHERE attempts = 0 AND due_at > $1 AND due_at <= $2) AS "dueToday",
                    count(*) FILTER (WHERE due_at <= $1) AS "pastDue",
                    count(*) FILTER (WHERE attempts > 0) AS incidents, count(*) AS running
               FROM hotline.deadline WHERE realm = 'live'`,
            [now, endOfToday],
          );
          const { dueToday, pastDue, incidents, running } = await countWork(transaction, now, endOfToday);
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
            expect(await processLoad(transaction, 'program', process, now)).to.deep.equal(places);
          }
        });
      }
    }
  });

  it('期限落在哪一段、哪一天:24:00 算当天,整点单独一段', () => {
    const at = (text: string): Date => new Date(`${text}+08:00`);
    expect(limitSlot(at('2026-03-02T10:00:00'))).to.equal(limitSlot(at('2026-03-02T09:59:59.999')) + 1);
    expect(limitSlot(at('2026-03-02T10:00:00.001'))).to.equal(limitSlot(at('2026-03-02T10:00:00')) + 1);
    expect(dueSlot(at('2026-03-03T00:00:00'))).to.equal(dueSlot(at('2026-03-02T00:00:00.001')));
    expect(dueSlot(at('2026-03-03T00:00:00.001'))).to.equal(dueSlot(at('2026-03-03T00:00:00')) + 1);
    expect(daySlot(at('2026-03-03T00:00:00'))).to.equal(dayNumberOf(civilDateOf(at('2026-03-03T23:59:59'))));
    expect(daySlot(at('2026-03-02T23:59:59.999'))).to.equal(daySlot(at('2026-03-03T00:00:00')) - 1);
  });
});
