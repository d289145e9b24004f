/** The law on the real engine: limits with conditions, a range that a deed chooses, extensions and demands refused. */
import { expect } from 'chai';
import {
  rehearse,
  scriptOf,
  shippedStage,
  type RehearsedLine,
  type Stage,
} from '../../../src/design/rehearsal/index.js';
import { withPolicies } from '../../../src/design/rehearsal/stage.js';
import type { Law } from '../../../src/kernel/law.js';
import { limitsOf } from '../../../src/kernel/law-of-content.js';
import type { LimitRule } from '../../../src/kernel/limit.js';
import { shippedCatalogue, shippedLaw } from '../../../src/law/regulation/index.js';
import { shippedSources } from '../../support/case-runner.js';

const catalogue = shippedCatalogue('2026-01-01');
const theLaw = shippedLaw('2026-01-01');
const day = (date: string): string => `2026-03-${date}+08:00`;

/** A deed says something more. */
const saying = (sources: readonly string[], deed: string, fact: string, value: string): readonly string[] =>
  sources.map((source) =>
    source.replace(`<duty:deed name="${deed}">`, `$&<duty:fact name="${fact}" value="= ${value}"/>`),
  );

const sources = saying(shippedSources(), 'dispatch.decided', 'days', '4');

const under = async (reply: LimitRule, extension?: object): Promise<Stage> => {
  const extensions = extension
    ? { reply: { asks: 'extension.applied', provision: 'art24.p1', ...extension } }
    : {};
  const law: Law = { ...theLaw, limits: { ...theLaw.limits, reply }, extensions };
  return withPolicies(await shippedStage(sources, law), { extensionAllowed: 'true' });
};

const lived = (stage: Stage, kind: string, ...steps: readonly object[]): readonly RehearsedLine[] => {
  const known = { channel: 'phone', wishesReply: true, confidential: false, conduct: 'orderly' };
  return rehearse(
    stage,
    catalogue,
    scriptOf({
      start: { at: day('02T09:00:00') },
      steps: [
        { at: day('02T09:05:00'), do: 'matter.registered', by: 'intake', with: { ...known, kind } },
        { at: day('02T09:06:00'), do: 'way-out.chosen', with: { way: 'dispatch' } },
        { at: day('02T10:00:00'), do: 'dispatch.decided', with: { to: '市水务局', basis: 'duty' } },
        { at: day('02T11:00:00'), do: 'matter.received' },
        ...steps,
      ],
    }),
  );
};

const due = (lines: readonly RehearsedLine[]): string | null | undefined =>
  lines.at(-1)?.duties.find(({ norm }) => norm === 'J27')?.due;

