import type { Output } from '../../api/client.js';

type Trail = Output<'readWorkOrder'>['trail'];

/** The unit to which the sheet was assigned last. */
export function unitOf(trail: Trail): string | undefined {
  for (const { body } of [...trail].reverse()) {
    const { assignments } = (body['computed'] ?? {}) as { assignments?: readonly { unit: string }[] };
    const unit = assignments?.at(-1)?.unit;
    if (unit !== undefined) return unit;
  }
  return undefined;
}
