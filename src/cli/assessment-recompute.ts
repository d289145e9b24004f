/** `hotline assessment recompute --period 2026-10`: a month's figures once more, from the trail alone. */
import type { Command } from 'commander';
import { group } from './group.js';
import { guarded } from './run.js';
import { withSystem } from './with-system.js';

interface Options {
  readonly period: string;
  readonly realm: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  group(program, 'assessment', '考核')
    .command('recompute')
    .description('只凭轨迹重算一个周期的考核,与存的结果逐项核对;有差别以 1 退出')
    .requiredOption('--period <年-月>', '考核周期,例如 2026-10')
    .option('--realm <范围>', 'live 实际运行(默认),replay 回放', 'live')
    .option('--json', '输出 JSON')
    .action((options: Options) =>
      guarded(() => withSystem('assessment recompute', (system) => recompute(system, options))),
    );
}

type System = Parameters<Parameters<typeof withSystem>[1]>[0];

async function recompute(system: System, { period, realm, json }: Options): Promise<string> {
  const { Refusal } = await import('../kernel/index.js');
  const { parsePeriod } = await import('../measures/assessment/index.js');
  const { recomputePeriod } = await import('../cases/index.js');
  if (realm !== 'live' && realm !== 'replay') {
    throw new Refusal('usage.invalid', `没有“${realm}”这个范围`, {
      remedy: '--realm live 或者 --realm replay',
    });
  }
  const found = await recomputePeriod(system, realm, parsePeriod(period, '--period'), (sheets) => {
    if (process.stderr.isTTY) process.stderr.write(`\r已核对 ${sheets} 张工单`);
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  if (found.differences.length > 0) process.exitCode = 1;
  if (json) return JSON.stringify(found);
  const shown = found.differences.slice(0, mostShown);
  return [
    `${found.period}(${found.closed ? '已关闭' : '进行中'}):看了轨迹前 ${found.logSize} 条中 ${found.sheets} 张工单的,重算出 ${found.facts} 项`,
    ...shown,
    ...(found.differences.length > shown.length
      ? [`……另有 ${found.differences.length - shown.length} 处`]
      : []),
    found.differences.length === 0 ? '与存的结果完全一致' : `有 ${found.differences.length} 处差别`,
  ].join('\n');
}

const mostShown = 20;
