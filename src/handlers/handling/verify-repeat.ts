import { aTruth, oneOf } from '../../engine/index.js';
import type { Law } from '../../kernel/law.js';
import { repeatProvision, repeatProvisions } from '../acceptance/link-repeat.js';
import { textOf } from '../variables.js';
import { declares } from '../declares.js';

const produces = (law: Law) => ({
  does: '只有重复提出的可以不再办理：受理时关联过的，或者单位写明原工单（`earlierSheet`、`earlierResult`）的。政策 `noFurtherRead` 要求收阅的写 `statementToBeRead`。',
  reads: 'repeatOf earlierSheet earlierResult',
  policies: 'noFurtherRead',
  writes: { repeatOf: oneOf(...repeatProvisions(law)), statementToBeRead: aTruth },
  errors: { 'not-a-repeat': '没有关联过，也没有写明原工单和它的结果' },
});

export const verifyRepeat = declares(produces, ({ variables, policies, laws }) => {
  const read = policies.value('noFurtherRead') === 'acknowledge' ? { statementToBeRead: true } : {};
  if (textOf(variables, 'repeatOf') !== undefined) return { variables: read };
  const isNamed = textOf(variables, 'earlierSheet') !== undefined;
  const repeatOf = isNamed ? repeatProvision(textOf(variables, 'earlierResult'), laws) : undefined;
  return repeatOf === undefined ? { error: 'not-a-repeat' } : { variables: { repeatOf, ...read } };
});
