import { aList, aNumber } from '../../engine/index.js';
import { listOf, textOf } from '../variables.js';
import { openObjections } from './apply-objection.js';
import { anObjection } from './objections.js';
import { declares } from '../declares.js';

const produces = {
  does: '登记单位的一项异议，编一个号：同时可以有几项。',
  reads: 'objections objectionUnit objectionMeasure objectionGround',
  writes: { objections: aList(anObjection), openObjections: aNumber },
};

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
