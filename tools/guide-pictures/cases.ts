/** Adds a sheet that waits for review to the browser tests' seed. */
import { accept, complete, type WorkOrderView } from '../../test/http/serving.js';

const gate = {
  channel: 'phone',
  kind: 'help',
  title: '单元门禁坏了，外人随便进出',
  content: '二单元的门禁坏了半个月，物业一直没有修，请督促修好。',
  callerName: '来电人己',
  callerContact: '13800000006',
};

const steps: readonly { readonly actor: string; readonly given: { readonly [key: string]: unknown } }[] = [
  { actor: '受理员甲', given: { conduct: 'orderly' } },
  { actor: '受理员乙', given: { wayOut: 'dispatch' } },
  { actor: '派单员丙', given: { unit: '市水务局' } },
  { actor: '市水务局经办人', given: { receipt: 'accept' } },
  {
    actor: '市水务局经办人',
    given: { branch: 'within-limit', handlingResult: '门禁已经修好，并通知了物业。' },
  },
  { actor: '市水务局经办人', given: { replySummary: '已告知来电人门禁修好', replyChannel: 'phone' } },
  { actor: '市水务局经办人', given: { feedbackSummary: '门禁已修好，来电人已知悉' } },
];

/** Advances a sheet to its review. */
export async function advance(url: string): Promise<void> {
  let order: WorkOrderView = await accept(url, gate);
  for (const { actor, given } of steps) {
    const [task] = order.tasks;
    if (!task) throw new Error(`nothing is open in ${order.sheet.no}`);
    order = await complete(url, order, task, given, actor);
  }
}
