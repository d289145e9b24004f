/** A table decides only where a business rule task names it. */
import { duty } from '../../engine/model/index.js';
import type { TableRule } from './subject.js';

export const calls: TableRule = ({ table, models }, say) => {
  const isCalled = models.some(({ elements }) =>
    elements.nodes.some((node) => duty(node, 'decision') === table.key),
  );
  if (isCalled) return;
  say({
    severity: 'warning',
    element: table.key,
    message: `现行的流程里没有环节用这张表(${table.key})。`,
    fix: '在流程图上加一个业务规则任务,选这张表;流程随后才改的,提交时写明理由。',
  });
};
