/** Supporting units. Each is asked for its part, has its own limit, and answers only to the lead unit. */
import { aList, anInstant, aNumber, aRecord, aText, orNull } from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { unitsNamed } from '../../kernel/unit-name.js';
import { ofRecused, recusedUnits } from '../recusal.js';
import { countOf, listOf, textOf } from '../variables.js';
import { declares } from '../declares.js';

const askSupportProduces = {
  does: '请协办单位各办各的：主办单位、应当回避的、已经请过的除外。`supportsAsked` 供环节逐个重复。',
  reads: `unit supportingUnits supportsOpen ${ofRecused}`,
  writes: { supportingUnits: aText, supportsAsked: aList(aText), supportsOpen: aList(aText) },
};

export const askSupport = declares(askSupportProduces, ({ variables }) => {
  const lead = unitsNamed(variables.unit);
  const without = new Set([...lead, ...recusedUnits(variables)]);
  const supporting = [...new Set(unitsNamed(variables.supportingUnits))].filter((name) => !without.has(name));
  const open = withoutLead(variables, lead);
  const asked = supporting.filter((name) => !open.includes(name));
  return {
    variables: {
      ...(textOf(variables, 'supportingUnits') === undefined
        ? {}
        : { supportingUnits: supporting.join('、') }),
      supportsAsked: asked,
      supportsOpen: [...open, ...asked],
    },
  };
});

/** The unit that gets the sheet owes no support to itself. Writes `supportingUnits`, `supportsOpen`. */
export function leadSupportsNobody(variables: JsonObject): JsonObject {
  const lead = unitsNamed(variables.unit);
  const supporting = unitsNamed(variables.supportingUnits);
  if (!supporting.some((name) => lead.includes(name))) return {};
  return {
    supportingUnits: supporting.filter((name) => !lead.includes(name)).join('、'),
    supportsOpen: withoutLead(variables, lead),
  };
}

const withoutLead = (variables: JsonObject, lead: readonly string[]) =>
  listOf(variables, 'supportsOpen').filter((name) => typeof name !== 'string' || !lead.includes(name));

const recordSupportProduces = {
  does: '本次重复的单位（`unit`）配合过了，或者不再协办。',
  reads: 'supportsOpen unit',
  writes: { supportsOpen: aList(aText) },
};

export const recordSupport = declares(recordSupportProduces, ({ variables, locals }) => ({
  variables: { supportsOpen: listOf(variables, 'supportsOpen').filter((name) => name !== locals.unit) },
}));

const recordSupportLateProduces = {
  does: '本次重复的单位（`unit`）配合逾期，记在它名下，不记主办单位的。',
  reads: 'lateSupports round unit',
  writes: { lateSupports: aList(aRecord({ unit: orNull(aText), round: aNumber, at: anInstant })) },
};

export const recordSupportLate = declares(recordSupportLateProduces, ({ variables, locals, now }) => ({
  variables: {
    lateSupports: [
      ...listOf(variables, 'lateSupports'),
      {
        unit: locals.unit ?? null,
        round: Math.max(1, countOf(variables, 'round')),
        at: now.toISOString(),
      },
    ],
  },
}));
