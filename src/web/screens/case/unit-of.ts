import type { Output } from '../../api/client.js';

/** The unit of a task that is repeated for several units; null for any other task. */
export function unitOf({ locals }: Pick<Output<'readWorkOrder'>['tasks'][number], 'locals'>): string | null {
  const unit: unknown = locals?.['unit'];
  return typeof unit === 'string' ? unit : null;
}
