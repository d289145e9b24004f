import type { Output } from '../../api/client.js';

export type Dataset = Output<'readSharedCatalogue'>['classes'][number]['key'];

export interface Cell {
  readonly district: string;
  readonly area: string;
  readonly areaName: string;
  readonly count: number;
}

/** `2026-02` → `2026-02-28`. */
export function lastDay(period: string): string {
  const [year = 0, month = 0] = period.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** Darker for more; the number is shown as well. */
export const shade = (count: number, most: number): string =>
  `color-mix(in srgb, var(--brand) ${Math.round((45 * count) / Math.max(1, most))}%, white)`;
