import { aNumber, anInstant, aRecord, aText, oneOf, orNull } from '../../engine/index.js';

/** A unit's objection to a figure, as the run stores it. */
export const anObjection = aRecord({
  number: aNumber,
  unit: aText,
  measure: aText,
  ground: orNull(aText),
  at: anInstant,
  result: orNull(oneOf('upheld', 'rejected')),
  decidedAt: orNull(anInstant),
  reason: orNull(aText),
  corrected: orNull(aRecord({ met: aNumber, of: aNumber })),
});
