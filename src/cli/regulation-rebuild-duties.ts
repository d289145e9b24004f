/** `hotline regulation rebuild-duties`: recomputes the duties of all cases from the trail. */
import type { Command } from 'commander';
import { group } from './group.js';
import { regulationGroup } from './regulation-diagrams.js';
import { guarded } from './run.js';
import { withSystem } from './with-system.js';

export function register(program: Command): void {
  group(program, ...regulationGroup)
    .command('rebuild-duties')
    .description('只凭轨迹重做各工单法定义务的状态;系统运行时也可以做')
    .action(() => guarded(() => withSystem('regulation rebuild-duties', rebuild)));
}

async function rebuild({
  database,
  catalogues,
}: Parameters<Parameters<typeof withSystem>[1]>[0]): Promise<string> {
  const { rebuildDuties } = await import('../law/regulation/index.js');
  const cases = await rebuildDuties(database, catalogues);
  return `已按轨迹重做 ${cases} 张工单的法定义务`;
}
