/** `hotline process replay FILE…`: replays past cases with these diagrams and compares with those in force. */
import type { Command } from 'commander';
import type { PastCase, ReplayReport, Stage } from '../design/rehearsal/index.js';
import { group } from './group.js';
import { guarded } from './run.js';

interface Options {
  readonly messages?: string;
  readonly last: number;
  readonly json?: boolean;
}

export function register(program: Command): void {
  group(program, 'process', '流程')
    .command('replay')
    .description('用改过的流程图重走以往的工单,说出哪些会有别的结果、别的升级,哪些走不下去;什么也不改动')
    .argument('<文件...>', '改过的 BPMN 2.0 流程图;没有给出的流程用现行的')
    .option('--last <件数>', '系统里最近的多少件工单', (text) => Number(text), 1000)
    .option(
      '--messages <文件>',
      '不用系统里的工单,用这个 JSONL 文件里的诉求(与 hotline replay 同样格式),与随附的流程图比',
    )
    .option('--json', '输出 JSON')
    .action((files: string[], options: Options) => guarded(() => run(files, options)));
}

async function run(files: readonly string[], options: Options): Promise<void> {
  const { Refusal } = await import('../kernel/index.js');
  if (!Number.isSafeInteger(options.last) || options.last < 1) {
    throw new Refusal('usage.invalid', '--last 要写一个正整数', { remedy: '例如 --last 1000' });
  }
  const report = await (options.messages === undefined
    ? onRecorded(files, options.last)
    : onMessages(files, options.messages));
  process.stdout.write(`${options.json ? JSON.stringify(report) : told(report)}\n`);
  if (report.unfit > 0) process.exitCode = 1;
}

async function onMessages(files: readonly string[], path: string): Promise<ReplayReport> {
  const { messageCases, shippedStage } = await import('../design/rehearsal/index.js');
  const { shippedLaw } = await import('../law/regulation/index.js');
  const { civilDateOf } = await import('../kernel/civil-date.js');
  const { systemClock } = await import('../kernel/index.js');
  const { shippedSources } = await import('./diagram-files.js');
  const law = shippedLaw(civilDateOf(systemClock.now()));
  const onto = (sources: readonly string[]) => shippedStage(sources, law);
  return compared(await shippedSources(), files, onto, messageCases(path));
}

async function onRecorded(files: readonly string[], last: number): Promise<ReplayReport> {
  const { pastCases, stageOf } = await import('../design/rehearsal/index.js');
  const { sourcesInForce } = await import('../engine/index.js');
  const { withOpenedSystem } = await import('./with-system.js');
  return withOpenedSystem('process replay', async (system) => {
    const inForce = await system.database.transaction(async (transaction) => {
      await system.calendar.refresh(transaction);
      await system.policies.refresh(transaction);
      return sourcesInForce(transaction, system.clock.now());
    });
    const onto = (sources: readonly string[]) =>
      stageOf(sources, {
        calendar: system.calendar.current(),
        law: system.laws.today(),
        policies: system.policies,
        standIns: system.identity.rules.standIns,
      });
    return compared(inForce, files, onto, pastCases(system, last, system.clock.now()));
  });
}

async function compared(
  inForce: readonly string[],
  files: readonly string[],
  onto: (sources: readonly string[]) => Promise<Stage>,
  cases: AsyncIterable<PastCase>,
): Promise<ReplayReport> {
  const { withDrafts, replayReport } = await import('../design/rehearsal/index.js');
  const { readDiagrams } = await import('./diagram-files.js');
  const draft = await withDrafts(inForce, await readDiagrams(files));
  return replayReport({ inForce: await onto(inForce), draft: await onto(draft) }, cases);
}

function told(report: ReplayReport): string {
  const { cases, same, outcome, escalation, unfit, incomparable, differences } = report;
  const rest = outcome + escalation + unfit - differences.length;
  return [
    ...differences.map(({ no, before, after }) => `${no}  现行:${before};草案:${after}`),
    ...(rest > 0 ? [`(另有 ${rest} 件未列出)`] : []),
    `工单 ${cases} 件:一样 ${same} 件,结果不同 ${outcome} 件,升级不同 ${escalation} 件,走不下去 ${unfit} 件` +
      (incomparable > 0 ? `;在现行的流程图上也重走不了的 ${incomparable} 件` : ''),
  ].join('\n');
}
