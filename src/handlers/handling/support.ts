/** Supporting units. Each is asked for its part, has its own limit, and answers only to the lead unit. */
import { aList, anInstant, aNumber, aRecord, aText, orNull } from '../../engine/index.js';
import type { JsonObject } from '../../kernel/index.js';
import { unitsNamed } from '../../kernel/unit-name.js';
import { recusedUnits } from '../recusal.js';
import { countOf, listOf, textOf } from '../variables.js';
import { declares } from '../declares.js';

const askSupportProduces = {
  writes: { supportingUnits: aText, supportsAsked: aList(aText), supportsOpen: aList(aText) },
};

/**
 * Asks the supporting units that are not the lead, are not recused and have not been asked already;
 * a unit that has become the lead is released.
 * Writes `supportsAsked` (one repetition of the diagram each), `supportsOpen`, and
 * `supportingUnits` with uniform separators.
 */
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

const recordSupportProduces = { writes: { supportsOpen: aList(aText) } };

/** The unit of this repetition has done its part, or no longer supports. Writes `supportsOpen`. */
export const recordSupport = declares(recordSupportProduces, ({ variables, locals }) => ({
  variables: { supportsOpen: listOf(variables, 'supportsOpen').filter((name) => name !== locals.unit) },
}));

const recordSupportLateProduces = {
  writes: { lateSupports: aList(aRecord({ unit: orNull(aText), round: aNumber, at: anInstant })) },
};

/** The supporting unit's limit passed, which is recorded for that unit, not for the lead. Appends to `lateSupports`. */
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
