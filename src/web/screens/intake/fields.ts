/** Fields of the registration and of the step that a way of handling leads to: which are asked, and how they begin. */
import type { Output } from '../../api/shapes.js';
import { asksOf } from '../../law/page-law.js';

export type IntakeForm = Output<'readIntakeForm'>;
export type Field = IntakeForm['register'][number];

/** Of the step that the way leads to; none of one that the sheet's page asks later. */
export const stepOf = (way: string, form: IntakeForm | undefined): readonly Field[] =>
  ['answer', 'unit', 'channel'].includes(asksOf(way) ?? '')
    ? (form?.ways.find((one) => one.way === way)?.fields ?? [])
    : [];

/** What the form's own parts ask: whom it accuses, which other channel. */
const asked = ['accusation', 'accusedUnit', 'accusedNone', 'channelName', 'channelInfo'];

export const askedHere = (fields: readonly Field[]): readonly Field[] =>
  fields.filter(({ key, presumed }) => presumed === undefined && !asked.includes(key));

/** What is recorded unasked, in words. */
export const presumedIn = (fields: readonly Field[]): readonly string[] =>
  fields.flatMap(({ label, presumed, options }) =>
    presumed === undefined
      ? []
      : [
          `${label} ${options.find(({ value }) => value === presumed)?.label ?? (presumed === 'true' ? '是' : '否')}`,
        ],
  );
