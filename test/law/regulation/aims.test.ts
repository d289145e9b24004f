/** What is recommended: which limits of which sources, and when the holder is reminded. */
import { expect } from 'chai';
import { defaultCalendar } from '../../../src/calendar/index.js';
import { policiesOf, shippedPolicies } from '../../../src/law/policy/index.js';
import {
  aimedAt,
  aimsOf,
  latestStart,
  listedChannels,
  readSources,
  remindedFrom,
  shippedCatalogue,
  shippedLaw,
  type Aim,
} from '../../../src/law/regulation/index.js';
import { figureOf } from '../../../src/law/regulation/sources/count-aims.js';
import { sourceSchema } from '../../../src/law/regulation/sources/content.js';

const day = '2026-03-02';
const when = (text: string): Date => new Date(`2026-${text}:00+08:00`);
const counting = {
  calendar: defaultCalendar(),
  policies: policiesOf(shippedPolicies(), []).at(when('03-02T00:00')),
};
const [aim = expect.fail()] = aimsOf(readSources(), shippedCatalogue(day));
const working: Aim = { ...aim, length: { text: 'P2D', unit: 'working-days' }, leadHours: 0 };

const clause = {
  ...{
    id: 'one',
    place: null,
    says: '三日以内',
    source: '某网页',
    trust: 'press',
    kept: 'people',
    reason: '推荐的',
  },
  limits: [{ clock: 'reply', days: 3, of: 'working', ways: ['mail'], leadHours: 4 }],
};
const source = {
  ...{ key: 'some', title: '某标准', rank: 'standard', binding: false, from: null, status: '没有全文' },
  clauses: [clause],
};
const objections = (asked: object): string =>
  sourceSchema
    .safeParse(asked)
    .error?.issues.map(({ message }) => message)
    .join() ?? '';

describe('推荐的期限：哪些、何时', () => {
  it('只有推荐的来源写了期限的，指名的渠道种类，不指名渠道', () => {
    const all = aimsOf(readSources(), shippedCatalogue(day));
    expect(all.map(({ key, norms, limit }) => ({ key, norms, limit }))).to.deep.equal([
      { key: 'gbt-33358-2016 mailbox', norms: ['J13'], limit: '至多 24 小时' },
    ]);
    expect(listedChannels(aim, shippedLaw(day))).to.deep.equal(['mailbox']);
    expect(listedChannels({ ...aim, ways: [] }, shippedLaw(day))).to.equal(null);
  });

  it('小时昼夜照计；工作日跳过清明；停着的没有；提前几小时', () => {
    const start = when('04-03T22:00');
    expect(aimedAt(aim, start, counting)).to.deep.equal(when('04-04T22:00'));
    expect(remindedFrom(aim, when('04-04T22:00'))).to.deep.equal(when('04-04T20:00'));
    expect(aimedAt(working, start, counting)).to.deep.equal(when('04-09T00:00'));
    const pause = { kind: 'pause', from: '2026-04-03T23:00:00+08:00', reason: '停着' } as const;
    expect(aimedAt(working, start, counting, [pause])).to.equal(undefined);
  });

  it('还不会到的起算不去读：按小时、按最少的自然日', () => {
    for (const one of [aim, working])
      for (let hour = 0; hour < 24 * 30; hour++) {
        const start = new Date(when('04-01T00:30').getTime() + hour * 3_600_000);
        const aimed = aimedAt(one, start, counting) ?? expect.fail();
        expect(latestStart(one, remindedFrom(one, aimed)) >= start).to.equal(true);
      }
  });

  it('一件有几项的，从最差的；违反了条例的不算在以内', () => {
    const duty = (stream: string, state: 'open' | 'satisfied' | 'compensated', lastAt: string) =>
      ({ stream, state, openedAt: when('03-02T10:00'), lastAt: when(lastAt) }) as const;
    const duties = [
      duty('a', 'satisfied', '03-03T10:00'),
      duty('b', 'satisfied', '03-03T10:01'),
      duty('c', 'compensated', '03-03T09:00'),
      duty('d', 'satisfied', '03-03T09:00'),
      duty('d', 'open', '03-02T10:00'),
    ];
    expect(figureOf(aim, duties, counting, when('03-03T09:30'))).to.deep.equal({
      ...{ cases: 4, within: 1, later: 2, open: 1, openPast: 0 },
    });
  });

  it('来源不可靠的写期限，装不进来：不据以执行；有约束力的不写提醒', () => {
    expect(objections(source)).to.equal('');
    for (const trust of ['weak', 'scrambled'])
      expect(objections({ ...source, clauses: [{ ...clause, trust, kept: 'unknown' }] })).to.include(
        '不据以执行',
      );
    expect(objections({ ...source, binding: true })).to.include('只写在推荐的来源里');
    const early = { ...clause, limits: [{ clock: 'reply', hours: 4, leadHours: 4 }] };
    expect(objections({ ...source, clauses: [early] })).to.include('leadHours 要比期限短');
    const weak = readSources().flatMap(({ clauses }) =>
      clauses.filter(({ trust }) => trust === 'weak' || trust === 'scrambled'),
    );
    expect(weak.length).to.be.greaterThan(0);
    expect(weak.flatMap(({ limits }) => limits)).to.deep.equal([]);
  });
});
