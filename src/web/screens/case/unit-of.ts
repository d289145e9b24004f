import type { Output } from '../../api/client.js';

type Trail = Output<'readWorkOrder'>['trail'];

/** The unit the sheet is assigned to. */
export function unitOf(trail: Trail): string | undefined {
  for (const { body } of [...trail].reverse()) {
    const { assignments } = (body['computed'] ?? {}) as { assignments?: readonly { unit: string }[] };
    const unit = assignments?.at(-1)?.unit;
    if (unit !== undefined) return unit;
  }
  return undefined;
}
