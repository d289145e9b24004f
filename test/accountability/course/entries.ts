/** Entries of a trail that nobody has lived, one a day of March 2026. */
import { courseOf, type Course, type CourseEntry } from '../../../src/accountability/course/index.js';
import type { Body, Content, Deed } from '../../../src/accountability/events/index.js';
import { rulesOf, shippedCatalogue } from '../../../src/law/regulation/index.js';
import type { JsonObject } from '../../../src/kernel/index.js';

export const shippedWords = rulesOf(shippedCatalogue('2026-01-01'));

export const at = (day: number): Date => new Date(`2026-03-${String(day).padStart(2, '0')}T10:00:00+08:00`);

const recorded = (day: number) => ({ process: 'handling', version: 1, recordedAt: at(day).toISOString() });

/** Readable by whoever reads trails. */
export type Dated = Content & { readonly seq: number };
type Step = Dated & { readonly type: 'task.completed' };
type Fired = Dated & { readonly type: 'timer.fired' };

export const stepOn = (day: number, said: Partial<Body<'task.completed'>>): Step => ({
  ...{ seq: day, at: at(day), type: 'task.completed' },
  body: { ...recorded(day), instance: 1, of: 'task', ...said },
});

export const deedOn = (day: number, name: string, facts: Deed['facts'] & {} = {}): Step =>
  stepOn(day, { deeds: [{ name, facts }] });

export const firedOn = (day: number, of = 'limit'): Fired => ({
  ...{ seq: day, at: at(day), type: 'timer.fired' },
  body: { ...recorded(day), instance: 1, of, clock: 'reply' },
});

export const recomputedOn = (day: number, due: number, of = 'limit'): Dated => ({
  ...{ seq: day, at: at(day), type: 'deadline.recomputed' },
  body: {
    ...{ actor: '管理员', document: '放假安排', recordedAt: at(day).toISOString(), of, instance: 1 },
    ...{ from: at(9).toISOString(), due: at(due).toISOString(), provisional: false },
    derivation: { again: true },
  },
});

export const migratedOn = (
  day: number,
  mapping: Readonly<Record<string, string>>,
  withdrawn: readonly string[] = [],
): Dated => ({
  ...{ seq: day, at: at(day), type: 'case.migrated' },
  body: {
    ...{ actor: '管理员', recordedAt: at(day).toISOString(), process: 'handling', version: 2, instance: 1 },
    ...{ from: 1, migration: 1, mapping, withdrawn },
  },
});

export const theSheetCorrected = (day: number, data: JsonObject): Dated => ({
  ...{ seq: day, at: at(day), type: 'sheet.corrected' },
  body: {
    ...{ actor: '受理员', recordedAt: at(day).toISOString(), data },
    ...{ fields: Object.keys(data), provisions: [] },
  },
});

export const afterOf = (...trail: readonly CourseEntry[]): Course => courseOf(trail, shippedWords);
