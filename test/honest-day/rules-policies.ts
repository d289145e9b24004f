/** Policies: proposed, approved, refused, taken back; cases begun before and after. */
import { completeOnly, dispatched } from '../http/serving.js';
import type { Day } from './day.js';
import { callAs, dateIn, hour, type Keeper } from './rules-office.js';

type Decision = 'approve' | 'reject' | 'withdraw';

async function decided(
  day: Day,
  [key, value]: readonly [string, string],
  decision: Decision,
  document?: string,
): Promise<void> {
  const body = { value, effectiveOn: dateIn(day, 1), reason: '督办从快', ...(document ? { document } : {}) };
  const { id } = (await callAs(day, 'editor', 'proposePolicy', { params: { key }, body })) as {
    readonly id: number;
  };
  const who: Keeper = decision === 'withdraw' ? 'editor' : 'one';
  await callAs(day, who, 'rulePolicy', { params: { id }, body: { decision, reason: '会上定的' } });
}

export async function policies(day: Day): Promise<void> {
  const { url } = day.served;
  await dispatched(url);
  await decided(day, ['supervisionLimit', 'P2D'], 'approve', '规则试发〔2026〕1号');
  await decided(day, ['replyStart', 'receipt'], 'approve');
  await decided(day, ['firstDay', 'counted'], 'approve');
  await decided(day, ['supervisionLimit', 'P1D'], 'reject', '规则试发〔2026〕2号');
  await decided(day, ['supervisionLimit', 'P4D'], 'withdraw');
  await day.work();
  day.later(24 * hour);
  await day.restart();
  await completeOnly(url, await dispatched(url), { receipt: 'accept' }, '经办人');
  await dispatched(url);
  await day.work();
  for (const standing of [
    ['supervisionLimit', 'P3D'],
    ['replyStart', 'dispatch'],
    ['firstDay', 'not-counted'],
  ] as const)
    await decided(day, standing, 'approve');
  day.later(24 * hour);
  await dispatched(url);
  await day.work();
}
