import Table from 'cli-table3';
import { levelNames, type Summary } from '../cases/replay/index.js';
import { lawOf, type Law } from '../kernel/law.js';

export function summaryTable(summary: Summary, bad: number, law: Law): string {
  const share = (count: number): string =>
    summary.cases === 0 ? '–' : `${((100 * count) / summary.cases).toFixed(1)} %`;
  const table = new Table({
    head: ['回放结果', '件数', '占比'],
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [] },
  });
  table.push(['全部', summary.cases, share(summary.cases)]);
  table.push(['按时答复', summary.onTime, share(summary.onTime)]);
  table.push([`超期答复(${lawOf('time-limit', law)})`, summary.late, share(summary.late)]);
  for (const [level, count] of summary.byLevel) {
    const name = level === '无' ? '未触发任何提醒' : `最高到:${levelNames(law).get(level) ?? level}`;
    table.push([name, count, share(count)]);
  }
  for (const [outcome, count] of summary.byOutcome)
    table.push([`结果:${outcome || '(未记)'}`, count, share(count)]);
  if (bad > 0) table.push(['有误而跳过的行', bad, '']);
  return table.toString();
}
