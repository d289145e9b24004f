/** `hotline classification import FILE`: previews a new tree; `--apply` makes it the next version. */
import { Refusal } from '../kernel/refusal.js';
import type { Answer, ChineseCommand } from './frame/chinese-command.js';
import { readWhole } from './frame/read-bytes.js';
import { withSystem } from './frame/with-system.js';

export function register(program: ChineseCommand): void {
  program
    .word('classification', '事项分类')
    .word('import', '导入分类表为新的版本；不加 --apply 只预览')
    .argument('<文件>', 'CSV 文件，UTF-8（写法见 docs/intake.md）')
    .requiredOption('--title <名称>', '这一版叫什么，例如所依文件的名称和文号')
    .option('--apply', '导入')
    .actor('导入')
    .json()
    .answers(importTree);
}

interface Options {
  readonly title: string;
  readonly apply?: boolean;
  readonly actor: string;
}

const mostLines = 50;

async function importTree(name: string, { title, actor, apply = false }: Options): Promise<Answer> {
  const bytes = await readWhole(name);
  const { importClassification } = await import('../cases/index.js');
  const { pathName } = await import('../sheet/classification/index.js');
  const text = textOf(bytes);
  if (text === undefined) {
    throw new Refusal('classification.invalid', `${name} 不是 UTF-8 文字`, {
      remedy: '在电子表格里另存为“CSV UTF-8”',
    });
  }
  const change = await withSystem('classification import', (system) =>
    importClassification(system, { text, name, title, actor, apply }),
  );
  const { added, removed, changed } = change;
  const moves = [
    ...added.map((one) => `  新增 ${one.code} ${pathName(one)}`),
    ...removed.map((one) => `  删去 ${one.code} ${pathName(one)}`),
    ...changed.map(({ from, to }) => `  改动 ${to.code} ${pathName(from)} 改为 ${pathName(to)}`),
  ];
  const words = [
    `第 ${change.version} 版，末级 ${change.leaves} 个：新增 ${added.length}，删去 ${removed.length}，改动 ${changed.length}`,
    ...moves.slice(0, mostLines),
    ...(moves.length > mostLines ? [`  ……其余 ${moves.length - mostLines} 项未列出`] : []),
    ...(change.sheetsOfRemoved > 0 ? [`删去的分类下有工单 ${change.sheetsOfRemoved} 张，仍归原分类`] : []),
    ...(change.lostRules.length > 0
      ? [`提议转给谁的表第 ${change.lostRules.join('、')} 行指向删去的分类，不再起作用`]
      : []),
    apply ? '已导入' : '这是预览，没有任何变动；加 --apply 导入',
  ].join('\n');
  return { data: change, words };
}

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
