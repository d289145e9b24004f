import { messageCases, pastCases, replayReport } from '../../design/rehearsal/index.js';
import { shippedStage, stageOf, withDrafts } from '../../design/rehearsal/index.js';
import type { PastCase, ReplayReport, Stage } from '../../design/rehearsal/index.js';
import { sourcesInForce } from '../../engine/index.js';
import { civilDateOf } from '../../kernel/civil-date.js';
import { Refusal, systemClock } from '../../kernel/index.js';
import { shippedLaw } from '../../law/regulation/index.js';
import type { Answer } from '../frame/chinese-command.js';
import { readDiagrams, shippedSources } from '../frame/diagram-files.js';
import { withSystem } from '../frame/with-system.js';

export interface ReplayOptions {
  readonly messages?: string;
  readonly last: number;
}

/** Replays past cases with these diagrams and compares the results with those of the diagrams in force. */
export async function replay(files: readonly string[], { last, messages }: ReplayOptions): Promise<Answer> {
  if (!Number.isSafeInteger(last) || last < 1) {
    throw new Refusal('usage.invalid', '--last 要写一个正整数', { remedy: '例如 --last 1000' });
  }
  const report = await (messages === undefined ? onRecorded(files, last) : onMessages(files, messages));
  if (report.unfit > 0) process.exitCode = 1;
  return { data: report, words: inWords(report) };
}

async function onMessages(files: readonly string[], path: string): Promise<ReplayReport> {
  const law = shippedLaw(civilDateOf(systemClock.now()));
  const onto = (sources: readonly string[]) => shippedStage(sources, law);
  return compared(await shippedSources(), files, onto, messageCases(path));
}

async function onRecorded(files: readonly string[], last: number): Promise<ReplayReport> {
  return withSystem('process replay', async (system) => {
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
        rules: system.identity.rules,
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
  const draft = await withDrafts(inForce, await readDiagrams(files));
  return replayReport({ inForce: await onto(inForce), draft: await onto(draft) }, cases);
}

function inWords(report: ReplayReport): string {
  const { cases, same, outcome, escalation, unfit, incomparable, differences } = report;
  const rest = outcome + escalation + unfit - differences.length;
  return [
    ...differences.map(({ no, before, after }) => `${no}  现行：${before}；草案：${after}`),
    ...(rest > 0 ? [`（另有 ${rest} 件未列出）`] : []),
    `工单 ${cases} 件：一样 ${same} 件，结果不同 ${outcome} 件，升级不同 ${escalation} 件，走不下去 ${unfit} 件` +
      (incomparable > 0 ? `；在现行的流程图上也重走不了的 ${incomparable} 件` : ''),
  ].join('\n');
}
