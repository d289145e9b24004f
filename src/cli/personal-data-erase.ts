/** `hotline personal-data erase`: erases a caller's data. */
import type { Command } from 'commander';
import { group } from './group.js';
import { guarded } from './run.js';
import { withSystem } from './with-system.js';

interface Options {
  readonly case: string;
  readonly reason: string;
  readonly actor: string;
}

const names = { name: '姓名', contact: '联系方式', address: '地址' } as const;

export function register(program: Command): void {
  group(program, 'personal-data', '个人信息')
    .command('erase')
    .description('删除一张工单的来电人资料,不能恢复;轨迹记下谁删的,仍可核验')
    .requiredOption('--case <编号>', '工单编号')
    .requiredOption('--reason <事由>', '为什么删除,加密保存')
    .option('--actor <姓名>', '谁删的,记入轨迹', '命令行')
    .action((options: Options) => guarded(() => run(options)));
}

async function run({ case: no, reason, actor }: Options): Promise<void> {
  const { eraseCaller } = await import('../cases/index.js');
  await withSystem('personal-data erase', async (system) => {
    const { fields, attachments } = await eraseCaller(system, { no, reason, actor });
    const erased = [
      ...fields.map((field) => names[field]),
      ...(attachments > 0 ? [`所传的 ${attachments} 个附件`] : []),
    ];
    return `已删除工单 ${no} 来电人的${erased.join('、')};以前的备份里还有,随备份到期消失`;
  });
}
