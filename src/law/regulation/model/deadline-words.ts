import type { Norm } from './content.js';

const stated = { reply: '所答复的期限', statutory: '法定期限', sheet: '工单上注明的时限' };

/** The norm's limit in words. */
export function deadlineInWords({ deadline }: Norm): string {
  if (deadline === null) return '没有规定';
  if ('workingDays' in deadline) return `${String(deadline.workingDays)} 个工作日`;
  return 'standard' in deadline ? `${deadline.standard}（没有数字）` : stated[deadline.stated];
}
