/** Every kind of limit: what the catalogue accepts, says and computes, across the holidays and make-up days of 2026. */
import { expect } from 'chai';
import { createDueDates, defaultCalendar } from '../../../src/calendar/index.js';
import { toShanghaiIso } from '../../../src/kernel/civil-date.js';
import { lengthOf, limitsByClock, type Said } from '../../../src/kernel/limit.js';
import { underLaw, type TimerSpec } from '../../../src/kernel/timer-spec.js';
import { limitInWords } from '../../../src/law/regulation/index.js';
import { catalogueOf, contentOf } from '../../../src/law/regulation/model/index.js';
import { shippedContents } from '../../../src/law/regulation/shipped.js';
import { limitSchema } from '../../../src/law/regulation/model/limits.js';

const dueDates = createDueDates({ calendar: defaultCalendar() });
const policies = {
  version: 1,
  value: (key: string) => ({ rulingLimit: 'P1D', dispatchLimit: 'PT2H' })[key],
};
const timer: TimerSpec = {
  ...{ kind: 'duration', text: '= limit("reply")', unit: 'natural', edge: 'end' },
  limit: 'reply',
};

/** 11 February 2026 is a Wednesday; 14 February is a make-up day, 15 to 23 February are off. */
function due(limit: unknown, said: Said = {}, from = '2026-02-11T10:00:00'): string | undefined {
  const length = lengthOf(limitSchema.parse(limit), said);
  if (!length) return undefined;
  const at = dueDates.due(underLaw(timer, length), new Date(`${from}+08:00`), { policies }).at;
  return toShanghaiIso(at).slice(0, 16);
}

const objection = (limit: unknown): string =>
  limitSchema
    .safeParse(limit)
    .error?.issues.map(({ message }) => message)
    .join() ?? '';

const words = (limit: unknown): string => limitInWords(limitSchema.parse(limit));

