/** Limits and extensions of the law on the real engine: conditions, a range that a deed chooses, extensions refused. */
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
import type { LimitRule } from '../../../src/kernel/limit.js';
import { shippedCatalogue, shippedLaw } from '../../../src/law/regulation/index.js';
import { shippedSources } from '../../support/case-runner.js';

const catalogue = shippedCatalogue('2026-01-01');
const theLaw = shippedLaw('2026-01-01');
const day = (date: string): string => `2026-03-${date}+08:00`;

/** Handing over also says within how many days. */
const sources = shippedSources().map((source) =>
  source.replace(
    '<duty:fact name="basis" value="= dispatchBasis"/>',
    '<duty:fact name="basis" value="= dispatchBasis"/><duty:fact name="days" value="= 4"/>',
  ),
);

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
