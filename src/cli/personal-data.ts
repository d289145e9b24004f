/** `hotline personal-data erase`: erases a caller's data. */
import type { System } from '../main.js';
import type { ChineseCommand } from './frame/chinese-command.js';

export function register(program: ChineseCommand): void {
  program
    .word('personal-data', '个人信息')
    .word('erase', '删除一张工单的来电人资料，不能恢复；轨迹记下谁删的，仍可核验')
    .requiredOption('--case <编号>', '工单编号')
    .requiredOption('--reason <事由>', '为什么删除，加密保存')
    .actor('删')
    .answersOfSystem(erase);
}

interface Options {
  readonly case: string;
  readonly reason: string;
  readonly actor: string;
}

const names = { name: '姓名', contact: '联系方式', address: '地址' } as const;

async function erase(system: System, { case: no, reason, actor }: Options): Promise<string> {
  const { eraseCaller } = await import('../cases/index.js');
  const { fields, attachments } = await eraseCaller(system, { no, reason, actor });
  const erased = [
    ...fields.map((field) => names[field]),
    ...(attachments > 0 ? [`所传的 ${attachments} 个附件`] : []),
  ];
  return `已删除工单 ${no} 来电人的${erased.join('、')}；以前的备份里还有，随备份到期消失`;
}
