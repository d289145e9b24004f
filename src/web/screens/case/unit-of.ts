import type { Output } from '../../api/client.js';

/** The unit that a task repeated for several units is of; null for any other. */
export function unitOf({ locals }: Pick<Output<'readWorkOrder'>['tasks'][number], 'locals'>): string | null {
  const unit: unknown = locals?.['unit'];
  return typeof unit === 'string' ? unit : null;
}
