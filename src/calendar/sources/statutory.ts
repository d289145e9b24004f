/**
 * Statutory holidays of a year whose schedule is not published: these days are certainly off, but
 * moved days are unknown.
 */
import { z } from 'zod';
import { isCivilDate } from '../../kernel/civil-date.js';
import type { CalendarSource } from '../source.js';

const shape = z.object({
  title: z.string(),
  days: z.array(z.object({ date: z.string().refine(isCivilDate), name: z.string() })),
});

/** @throws a zod error: the shipped file is wrong, a fault of the build */
export function readStatutoryDays(text: string): CalendarSource {
  const { title, days } = shape.parse(JSON.parse(text));
  return {
    kind: 'statutory',
    title: `《${title}》`,
    years: new Set(),
    days: new Map(days.map(({ date, name }) => [date, { working: false, name }])),
  };
}
