/** `hotline assessment recompute --period 2026-10`: recomputes a month's figures from the trail alone. */
import type { System } from '../main.js';
import type { Answer, ChineseCommand } from './frame/chinese-command.js';
import { counting } from './frame/counting.js';
import { realmOf, realmOption } from './frame/usual-options.js';

export function register(program: ChineseCommand): void {
  program
    .word('assessment', '考核')
    .word('recompute', '只凭轨迹重算一个周期的考核，与存的结果逐项核对；有差别以 1 退出')
    .requiredOption('--period <年-月>', '考核周期，例如 2026-10')
    .option(...realmOption)
    .json()
    .answersOfSystem(recompute);
}

interface Options {
  readonly period: string;
  readonly realm: string;
}

const mostShown = 20;

async function recompute(system: System, { period, realm }: Options): Promise<Answer> {
  const { parsePeriod } = await import('../measures/assessment/index.js');
  const { recomputePeriod } = await import('../cases/index.js');
  const { assertPart } = await import('../kernel/part-absent.js');
  assertPart('assessment', system.laws.today());
  const of = realmOf(realm);
  const month = parsePeriod(period, '--period');
  const found = await counting(
    (sheets) => `已核对 ${sheets} 张工单`,
    (onProgress) => recomputePeriod(system, of, month, onProgress),
  );
  const { closed, logSize, sheets, facts, differences } = found;
  if (differences.length > 0) process.exitCode = 1;
  const left = differences.length - mostShown;
  const words = [
    `${found.period}（${closed ? '已关闭' : '进行中'}）：看了轨迹前 ${logSize} 条中 ${sheets} 张工单的，重算出 ${facts} 项`,
    ...differences.slice(0, mostShown),
    ...(left > 0 ? [`……另有 ${left} 处`] : []),
    differences.length === 0 ? '与存的结果完全一致' : `有 ${differences.length} 处差别`,
  ].join('\n');
  return { data: found, words };
}
