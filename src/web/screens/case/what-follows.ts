/** After an act: the next step and until when, or that nothing follows. */
import type { Output } from '../../api/client.js';
import { now } from '../../time/clock.js';
import { limit, short } from '../../time/show.js';

type Order = Output<'readWorkOrder'>;

export function whatFollows({
  state,
  tasks,
  deadlines,
}: Pick<Order, 'state' | 'tasks' | 'deadlines'>): string[] {
  if (state === 'ended') return ['本工单办结'];
  const nearest = deadlines.find((one) => one.limit && one.due !== null) ?? deadlines[0];
  return [
    ...(tasks.length > 0 ? [`下一步 ${[...new Set(tasks.map(({ name }) => name))].join('、')}`] : []),
    ...(nearest?.due ? [`${short(limit(nearest.due, nearest.dueDate ?? undefined), now.value)} 前`] : []),
  ];
}
