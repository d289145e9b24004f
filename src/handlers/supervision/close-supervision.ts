import { oneOf } from '../../engine/index.js';
import { isOnlyADate } from '../handling/only-a-date.js';
import { isFor } from '../provisions.js';
import { ownOrder } from './own-order.js';
import { standing, withoutStanding } from './standing-grounds.js';
import { declares } from '../declares.js';

const produces = {
  does: '督办有了结果：迟来的答复只告知一个日期的，`supervisionResult` 写 `replied`，否则写 `handled`。知识库的督办不看答复。',
  reads: 'supervisionOrders branch completionResult standingGrounds',
  writes: { supervisionResult: oneOf('handled', 'replied'), standingGrounds: standing },
};

export const closeSupervision = declares(produces, ({ variables, instance, laws }) => {
  const isOfMatter = !isFor('supervision-knowledge', ownOrder(variables, instance)?.ground, laws);
  return {
    variables: {
      supervisionResult: isOfMatter && isOnlyADate(variables) ? 'replied' : 'handled',
      ...withoutStanding(variables, instance),
    },
  };
});
