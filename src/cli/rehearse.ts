/**
 * `hotline rehearse SCRIPT.json`: runs a script of deeds on the real engine and calendar, without a
 * database or a screen.
 */
import { basename } from 'node:path';
import type { RehearsedLine } from '../design/rehearsal/index.js';
import { usePackage } from '../kernel/package-root.js';
import type { ChineseCommand } from './frame/chinese-command.js';
import { packageOption } from './frame/usual-options.js';

export function register(program: ChineseCommand): void {
  program
    .word('rehearse', '按脚本走一件工单：每一步之后谁持有、欠什么义务、给过什么级别、还能做什么')
    .argument('<脚本>', 'JSON:start 从何时、带什么开始，steps 每一步何时、做哪个行为；情景的文件也是脚本')
    .option(...packageOption)
    .option('--json', '每一步输出一行 JSON')
    .action(run);
}

interface Options {
  readonly package?: string;
  readonly json?: boolean;
}

async function run(file: string, { package: folder, json }: Options): Promise<void> {
  const { dutyStates } = await import('../law/regulation/index.js');
  const { rehearse, scenarioIn } = await import('../design/rehearsal/index.js');
  const { lawOf, jsonIn } = await import('./frame/package-folder.js');
  const { findingsInChinese } = await import('../kernel/chinese-findings.js');
  findingsInChinese();
  usePackage(folder);
  const script = await scenarioIn(await jsonIn(file), basename(file));
  const { stage, catalogue, law } = await lawOf(folder, script.given.at.slice(0, 10));
  const lines = rehearse(stage, catalogue, script);
  const titles = new Map(catalogue.vocabulary.deeds.map(({ name, title }) => [name, title]));
  const called = (deed: string): string => {
    const title = titles.get(deed);
    return title === undefined ? deed : `${deed}（${title}）`;
  };
  const levels = new Map(law.levels.map(({ key, title }) => [key, title]));
  for (const line of lines)
    console.log(json ? JSON.stringify(line) : inWords(line, called, { duties: dutyStates, levels }));
  if (lines.some(({ unmet }) => unmet.length > 0)) process.exitCode = 1;
}

function inWords(
  line: RehearsedLine,
  called: (deed: string) => string,
  names: { readonly duties: Readonly<Record<string, string>>; readonly levels: ReadonlyMap<string, string> },
): string {
  const { at, do: deed, refused, why, unmet, holder, duties, levels, can, ended } = line;
  const owed = duties.map(
    ({ norm, bearer, state, due }) =>
      `${norm} ${bearer} ${names.duties[state] ?? state}${due ? ` 至 ${due}` : ''}`,
  );
  const given = levels.map(
    ({ level, against, at: when }) => `${names.levels.get(level) ?? level}（${against}，${when}）`,
  );
  return [
    `${at} ${called(deed)}${refused === null ? '' : ` 被拒绝：${refused}，${why ?? ''}`}`,
    ...unmet.map((one) => `  ✗ ${one}`),
    `  持有：${holder.name || '无'}${ended ? '；工单已结束' : ''}`,
    `  义务：${owed.join('；') || '无'}`,
    `  级别：${given.join('、') || '无'}`,
    `  可以做：${can.map(called).join('、') || '无'}`,
  ].join('\n');
}
