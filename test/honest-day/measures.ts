/** Months are lived through, counted, assessed and published, and audited. */
import { periodOfAct } from '../../src/measures/assessment/index.js';
import type { Day } from './day.js';
import { exported, comparedRoots, printedRoot, shared } from './measures-audit.js';
import { casesAfterwards, casesOfMonth } from './measures-cases.js';
import { exclusions } from './measures-exclusions.js';
import { firstMethod, laterMethods } from './measures-method.js';
import { monthEnds, rectified, resultsConfirmed } from './measures-month.js';
import { correctedAgain, published, publishedWithCases } from './measures-publications.js';
import { radar } from './measures-radar.js';
import { warnings } from './measures-warnings.js';

const periodNow = (day: Day) => periodOfAct(day.served.system.clock.now());

export async function measures(day: Day): Promise<void> {
  const root = await printedRoot(day);
  const month = periodNow(day);
  await firstMethod(day, month);
  const lived = await casesOfMonth(day);
  await exclusions(day, month);
  await monthEnds(day, month);
  await day.restart();
  await casesAfterwards(day, lived);

  const [one, two, three] = lived.closed.map(({ sheet }) => sheet.no);
  const cases = [one ?? '', two ?? ''];
  const rewritten = [{ no: three, title: '次日恢复', text: '第二天上午恢复供水。' }];
  await publishedWithCases(day, month, 'intake', '热公〔2026〕1号', cases);
  await resultsConfirmed(day, month);
  await published(day, month, 'circular', '考通〔2026〕1号');
  await publishedWithCases(day, month, 'public', '热公〔2026〕2号', cases);
  for (const kind of ['intake', 'public', 'circular'] as const)
    await correctedAgain(day, month, kind, ['热更〔2026〕1号', '热更〔2026〕2号'], rewritten);

  const next = periodNow(day);
  await laterMethods(day, periodOfAct(new Date(day.served.system.clock.now().getTime() + 31 * 86_400_000)));
  await rectified(day, month);
  await radar(day);
  await warnings(day);
  await monthEnds(day, next);
  await published(day, next, 'intake', '热公〔2026〕3号');
  await shared(day, next);
  await comparedRoots(day, root);
  await exported(day, { from: `${month}-01`, to: `${next}-20`, no: one ?? '' });
}
