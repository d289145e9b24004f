/** Fields of the registration and of the step behind a way of handling: which are asked, and their initial values. */
import type { Output } from '../../api/shapes.js';
import { asksOf } from '../../law/page-law.js';

export type IntakeForm = Output<'readIntakeForm'>;
export type Field = IntakeForm['register'][number];

/** Fields of the step behind the way; empty if the sheet's page asks later. */
export const stepOf = (way: string, form: IntakeForm | undefined): readonly Field[] =>
  ['answer', 'unit', 'channel'].includes(asksOf(way) ?? '')
    ? (form?.ways.find((one) => one.way === way)?.fields ?? [])
    : [];

/** Fields that have their own parts in the form: whom it accuses, which other channel. */
const asked = ['accusation', 'accusedUnit', 'accusedNone', 'channelName', 'channelInfo'];

export const askedHere = (fields: readonly Field[]): readonly Field[] =>
  fields.filter(({ key, presumed }) => presumed === undefined && !asked.includes(key));

/** Presumed answers in words, which are recorded without asking. */
export const presumedIn = (fields: readonly Field[]): readonly string[] =>
  fields.flatMap(({ label, presumed, options }) =>
    presumed === undefined
      ? []
      : [
          `${label} ${options.find(({ value }) => value === presumed)?.label ?? (presumed === 'true' ? '是' : '否')}`,
        ],
  );
