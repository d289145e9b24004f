import { comparedScenarios, readScenarios, secondOpinion } from '../../design/rehearsal/index.js';
import { scenariosWith, shippedStage, withDrafts } from '../../design/rehearsal/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import { systemClock } from '../../kernel/index.js';
import { shippedLaw } from '../../law/regulation/index.js';
import type { Answer } from '../frame/chinese-command.js';
import { readDiagrams, shippedSources } from '../frame/diagram-files.js';

export interface ScenarioOptions {
  readonly both?: boolean;
}

/** Most lines printed of a differing scenario; the JSON has all. */
const most = 8;

const holds = {
  'in-force': '随附的图上成立，改过的不成立',
  draft: '只在改过的图上成立',
  both: '两版都成立',
  neither: '两版都不成立',
} as const;

/** Runs all scenarios with these diagrams and with the shipped ones, and prints the differences. */
export async function scenarios(files: readonly string[], { both }: ScenarioOptions): Promise<Answer> {
  const shipped = await shippedSources();
  const drafts = await readDiagrams(files);
  const law = shippedLaw(civilDateOf(systemClock.now()));
  const stages = {
    inForce: await shippedStage(shipped, law),
    draft: await shippedStage(await withDrafts(shipped, drafts), law),
  };
  const all = await scenariosWith(await readScenarios(), [...drafts, ...shipped]);
  const compared = await comparedScenarios(stages, all, () => undefined);
  const unbounded = { spent: () => 0, most: Infinity };
  const engines = both ? await secondOpinion(stages.draft, all, unbounded, () => undefined) : undefined;
  const report = { ...compared, ...(engines ? { engines } : {}) };
  if (report.failed.length + (engines?.differing.length ?? 0) > 0) process.exitCode = 1;
  const failed = new Set(report.failed.map(({ name }) => name)).size;
  const words = [
    ...report.failed.flatMap(({ name, title, failures }) => [
      `✗ ${title}（${name}）`,
      ...failures.map((failure) => `    ${failure}`),
    ]),
    ...report.differing.flatMap(({ title, holds: where, differences }) => [
      `▲ ${title}：${holds[where]}`,
      ...differences.slice(0, most).map((line) => `    ${line}`),
      ...(differences.length > most ? [`    另有 ${differences.length - most} 处（--json 列全）`] : []),
    ]),
    ...(engines?.differing ?? []).flatMap(({ title, why }) => [`▲ ${title}：两个引擎不一致`, `    ${why}`]),
    ...(engines
      ? [
          `两个引擎一致的 ${engines.agree} 个，不一致 ${engines.differing.length} 个，未比较（第二个引擎的已知缺陷） ${engines.uncompared.length} 个`,
        ]
      : []),
    `和随附的图结果不同的 ${report.differing.length} 个`,
    `情景 ${report.scenarios} 个，通过 ${report.scenarios - failed} 个，不通过 ${failed} 个`,
  ].join('\n');
  return { data: report, words };
}
