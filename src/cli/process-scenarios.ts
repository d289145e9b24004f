/** `hotline process scenarios FILE…`: runs all scenarios with these diagrams. */
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
    .description('用改过的流程图跑各条的情景(processes/scenarios),说出不再通过的')
    .argument('<文件...>', '改过的 BPMN 2.0 流程图;没有给出的流程用随附的')
    .option('--both', '在第二个引擎 bpmn-engine 上也跑(要几分钟)')
    .option('--json', '输出 JSON')
    .action((files: string[], options: Options) => guarded(() => run(files, options)));
}

async function run(files: readonly string[], { both, json }: Options): Promise<void> {
  const [{ withDrafts, readScenarios, scenarioReport, shippedStage }, { readDiagrams, shippedDiagrams }] =
    await Promise.all([import('../rehearsal/index.js'), import('./diagram-files.js')]);
  const stage = await shippedStage(await withDrafts(await shippedDiagrams(), await readDiagrams(files)));
  const report = await scenarioReport(
    stage,
    await readScenarios(),
    both ? ['token', 'bpmn-engine'] : ['token'],
  );
  if (json) process.stdout.write(`${JSON.stringify(report)}\n`);
  else {
    for (const { name, title, runtime, failures } of report.failed) {
      console.log(`✗ ${title}(${name}${runtime === 'token' ? '' : `,${runtime}`})`);
      for (const failure of failures) console.log(`    ${failure}`);
    }
    const failed = new Set(report.failed.map(({ name }) => name)).size;
    console.log(`情景 ${report.scenarios} 个,通过 ${report.scenarios - failed} 个,不通过 ${failed} 个`);
  }
  if (report.failed.length > 0) process.exitCode = 1;
}
