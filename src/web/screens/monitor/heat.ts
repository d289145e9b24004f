/** Load per element in four colours, always with a number. */
import type { Output } from '../../api/client.js';
import { length } from '../../time/show.js';
import type { Badge } from '../case/diagram/badge.js';

type Load = Output<'readProcessLoad'>['elements'][number];
export type Measure = 'tasks' | 'time' | 'overdue';

export const measures: readonly { readonly key: Measure; readonly word: string }[] = [
  { key: 'tasks', word: '按件数' },
  { key: 'time', word: '按平均已停时间' },
  { key: 'overdue', word: '按超期率' },
];

/** Share of open tasks with a red card or a higher level, 0 to 1. */
const overdue = ({ red, tasks }: Load): number => (tasks === 0 ? 0 : red / tasks);
export const shareOf = (load: Load): string => `${Math.round(overdue(load) * 100)}%`;

const sizeOf = (load: Load, measure: Measure): number =>
  measure === 'tasks' ? load.tasks : measure === 'time' ? load.meanSeconds : overdue(load);

/** 1 to 4: quarters of the maximum; for rates, quarters of 1. */
export function heatOf(loads: readonly Load[], measure: Measure): { readonly [element: string]: number } {
  const most = measure === 'overdue' ? 1 : Math.max(...loads.map((load) => sizeOf(load, measure)), 1);
  return Object.fromEntries(
    loads
      .filter((load) => sizeOf(load, measure) > 0)
      .map((load) => [load.element, Math.min(4, Math.ceil((sizeOf(load, measure) / most) * 4))]),
  );
}

export function badgesOf(loads: readonly Load[], measure: Measure): readonly Badge[] {
  return loads.flatMap((load): Badge[] => {
    const { element, red, yellow, nearing } = load;
    const told = { tasks: String(load.tasks), time: length(load.meanSeconds * 1000), overdue: shareOf(load) };
    return [
      { element, text: told[measure], kind: 'tokens' },
      ...(red > 0 ? [{ element, text: `■ ${red}`, kind: 'late' } as const] : []),
      ...(yellow > 0 ? [{ element, text: `▲ ${yellow}`, kind: 'flag' } as const] : []),
      ...(nearing > 0 ? [{ element, text: `⚑ ${nearing}`, kind: 'flag' } as const] : []),
    ];
  });
}
