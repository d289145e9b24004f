/** `hotline regulation text FILE`: loads the official text after comparing it with the catalogue. */
import type { Command } from 'commander';
import { group } from './group.js';
import { regulationGroup } from './regulation-diagrams.js';
import { guarded } from './run.js';
import { withSystem } from './with-system.js';

interface Options {
  readonly actor: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  group(program, ...regulationGroup)
    .command('text')
    .description('载入条例的官方全文(UTF-8 文本),逐条、逐款、逐项与目录核对;此后与义务并列显示')
    .argument('<文件>', '公布机关发布的全文')
    .option('--actor <姓名>', '谁载入的,记入轨迹', '命令行')
    .option('--json', '输出 JSON')
    .action((file: string, options: Options) => guarded(() => load(file, options)));
}

async function load(name: string, { actor, json }: Options): Promise<void> {
  const { Refusal } = await import('../kernel/index.js');
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(name).catch((cause: unknown) => {
    throw new Refusal('file.unreadable', `读不了文件 ${name}`, { cause, remedy: '核对文件名和权限' });
  });
  const { loadOfficialText } = await import('../law/regulation/index.js');
  await withSystem('regulation text', async (system) => {
    const { text, known } = await loadOfficialText(system, { name, bytes, actor });
    const { regulation, version, sha256, effectiveFrom, effectiveTo } = text;
    if (json) return JSON.stringify({ regulation, version, sha256, effectiveFrom, effectiveTo, known });
    const until = effectiveTo === null ? '' : `,至 ${effectiveTo} 前`;
    return `${known ? '已经载入过' : '已载入'} ${version} 版条例的原文,自 ${effectiveFrom} 起施行${until},SHA-256 ${sha256}`;
  });
}
