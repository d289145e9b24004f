import { aList, aNumber } from '../../engine/index.js';
import { listOf, textOf } from '../variables.js';
import { openObjections } from './apply-objection.js';
import { anObjection } from './objections.js';
import { declares } from '../declares.js';

const produces = { writes: { objections: aList(anObjection), openObjections: aNumber } };

/**
 * A unit objects to a figure. Appends the message to `objections` with a number of its own, since
 * several may be open at a time. Its grounds are sealed; their digest is stored with it.
 */
export const registerObjection = declares(produces, ({ variables, now }) => {
  const before = listOf(variables, 'objections');
  const objection = {
    number: before.length + 1,
    unit: textOf(variables, 'objectionUnit') ?? '',
    measure: textOf(variables, 'objectionMeasure') ?? '',
    ground: textOf(variables, 'objectionGround') ?? null,
    at: now.toISOString(),
    result: null,
    decidedAt: null,
  };
  const objections = [...before, objection];
  return { variables: { objections, openObjections: openObjections(objections) } };
});
