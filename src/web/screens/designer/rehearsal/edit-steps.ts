/**
 * A scenario's steps as an officer edits them; every function returns an edited list. Instants are
 * ISO 8601 at +08:00.
 */
import type { Input, Output } from '../../../api/shapes.js';

type Request = NonNullable<Input<'rehearse'>['body']>;
type Act = Request['acts'][number];
type Facts = NonNullable<Extract<Act, { complete: string }>['with']>;
type Field = Output<'rehearse'>['tasks'][number]['form'][number];
/** Where the step is done: the task, its form, and the form field for each fact of the deed. */
export type Place = Pick<Output<'rehearse'>['steps'][number], 'name' | 'roleName' | 'form' | 'fields'>;

export interface EditedStep {
  readonly act: Act;
  /** The recorded text; empty once the step is edited, because it may be outdated. */
  readonly text: string;
  /** Place in the last run; undefined while the step has not been reached. */
  readonly place?: Place | undefined;
}

export interface EditedScenario {
  readonly begin: Request['begin'];
  readonly steps: readonly EditedStep[];
}

const shanghai = (milliseconds: number): string =>
  `${new Date(milliseconds + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;

/** @param milliseconds to add to the instant */
export const later = (instant: string, milliseconds: number): string =>
  shanghai(Date.parse(instant) + milliseconds);

const ownInstant = (act: Act): string | undefined => {
  if ('expect' in act) return undefined;
  return 'clock' in act ? act.clock : act.at;
};

const atInstant = (act: Act, instant: string): Act => {
  if ('expect' in act) return act;
  return 'clock' in act ? { clock: instant } : { ...act, at: instant };
};

/** Instant of each step; a step without one takes the previous step's. */
export function instantsOf({ begin, steps }: EditedScenario): readonly string[] {
  let now = begin.at;
  return steps.map(({ act }) => (now = ownInstant(act) ?? now));
}

const changed = (
  { begin, steps }: EditedScenario,
  index: number,
  change: (step: EditedStep) => EditedStep,
): EditedScenario => ({ begin, steps: steps.map((step, at) => (at === index ? change(step) : step)) });

export const without = ({ begin, steps }: EditedScenario, index: number): EditedScenario => ({
  begin,
  steps: steps.filter((_step, at) => at !== index),
});

/** Inserts before the step at the index. */
export const inserted = (
  { begin, steps }: EditedScenario,
  index: number,
  step: EditedStep,
): EditedScenario => ({ begin, steps: steps.toSpliced(index, 0, step) });

/** Inserts a wait of this length; later steps move by the same length. */
export function waited(edited: EditedScenario, index: number, milliseconds: number): EditedScenario {
  const before = index === 0 ? edited.begin.at : (instantsOf(edited)[index - 1] ?? edited.begin.at);
  const clock = later(before, milliseconds);
  return inserted(shifted(edited, index, milliseconds), index, { act: { clock }, text: '' });
}

/**
 * @param index of the step; -1 is the beginning
 * @param onward moves all later steps as well, so that the intervals between them stay
 */
export function movedTo(
  edited: EditedScenario,
  index: number,
  instant: string,
  { onward }: { readonly onward: boolean },
): EditedScenario {
  const was = index < 0 ? edited.begin.at : instantsOf(edited)[index];
  const moved =
    index < 0
      ? { ...edited, begin: { ...edited.begin, at: instant } }
      : changed(edited, index, ({ act, place }) => ({ act: atInstant(act, instant), text: '', place }));
  return onward && was !== undefined
    ? shifted(moved, index + 1, Date.parse(instant) - Date.parse(was))
    : moved;
}

function shifted({ begin, steps }: EditedScenario, from: number, milliseconds: number): EditedScenario {
  return {
    begin,
    steps: steps.map((step, index) => {
      const own = ownInstant(step.act);
      if (index < from || own === undefined) return step;
      return { ...step, act: atInstant(step.act, later(own, milliseconds)), text: '' };
    }),
  };
}

/** Takes the actual results as expectations. */
export const settled = (
  edited: EditedScenario,
  index: number,
  came: { readonly [what: string]: unknown },
): EditedScenario =>
  changed(edited, index, ({ text, act }) =>
    'expect' in act ? { text, act: { expect: came } } : { text, act },
  );

/** The step's name for the fact that the field asks for. */
const factOf = (place: Place, facts: Facts, { key }: Field): string =>
  Object.entries(place.fields).find(([fact, said]) => said === key && fact in facts)?.[0] ?? key;

const factsOf = (act: Act): Facts => ('with' in act ? (act.with ?? {}) : {});

/**
 * Fields that can be edited one by one. Sealed ones decide nothing, and any unit's name is
 * accepted; a list or a whole document cannot be a field's value.
 */
export function fieldsOf({ act, place }: EditedStep): readonly Field[] {
  if (!place) return [];
  const facts = factsOf(act);
  return place.form
    .filter((field) => field.type !== 'longText' && typeof facts[factOf(place, facts, field)] !== 'object')
    .map((field) => (/^units?$/.test(field.type) ? { ...field, type: 'text' } : field));
}

/** Filled-in values by form key. */
export function valuesOf(step: EditedStep): { [key: string]: string | undefined } {
  const { place } = step;
  const facts = factsOf(step.act);
  return Object.fromEntries(
    fieldsOf(step).map((field) => {
      const value = place && facts[factOf(place, facts, field)];
      return [field.key, value === undefined || value === null ? undefined : String(value)];
    }),
  );
}

/** @param answers by form key; a field that is left out is cleared */
export function answered(edited: EditedScenario, index: number, answers: Facts): EditedScenario {
  return changed(edited, index, (step) => {
    const { act, place } = step;
    if (!place || 'expect' in act || 'clock' in act) return step;
    const before = factsOf(act);
    const names = new Map(fieldsOf(step).map((field) => [field.key, factOf(place, before, field)]));
    const asked = new Set(names.values());
    const kept = Object.entries(before).filter(([name]) => !asked.has(name));
    const given = Object.entries(answers).map(([key, value]) => [names.get(key) ?? key, value] as const);
    return { act: { ...act, with: Object.fromEntries([...kept, ...given]) }, text: '', place };
  });
}

/** Stores where the steps were done. */
export const placed = (
  { begin, steps }: EditedScenario,
  places: readonly (Place & { readonly act: number })[],
): EditedScenario => ({
  begin,
  steps: steps.map((step, index) => {
    const place = places.find(({ act }) => act === index);
    return place ? { ...step, place } : step;
  }),
});

/** The first step that fails, and why; undefined if all pass. -1 is the beginning. */
export function brokenAt({
  refused,
  expectations,
}: Pick<Output<'rehearse'>, 'refused' | 'expectations'>):
  { readonly step: number; readonly why: readonly string[] } | undefined {
  const unmet = expectations.find((one) => one.unmet.length > 0);
  if (unmet && (refused === null || unmet.act < refused.act)) return { step: unmet.act, why: unmet.unmet };
  if (refused === null) return undefined;
  const remedy = refused.remedy === null ? [] : [`办法：${refused.remedy}`];
  return { step: refused.act, why: [refused.message, ...remedy] };
}
