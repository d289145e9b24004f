/** Which cases are examined when a schedule changes: compared with examining all cases, never too few. */
import { expect } from 'chai';
import fc from 'fast-check';
import {
  changedDays,
  createDueDates,
  createWorkingCalendar,
  type CalendarSource,
  type WorkingCalendar,
} from '../../../src/calendar/index.js';
import { civilDateOfDay, dayNumberOf, parseCivilDate } from '../../../src/kernel/civil-date.js';
import { affectedCases } from '../../../src/cases/calendar/affected.js';
import { spanOf } from '../../../src/cases/calendar/change.js';
import { previewNotice, readNoticeFile } from '../../../src/cases/index.js';
import { wrongCards } from '../../../src/cases/calendar/fired-cards.js';
import { deadlineReasons, loadCases, movedDeadlines } from '../../../src/engine/index.js';
import { random } from '../../support/messages.js';
import { document2027, notice2027 } from '../../support/notice-2027.js';
import { useSystem } from '../../support/system.js';

const first = dayNumberOf(parseCivilDate('2026-11-16'));
const cases = 120;

describe('放假安排变动时要看的工单', () => {
  const system = useSystem({ at: '2026-11-16T00:00:00+08:00' });
  let ids: string[] = [];

  before(async () => {
    const next = random(2027);
    const starts = Array.from({ length: cases }, () => first + next() * 60).sort((a, b) => a - b);
    for (const [index, start] of starts.entries()) {
      const at = new Date(start * 86_400_000);
      system().clock.moveTo(at);
      while ((await system().executor.fireDue(100)) > 0);
      const [answer] = await system().executor.execute([
        {
          kind: 'start',
          businessKey: `变动-${index}`,
          process: 'handling',
          realm: 'live',
          at,
          variables: {
            channel: 'phone',
            kind: 'help',
            wishesReply: true,
            confidential: false,
            unit: '市城管局',
          },
        },
      ]);
      const file = answer?.file;
      if (!file) throw new Error('not started');
      ids.push(file.id);
    }
    ids = [...new Set(ids)];
  });

  /** Result of examining every case. */
  const oracle = (future: WorkingCalendar) =>
    system().database.transaction(async (transaction) => {
      const files = await loadCases(transaction, ids);
      const reasons = await deadlineReasons(transaction, ids);
      const trails = await system().trail.read(
        transaction,
        [...files.values()].map(({ businessKey }) => businessKey),
      );
      const dueDates = createDueDates({ calendar: future });
      const moved: string[] = [];
      const revoked: string[] = [];
      for (const file of files.values()) {
        const terms = { policies: system().policies.at(file.startedAt) };
        const own = reasons.get(file.id) ?? new Map();
        if (movedDeadlines(file, own, dueDates, terms).length > 0) moved.push(file.id);
        const wrong = wrongCards(trails.get(file.businessKey) ?? [], dueDates);
        if (wrong.revoked.length + wrong.redated.length > 0) revoked.push(file.id);
      }
      return { moved, revoked };
    });

  it('第二十四条：随机的放假、上班日子，变动的期限和给早了的升级都在其中', async function () {
    this.timeout(240_000);
    const present = system().calendar.current();
    const seen = { moved: 0, revoked: 0, spared: 0 };
    const changes = fc.record({
      from: fc.integer({ min: -5, max: 90 }),
      working: fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
      kind: fc.constantFrom('local' as const, 'schedule' as const),
      year: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(changes, async ({ from, working, kind, year }) => {
        const source: CalendarSource = {
          kind,
          title: '测试',
          document: '测试发〔2026〕9号',
          years: new Set(year && kind === 'schedule' ? [2027] : []),
          days: new Map(
            working.map((value, index) => [
              civilDateOfDay(first + from + index),
              { working: value, name: '测试' },
            ]),
          ),
        };
        const future = createWorkingCalendar([...present.sources, source]);
        const days = changedDays(present, future);
        const [earliest, latest] = [days[0]?.date, days.at(-1)?.date];
        const expected = await oracle(future);
        const found =
          earliest && latest
            ? await system().database.transaction((transaction) =>
                affectedCases(transaction, system().trail, spanOf(earliest, latest)),
              )
            : [];
        expect(found).to.include.members([...expected.moved, ...expected.revoked]);
        seen.moved += expected.moved.length;
        seen.revoked += expected.revoked.length;
        seen.spared += cases - found.length;
      }),
      { numRuns: 40, seed: 24 },
    );
    expect(seen.moved, 'moved').to.be.greaterThan(100);
    expect(seen.revoked, 'revoked').to.be.greaterThan(20);
    expect(seen.spared, 'spared').to.be.greaterThan(500);
  });

  it('预览只看均匀选取的那些工单，说明可能涉及多少、看过多少', async () => {
    const file = readNoticeFile(Buffer.from(JSON.stringify(notice2027)), '安排', document2027);
    const whole = await previewNotice(system(), file, Number.POSITIVE_INFINITY);
    const bounded = await previewNotice(system(), file, 50);
    expect(whole.examined).to.equal(whole.concerned).and.to.be.greaterThan(50);
    expect(bounded).to.include({ examined: 50, concerned: whole.concerned });
    expect(bounded.counts.cases).to.be.within(1, 50);
    expect(bounded.counts.moved + bounded.counts.settled).to.be.lessThan(
      whole.counts.moved + whole.counts.settled,
    );
  });
});
