/** `hotline districts load FILE`: boundaries for the map of requests. */
import type { Command } from 'commander';
import { group } from './group.js';
import { guarded } from './run.js';
import { withSystem } from './with-system.js';

export function register(program: Command): void {
  group(program, 'districts', '区县的边界')
    .command('load')
    .description('载入区县边界,代替原有的;没有载入的按示意图画')
    .argument('<文件>', 'GeoJSON 文件,UTF-8(写法见 docs/shared-data.md)')
    .option('--actor <姓名>', '谁载入的,记入轨迹', '命令行')
    .action((file: string, { actor }: { readonly actor: string }) => guarded(() => run(file, actor)));
}

async function run(file: string, actor: string): Promise<void> {
  const { Refusal } = await import('../kernel/index.js');
  const { readFile } = await import('node:fs/promises');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Refusal('file.unreadable', `读不了文件 ${file}`, { cause, remedy: '核对文件名和权限' });
  });
  const { loadBoundaries } = await import('../measures/warning/index.js');
  await withSystem('districts load', async (system) => {
    const names = await loadBoundaries(system, text, actor);
    return `已载入 ${names.length} 个区县的边界:${names.join('、')}`;
  });
}
