import type { Handler } from '../../engine/index.js';
import { listOf, textOf } from '../variables.js';
import { openObjections } from './apply-objection.js';

/**
 * A unit objects to a figure. Appends the message to `objections` with a number of its own: several may be
 * open at a time. Its grounds are sealed; their digest stays with it.
 */
export const registerObjection: Handler = ({ variables, now }) => {
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
};