describe('条例的期限、延期在真实的引擎上', () => {
  const byKind: LimitRule = [
    { when: { deed: 'matter.registered', facts: { kind: 'consultation' } }, days: 2, of: 'working' },
    { days: 5, of: 'working' },
  ];
  const range: LimitRule = {
    ...{ days: [3, 5], of: 'working' },
    chosen: { deed: 'dispatch.decided', fact: 'days' },
  };
  const five: LimitRule = { days: 5, of: 'working' };
  const apply = (at: string, days: number): object => ({
    ...{ at: day(at), do: 'extension.applied' },
    with: { extensionGround: '特别复杂', extensionWanted: days },
  });
  const grant = (at: string, days: number): object => ({
    ...{ at: day(at), do: 'extension.decided' },
    with: { decision: 'grant', extensionDays: days, extensionReason: '属实' },
  });

  it('有条件的：咨询两个工作日，其余五个；登记先于起算', async () => {
    const stage = await under(byKind);
    expect(due(lived(stage, 'consultation'))).to.equal(day('05T00:00:00'));
    expect(due(lived(stage, 'help'))).to.equal(day('10T00:00:00'));
  });

  it('范围：依转办时选的；延期以后长短仍是起算时的', async () => {
    expect(due(lived(await under(range), 'help'))).to.equal(day('07T00:00:00'));
    const unchosen = { ...range, chosen: { deed: 'dispatch.decided', fact: 'none' } };
    expect(due(lived(await under(unchosen), 'help'))).to.equal(day('06T00:00:00'));
    const longer = lived(await under(range), 'help', apply('03T09:00:00', 2), grant('03T10:00:00', 2));
    expect(longer.at(-1)?.refused).to.equal(null);
    expect(due(longer)).to.equal(day('11T00:00:00'));
  });

  it('例外成立以前依原来的长短，成立以后依例外的，重新起算的也是；已经届满的不再改', async () => {
    const norms = [
      { id: 'J27', limit: five, duty: { clock: 'reply' } },
      {
        ...{ id: 'J29', exceptionOf: ['J27'], when: { deed: 'extension.applied' }, duty: { clock: 'reply' } },
        limit: { days: 10, of: 'working' as const },
      },
    ];
    const excepted = limitsOf(norms, [])['reply'] ?? five;
    const stage = await under(excepted);
    expect(due(lived(stage, 'help'))).to.equal(day('10T00:00:00'));
    expect(due(lived(stage, 'help', apply('04T09:00:00', 2)))).to.equal(day('17T00:00:00'));
    const late = lived(stage, 'help', apply('10T09:00:00', 2)).at(-1);
    expect(late?.duties.find(({ norm }) => norm === 'J27')).to.include({ due: day('10T00:00:00') });
    const same = [norms[0] ?? {}, { ...norms[1], limit: { as: 'J27' } }];
    expect(limitsOf(same, [])).to.deep.equal({ reply: five });
  });

  it('延期：届满以后申请的、次数用尽的、超过总的期限的，拒绝，写明条文', async () => {
    const asked = await under(five, { asked: 'before-due' });
    const late = lived(asked, 'help', apply('10T09:00:00', 2)).at(-1);
    expect(late?.refused).to.equal('clock.invalid');
    expect(late?.why).to.include('第二十四条第一款').and.to.include('届满以前申请');
    expect(lived(asked, 'help', apply('09T09:00:00', 2)).at(-1)?.refused).to.equal(null);

    const once = await under(five, { times: 1 });
    const again = lived(
      once,
      'help',
      apply('03T09:00:00', 2),
      grant('03T10:00:00', 2),
      apply('04T09:00:00', 1),
    );
    expect(again.map(({ refused }) => refused)).to.deep.equal([
      ...Array<null>(6).fill(null),
      'clock.invalid',
    ]);
    expect(again.at(-1)?.why).to.include('只能延期 1 次');

    const most = await under(five, { inAll: { days: 8, of: 'working' } });
    const far = lived(most, 'help', apply('03T09:00:00', 4), grant('03T10:00:00', 4)).at(-1);
    expect(far?.why).to.include('超过了总的期限');
    expect(lived(most, 'help', apply('03T09:00:00', 3), grant('03T10:00:00', 3)).at(-1)?.refused).to.equal(
      null,
    );

    const short = await under(five, { days: 2 });
    const big = lived(short, 'help', apply('03T09:00:00', 3), grant('03T10:00:00', 3)).at(-1);
    expect(big?.why).to.include('一次最多延长 2 个工作日');
  });
});

describe('谁有权要求：别人接续了的，原来的人不再能要求（第十六条）', () => {
  const successor = saying(sources, 'dispatch.decided', 'by', '&quot;女儿&quot;');
  const demanding = async (moved: string, by: string | null): Promise<RehearsedLine | undefined> => {
    const moves = [{ when: { deed: moved, facts: {} }, to: { fact: 'by' } }];
    const party = { key: 'claimant', title: '来电人', first: 'caller', moves };
    const claims = [{ deed: 'explanation.asked', norm: 'J21a', provision: 'art16', party }];
    const drawn = by === null ? successor : saying(successor, 'explanation.asked', 'by', `&quot;${by}&quot;`);
    const stage = await shippedStage(drawn, { ...theLaw, claims });
    return lived(stage, 'help', { at: day('11T09:00:00'), do: 'explanation.asked' }).at(-1);
  };

  it('接续以后，接续的人、没有写明是谁的可以，原来的人不可以', async () => {
    expect((await demanding('dispatch.decided', '女儿'))?.refused).to.equal(null);
    expect((await demanding('dispatch.decided', null))?.refused).to.equal(null);
    const former = await demanding('dispatch.decided', 'caller');
    expect(former?.refused).to.equal('deed.forbidden');
    expect(former?.why).to.include('依第十六条，只有现在的来电人有权要求');
    expect(former?.duties.some(({ norm }) => norm === 'J21a')).to.equal(false);
  });

  it('没有人接续的，只有来电人可以', async () => {
    expect((await demanding('matter.closed', 'caller'))?.refused).to.equal(null);
    expect((await demanding('matter.closed', '女儿'))?.refused).to.equal('deed.forbidden');
  });
});
