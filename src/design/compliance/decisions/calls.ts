/** A table that a business rule task names decides; one that a user task names proposes. One table must not do both. */
import { duty } from '../../../engine/model/index.js';
import { misfits } from './proposal.js';
import type { TableRule } from './subject.js';

export const calls: TableRule = ({ table, models, proposedTo, context }, say) => {
  const isCalled = models.some(({ elements }) =>
    elements.nodes.some((node) => duty(node, 'decision') === table.key),
  );
  for (const task of proposedTo) for (const found of misfits(table, task, context.law)) say(found);
  if (isCalled && proposedTo.length > 0) {
    say({
      element: table.key,
      message: `这张表（${table.key}）既替环节作决定，又给表单提议：提议时还没有工单，看得到的变量不同。`,
      fix: '分成两张表。',
    });
  }
  if (isCalled || proposedTo.length > 0) return;
  say({
    severity: 'warning',
    element: table.key,
    message: `现行的流程里没有环节用这张表（${table.key}）。`,
    fix: '在流程图上加一个业务规则任务，选这张表，或者让一个人工任务由它提议；流程随后才改的，提交时写明理由。',
  });
};
