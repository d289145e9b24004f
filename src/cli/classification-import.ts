/** `hotline classification import FILE`: previews a new tree; `--apply` makes it the next version. */
import type { Command } from 'commander';
import { group } from './group.js';
import { guarded } from './run.js';

interface Options {
  readonly title: string;
  readonly apply?: boolean;
  readonly json?: boolean;
  readonly actor: string;
}

export function register(program: Command): void {
  group(program, 'classification', '事项分类')
    .command('import')
    .description('导入分类表为新的版本;不加 --apply 只预览')
    .argument('<文件>', 'CSV 文件,UTF-8(写法见 docs/intake.md)')
    .requiredOption('--title <名称>', '这一版叫什么,例如所依文件的名称和文号')
    .option('--apply', '导入')
    .option('--actor <姓名>', '谁导入的,记入轨迹', '命令行')
    .option('--json', '输出 JSON')
    .action((file: string, options: Options) => guarded(() => run(file, options)));
}

const mostLines = 50;

async function run(name: string, { title, actor, apply = false, json }: Options): Promise<void> {
  const { Refusal, systemClock } = await import('../kernel/index.js');
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(name).catch((cause: unknown) => {
    throw new Refusal('file.unreadable', `读不了文件 ${name}`, { cause, remedy: '核对文件名和权限' });
  });
  const { openSystem } = await import('../main.js');
  const { importClassification } = await import('../cases/index.js');
  const { pathName } = await import('../sheet/classification/index.js');
  const { databaseSettings } = await import('../platform/database/index.js');
  const text = textOf(bytes);
  if (text === undefined) {
    throw new Refusal('classification.invalid', `${name} 不是 UTF-8 文字`, {
      remedy: '在电子表格里另存为“CSV UTF-8”',
    });
  }
  const system = await openSystem({
    clock: systemClock,
    applicationName: 'hotline classification import',
    ...databaseSettings(),
  });
  try {
    const change = await importClassification(system, { text, name, title, actor, apply });
    const { added, removed, changed } = change;
    const moves = [
      ...added.map((one) => `  新增 ${one.code} ${pathName(one)}`),
      ...removed.map((one) => `  删去 ${one.code} ${pathName(one)}`),
      ...changed.map(({ from, to }) => `  改动 ${to.code} ${pathName(from)} 改为 ${pathName(to)}`),
    ];
    const lines = [
      `第 ${change.version} 版,末级 ${change.leaves} 个:新增 ${added.length},删去 ${removed.length},改动 ${changed.length}`,
      ...moves.slice(0, mostLines),
      ...(moves.length > mostLines ? [`  ……其余 ${moves.length - mostLines} 项未列出`] : []),
      ...(change.sheetsOfRemoved > 0 ? [`删去的分类下有工单 ${change.sheetsOfRemoved} 张,仍归原分类`] : []),
      ...(change.lostRules.length > 0
        ? [`提议转给谁的表第 ${change.lostRules.join('、')} 行指向删去的分类,不再起作用`]
        : []),
      apply ? '已导入' : '这是预览,没有任何变动;加 --apply 导入',
    ];
    process.stdout.write(`${json ? JSON.stringify(change) : lines.join('\n')}\n`);
  } finally {
    await system.close();
  }
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
