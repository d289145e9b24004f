/** `hotline calendar load FILE`: what a new schedule moves; with `--apply` it is loaded and the deadlines move. */
import type { Command } from 'commander';
import { group } from './group.js';
import { guarded } from './run.js';

interface Options {
  readonly document: string;
  readonly apply?: boolean;
  readonly json?: boolean;
  readonly actor: string;
}

export function register(program: Command): void {
  group(program, 'calendar', '工作日历')
    .command('load')
    .description('载入放假安排,重算受影响的期限;不加 --apply 只预览')
    .argument('<文件>', '安排文件(格式见 docs/calendar.md),一份通知一个文件')
    .requiredOption('--document <文号>', '通知的文号,例如 国办发明电〔2025〕7号')
    .option('--apply', '载入并重算')
    .option('--actor <姓名>', '谁载入的,记入轨迹', '命令行')
    .option('--json', '输出 JSON')
    .action((file: string, options: Options) => guarded(() => run(file, options)));
}

async function run(name: string, { document, apply = false, actor, json }: Options): Promise<void> {
  const { Refusal, systemClock } = await import('../kernel/index.js');
  const { readFile } = await import('node:fs/promises');
  const file = await readFile(name).catch((cause: unknown) => {
    throw new Refusal('file.unreadable', `读不了文件 ${name}`, { cause, remedy: '核对文件名和权限' });
  });
  const { findingsInChinese } = await import('../kernel/chinese-findings.js');
  findingsInChinese();
  const { openSystem } = await import('../main.js');
  const { changeCalendar } = await import('../casework/index.js');
  const { databaseSettings } = await import('../persistence/index.js');
  const system = await openSystem({
    clock: systemClock,
    applicationName: 'hotline calendar load',
    ...databaseSettings(),
  });
  try {
    const change = await changeCalendar(system, { file, name, document, actor, apply });
    const { toShanghaiIso } = await import('../calendar/index.js');
    const moves = change.deadlines.map((one) => ({
      ...one,
      from: toShanghaiIso(one.from),
      to: toShanghaiIso(one.to),
    }));
    const lines = [
      `${document}:日历变动 ${change.days.length} 天,期限变动 ${moves.length} 项,撤销升级 ${change.revoked.length} 次`,
      ...moves.map(({ workOrder, element, from, to }) => `  ${workOrder}  ${element}:${from} 改为 ${to}`),
      ...change.revoked.map(
        ({ workOrder, levels, entry }) => `  ${workOrder}  撤销第 ${entry} 条(${levels.join('、')})`,
      ),
      apply ? '已载入并重算' : '这是预览,没有任何变动;加 --apply 载入',
    ];
    process.stdout.write(`${json ? JSON.stringify({ ...change, deadlines: moves }) : lines.join('\n')}\n`);
  } finally {
    await system.close();
  }
}
