import type { Output } from '../../api/client.js';
import { hasRole } from '../../session/session.js';

/** The selected number. */
export interface OpenedNumber {
  readonly unit: string;
  readonly measure: Output<'readAssessment'>['units'][number]['counts'][number]['measure'];
}

/** From hundredths of a percent. */
export const percent = (rate: number | null): string => (rate === null ? '—' : `${(rate / 100).toFixed(2)}%`);

export const points = (score: number): string => (score / 100).toFixed(2);

export const mayOversee = (): boolean =>
  ['reviewer', 'supervisor', 'assessor', 'inspector', 'auditor'].some(hasRole);