describe('规范里的期限', () => {
  it('工作日：春节不计，调休上班的星期六计', () => {
    expect(due({ days: 5, of: 'working' })).to.equal('2026-02-26T00:00');
  });

  it('自然日、月：到末日 24 时，末日休息的顺延到下一个工作日（《民法典》第二百零三条）', () => {
    expect(due({ days: 3, of: 'natural' })).to.equal('2026-02-15T00:00');
    expect(due({ days: 5, of: 'natural' })).to.equal('2026-02-25T00:00');
    expect(due({ months: 1 })).to.equal('2026-03-12T00:00');
    expect(due({ months: 1 }, {}, '2026-01-31T10:00:00')).to.equal('2026-03-01T00:00');
  });

  it('小时：昼夜、节假日照计', () => {
    expect(due({ hours: 24 })).to.equal('2026-02-12T10:00');
    expect(due({ hours: 48 }, {}, '2026-02-14T10:00:00')).to.equal('2026-02-16T10:00');
  });

  it('所告知的日期不顺延；它以前几个工作日、它以前', () => {
    const told = { deed: 'limit.stated', fact: 'date' };
    const said = { 'limit.stated': { date: '2026-02-16' } };
    expect(due({ told }, said)).to.equal('2026-02-17T00:00');
    expect(due({ told })).to.equal(undefined);
    expect(due({ before: told }, said)).to.equal('2026-02-16T00:00');
    expect(due({ days: 1, of: 'working', before: told }, said)).to.equal('2026-02-15T00:00');
    expect(due({ hours: 24, before: told }, said)).to.equal('2026-02-15T00:00');
  });

  it('行为写明的长短：工作日、小时', () => {
    const stated = { deed: 'limit.written', fact: 'limit', by: 'setBy' };
    expect(due({ stated, of: 'working' }, { 'limit.written': { limit: 'P2D', setBy: '第 3 行' } })).to.equal(
      '2026-02-14T00:00',
    );
    expect(due({ stated, of: 'working' }, { 'limit.written': { limit: 'PT2H' } })).to.equal(
      '2026-02-11T12:00',
    );
  });

  it('范围：没有选的依下限，选在范围以外的不算', () => {
    const limit = { days: [2, 3], of: 'working', chosen: { deed: 'matter.handed-over', fact: 'days' } };
    const chosen = (days: number) => due(limit, { 'matter.handed-over': { days } });
    expect(due(limit)).to.equal('2026-02-14T00:00');
    expect(chosen(3)).to.equal('2026-02-15T00:00');
    expect(chosen(9)).to.equal('2026-02-14T00:00');
  });

  it('有条件的清单：头一个合的', () => {
    const limit = [
      { when: { deed: 'matter.registered', facts: { kind: ['question', 'consultation'] } }, hours: 24 },
      { days: 2, of: 'working' },
    ];
    expect(due(limit, { 'matter.registered': { kind: 'question' } })).to.equal('2026-02-12T10:00');
    expect(due(limit, { 'matter.registered': { kind: 'help' } })).to.equal('2026-02-14T00:00');
    expect(due(limit)).to.equal('2026-02-14T00:00');
  });

  it('条例的词，由政策定：政策没有定的拒绝；没有政策的没有长短', () => {
    expect(due({ word: '及时', policy: 'rulingLimit', of: 'working' })).to.equal('2026-02-13T00:00');
    expect(due({ policy: 'dispatchLimit', of: 'natural' })).to.equal('2026-02-11T12:00');
    expect(() => due({ policy: 'noLimit', of: 'working' })).to.throw('noLimit');
    const word = [{ id: 'J26', duty: { clock: 'ruling' }, limit: { word: '及时' } }];
    expect([...limitsByClock(word)]).to.deep.equal([]);
  });

  it('与另一项相同：跟着那一项；几项同一期限的，最短的算', () => {
    const norms = [
      { id: 'J27a', duty: { clock: 'reply' }, limit: { as: 'J27b' } },
      { id: 'J27b', duty: { clock: 'reply' }, limit: { days: 5, of: 'working' as const } },
      { id: 'J28', duty: { clock: 'reply' }, limit: { days: 3, of: 'working' as const } },
    ];
    expect(limitsByClock(norms).get('reply')).to.deep.equal([{ days: 3, of: 'working' }]);
  });

  it('不认得的、不能一起写的，指名拒绝', () => {
    expect(objection({ workingDays: 5 })).to.include('期限、延期不认得 workingDays');
    expect(objection([{ days: 5, of: 'working', unless: 1 }, { hours: 1 }])).to.include(
      '期限、延期不认得 unless',
    );
    expect(objection({ days: 5 })).to.include('要写明是工作日还是自然日');
    expect(objection({ days: 5, of: 'working', hours: 24 })).to.include('不能同时写 days、hours');
    expect(objection({ days: [10, 5], of: 'working' })).to.include('范围从小写到大');
    expect(objection({ of: 'working', word: '及时' })).to.include('of 只用于');
    expect(objection({})).to.include('没有写长短');
  });

  it('说得出来', () => {
    expect(words({ days: 5, of: 'working' })).to.equal('5 个工作日');
    expect(words({ days: [5, 10], of: 'natural' })).to.equal('5 至 10 个自然日');
    expect(words({ hours: 24 })).to.equal('24 小时');
    expect(words({ months: 2 })).to.equal('2 个月');
    expect(words({ word: '及时' })).to.equal('及时（没有数字）');
    expect(words({ word: '及时', policy: 'rulingLimit', of: 'working' })).to.equal('及时（由政策定）');
    expect(words({ policy: 'rulingLimit', of: 'working' })).to.equal('没有规定（由政策定）');
    expect(
      words([
        { when: { deed: 'matter.registered' }, hours: 2 },
        { days: 2, of: 'working' },
      ]),
    ).to.equal('合于所写情形的 2 小时，其余 2 个工作日');
  });

  it('同一期限两种说法、延期写错的，目录读不进来，说出是哪一项', () => {
    const changed = (set: object) => {
      const content = structuredClone(contentOf(shippedContents()[0]));
      const norms = content.chapters.flatMap(({ articles }) => articles.flatMap((article) => article.norms));
      Object.assign(norms.find(({ id }) => id === 'J27b') ?? {}, set);
      return () => catalogueOf(content);
    };
    expect(changed({ limit: { hours: 24 } })).to.throw('期限 reply 有几种说法：5 个工作日；24 小时');
    expect(changed({ limit: { as: 'J27b' } })).to.throw('J27b：期限所依的那一项没有期限，或者绕了一圈');
    const extension = {
      asks: 'extension.applied',
      grants: 'extension.decided',
      grantedBy: 'unit',
      tells: 'J99',
    };
    expect(changed({ extension })).to.throw('延期由 unit 准予');
    expect(changed({ extension })).to.throw('延期依 J99 告知');
    expect(changed({ extension: { asks: 'extension.wanted' } })).to.throw('词汇里没有行为 extension.wanted');
  });
});
