/** A limit counted anew while it is paused goes on when it is resumed, with the new law's length. */
import { expect } from 'chai';
import { createDueDates, defaultCalendar } from '../../../src/calendar/index.js';
import { adjusted, recounting } from '../../../src/engine/execution/clocks.js';

const at = (text: string): Date => new Date(`${text}+08:00`);
const policies = { version: 1, value: () => undefined };

describe('依新版重新计算的期限', () => {
  const due = createDueDates({ calendar: defaultCalendar() });
  const three = { kind: 'duration', text: 'P3D', unit: 'working-days', edge: 'end' } as const;
  const from = at('2026-03-02T10:00:00');

  it('暂停着的，恢复以后照新的长短往下算；暂停的日子不计', () => {
    const paused = adjusted(
      [],
      { act: 'pause', limit: 'reply', reason: '等鉴定' },
      at('2026-03-03T10:00:00'),
    );
    const counted = recounting(paused, at('2026-03-04T00:00:00'));
    expect(counted.map(({ kind }) => kind)).to.deep.equal(['recount', 'pause']);
    expect(due.due(three, from, { policies, adjustments: counted }).paused).to.equal(true);
    const resumed = adjusted(counted, { act: 'resume', limit: 'reply' }, at('2026-03-05T10:00:00'));
    // 3, 4 March are paused at the end of the day; 5, 6 and 9 March count.
    expect(due.due(three, from, { policies, adjustments: resumed }).at).to.deep.equal(
      at('2026-03-10T00:00:00'),
    );
  });

  it('算下来已经过去的，到重新计算的那一天 24:00', () => {
    const counted = recounting([], at('2026-03-09T00:00:00'));
    expect(due.due(three, from, { policies, adjustments: counted }).at).to.deep.equal(
      at('2026-03-10T00:00:00'),
    );
  });
});
