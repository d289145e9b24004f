/** `hotline process scenarios FILE…`: runs all scenarios with these diagrams and with the shipped ones, and says what differs. */
import type { Command } from 'commander';
import { group } from './group.js';
import { guarded } from './run.js';

interface Options {
  readonly both?: boolean;
  readonly json?: boolean;
}

export function register(program: Command): void {
  group(program, 'process', '流程')
    .command('scenarios')
    .description('用改过的流程图跑各条的情景(processes/scenarios),说出不再通过的,和随附的图结果不同的')
    .argument('<文件...>', '改过的 BPMN 2.0 流程图;没有给出的流程用随附的')
    .option('--both', '在第二个引擎 bpmn-engine 上也跑(要几分钟)')
    .option('--json', '输出 JSON')
    .action((files: string[], options: Options) => guarded(() => run(files, options)));
}

/** Lines of a scenario that differs; the rest is in the JSON. */
const most = 8;

const holds = {
  'in-force': '随附的图上成立,改过的不成立',
  draft: '只在改过的图上成立',
  both: '两版都成立',
  neither: '两版都不成立',
} as const;

async function run(files: readonly string[], { both, json }: Options): Promise<void> {
  const [rehearsal, { readDiagrams, shippedSources }, { shippedLaw }, { civilDateOf }, { systemClock }] =
    await Promise.all([
      import('../design/rehearsal/index.js'),
      import('./diagram-files.js'),
      import('../law/regulation/index.js'),
      import('../kernel/civil-date.js'),
      import('../kernel/index.js'),
    ]);
  const { comparedScenarios, readScenarios, scenarioReport, scenariosWith, shippedStage, withDrafts } =
    rehearsal;
  const shipped = await shippedSources();
  const drafts = await readDiagrams(files);
  const law = shippedLaw(civilDateOf(systemClock.now()));
  const stages = {
    inForce: await shippedStage(shipped, law),
    draft: await shippedStage(await withDrafts(shipped, drafts), law),
  };
  const scenarios = await scenariosWith(await readScenarios(), [...drafts, ...shipped]);
  const compared = await comparedScenarios(stages, scenarios, 'token', () => undefined);
  const second = both ? await scenarioReport(stages.draft, scenarios, ['bpmn-engine']) : undefined;
  const report = {
    ...compared,
    runtimes: [...compared.runtimes, ...(second?.runtimes ?? [])],
    failed: [...compared.failed, ...(second?.failed ?? [])],
  };
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else {
    for (const { name, title, runtime, failures } of report.failed) {
      console.log(`✗ ${title}(${name}${runtime === 'token' ? '' : `,${runtime}`})`);
      for (const failure of failures) console.log(`    ${failure}`);
    }
    for (const { title, holds: where, differences } of report.differing) {
      console.log(`▲ ${title}:${holds[where]}`);
      for (const line of differences.slice(0, most)) console.log(`    ${line}`);
      if (differences.length > most) console.log(`    另有 ${differences.length - most} 处(--json 列全)`);
    }
    const failed = new Set(report.failed.map(({ name }) => name)).size;
    console.log(`和随附的图结果不同的 ${report.differing.length} 个`);
    console.log(`情景 ${report.scenarios} 个,通过 ${report.scenarios - failed} 个,不通过 ${failed} 个`);
  }
  if (report.failed.length > 0) process.exitCode = 1;
}
