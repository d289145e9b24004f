/**
 * The content of a correction's entry: old and new values, in plain text where no person wrote the
 * words, otherwise sealed.
 */
import { seal, type Json, type JsonObject, type Seal } from '../../kernel/index.js';
import {
  correctableFields,
  kindOfField,
  type CorrectableField,
  type Corrections,
  type KeptSheet,
} from '../../sheet/index.js';
import type { CorrectedAnswers } from './corrected-answers.js';
import { placeTexts } from './corrected-place.js';

export const fieldsOf = (changes: Corrections): readonly CorrectableField[] =>
  correctableFields.filter((field) => changes[field] !== undefined);

/** The unsealed part of the entry: names of the fields, and the values that no person wrote. */
export function plainly(
  before: KeptSheet,
  standing: KeptSheet,
  changes: Corrections,
  { anew, was }: { readonly anew: CorrectedAnswers; readonly was: JsonObject },
): JsonObject {
  const fields = fieldsOf(changes);
  const answered = Object.keys(anew.variables);
  const written = answered.filter((key) => !anew.sealed.some(({ name }) => name === key));
  const plain = fields.filter((field) => kindOfField(field).kept === 'plain');
  const of = (valueOf: (field: CorrectableField) => Corrections[CorrectableField]): JsonObject =>
    Object.fromEntries(plain.map((field): [string, Json] => [field, plainValue(valueOf(field))]));
  const from = of((field) => (changes[field] === standing[field] ? before : standing)[field]);
  const sides = {
    from: { ...from, ...Object.fromEntries(written.map((key) => [key, was[key] ?? null])) },
    to: {
      ...of((field) => changes[field]),
      ...Object.fromEntries(written.map((key) => [key, anew.variables[key] ?? null])),
    },
  };
  return {
    fields: [...fields, ...answered],
    ...(plain.length + written.length > 0 ? sides : {}),
  };
}

/** The value of a field that no person writes. */
export const plainValue = (value: Corrections[CorrectableField]): Json =>
  typeof value === 'string' || typeof value === 'boolean' ? value : null;

export function sealedTexts(
  before: KeptSheet,
  changes: Corrections,
  anew: CorrectedAnswers,
): readonly Seal[] {
  const texts = fieldsOf(changes)
    .filter((field) => kindOfField(field).kept === 'sealed')
    .flatMap((field) => {
      const sides = [
        ['from', before[field]],
        ['to', changes[field]],
      ] as const;
      return sides.flatMap(([side, value]) =>
        typeof value === 'string' ? [seal(`${field}.${side}`, value)] : [],
      );
    });
  return [
    ...texts,
    ...placeTexts(before, changes),
    ...anew.sealed.map((one) => ({ ...one, name: `${one.name}.to` })),
  ];
}
