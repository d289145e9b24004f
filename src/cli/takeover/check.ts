import { defaultCalendar } from '../../calendar/index.js';
import { civilDateOf, instantInWords } from '../../kernel/civil-date.js';
import { Refusal, systemClock } from '../../kernel/index.js';
import { onlyLaw } from '../../kernel/law.js';
import { cityPackage, usePackage } from '../../kernel/package-root.js';
import { policiesOf, shippedPolicies } from '../../law/policy/index.js';
import { findingTitles, shippedCatalogue, verdicts } from '../../law/regulation/index.js';
import {
  checkLog,
  cited,
  digestOfLog,
  figuresAsJson,
  keepFigures,
  openLog,
  openReport,
  placed,
  readMapping,
  type CheckedCase,
  type LogRead,
  type Unreadable,
} from '../../takeover/index.js';
import type { Answer } from '../frame/chinese-command.js';
import { catalogueIn, jsonIn, lawIn } from '../frame/package-folder.js';
import { tableOf } from '../frame/table.js';

export interface CheckOptions {
  readonly mapping: string;
  readonly package?: string;
  readonly out?: string;
  readonly case?: string;
}

const mostUnreadableShown = 50;

/** Checks another system's log against the regulation. */
export async function check(
  log: string,
  { mapping: file, package: folder, out, case: only }: CheckOptions,
): Promise<Answer> {
  usePackage(folder);
  const day = civilDateOf(systemClock.now());
  const mapping = readMapping(await jsonIn(file), catalogueIn(cityPackage(), day), file);
  const days = defaultCalendar();
  const source = await openLog(log, mapping);
  const keeper = keepFigures();
  const unreadable: Unreadable[] = [];
  const report = out === undefined ? undefined : await openReport(out);
  let found: CheckedCase | undefined;
  try {
    const read = await checkLog(
      source,
      mapping,
      {
        calendar: days,
        policies: policiesOf(shippedPolicies(cityPackage()), []),
        laws: onlyLaw(lawIn(cityPackage(), day)),
        catalogueAt: (instant) => shippedCatalogue(civilDateOf(instant), cityPackage()),
      },
      {
        onUnreadable: (line) => {
          if (unreadable.length < mostUnreadableShown) unreadable.push(line);
        },
        onCase: async (checked) => {
          if (checked.name === only) found = checked;
          keeper.add(checked);
          await report?.add(checked);
        },
      },
    );
    const [logSha256, mappingSha256] = [await digestOfLog(log), await digestOfLog(file)];
    const { figures } = keeper;
    const told = { log, logSha256, mappingSha256, calendar: days.edition, read, figures };
    await report?.finish({ ...told, unreadable });
    if (read.unreadable > 0) process.exitCode = 1;
    if (only !== undefined && !found) {
      throw new Refusal('case.not-found', `日志里没有案件“${only}”`, { where: log, remedy: '核对编号' });
    }
    return found
      ? { data: caseAsJson(found), words: caseInWords(found) }
      : { data: figuresAsJson(told), words: inWords(read, figures, unreadable, out) };
  } finally {
    await report?.discard();
  }
}

function inWords(
  read: LogRead,
  figures: Parameters<typeof figuresAsJson>[0]['figures'],
  unreadable: readonly Unreadable[],
  out: string | undefined,
): string {
  const catalogue = read.under.at(-1)?.catalogue;
  const duties = [...figures.byNorm].map(([norm, { met, late, unmet, returned, open }]) => [
    ...[Object.values(placed(catalogue, norm)).join(' '), met, late, unmet, returned, open],
  ]);
  const findings = [...figures.findings].map(([kind, count]) => [findingTitles[kind], count]);
  const left = read.under.at(-1)?.left ?? [];
  const bad = read.unreadable - unreadable.length;
  return [
    `${read.lines} 行，${figures.cases} 件${read.from ? `，到 ${instantInWords(read.asOf)} 为止` : ''}`,
    tableOf(['义务', ...Object.values(verdicts)], duties),
    ...(figures.findings.size > 0
      ? [tableOf(['依法不可能的记载', '处数'], findings), `${figures.impossible} 件里有依法不可能的记载`]
      : ['没有依法不可能的记载']),
    ...(left.length > 0
      ? [`看不出的义务 ${left.length} 项：${left.map(({ norm }) => norm).join('、')}`]
      : []),
    ...[...read.unmapped].map(([activity, count]) => `对照表没有写的活动：${activity}（${count} 行）`),
    ...read.missing.map((column) => `对照表里有而日志没有的列：${column}`),
    ...[...read.unknownValues].map(([value, count]) => `对照表没有写的值：${value}（${count} 次）`),
    ...unreadable.map(({ line, why }) => `第 ${line} 行读不了：${why}`),
    ...(bad > 0 ? [`另有 ${bad} 行读不了`] : []),
    ...(out === undefined ? [] : [`报告：${out}/index.html`]),
  ].join('\n');
}

function caseInWords({ name, events, acts, duties, findings, catalogue }: CheckedCase): string {
  return [
    name,
    ...events.map(({ line, at, activity }) => {
      const deeds = acts.filter((act) => act.line === line).map(({ deed }) => deed.title);
      return `  第 ${line} 行 ${instantInWords(new Date(at))} ${activity}${deeds.length > 0 ? ` = ${deeds.join('、')}` : ''}`;
    }),
    ...duties.map(({ norm, verdict, unit, due, endedAt }) => {
      const when = `${due ? `，期限 ${instantInWords(due)}` : ''}${endedAt ? `，办成 ${instantInWords(endedAt)}` : ''}`;
      return `  ${verdicts[verdict]}：${Object.values(placed(catalogue, norm)).join(' ')}（${unit ?? '不属于哪个单位'}${when}）`;
    }),
    ...findings.map(
      ({ kind, provisions, what, lines }) =>
        `  ✗ ${findingTitles[kind]}：${what}（${cited(provisions)}；第 ${lines.join('、')} 行）`,
    ),
  ].join('\n');
}

const caseAsJson = ({ name, events, duties, findings }: CheckedCase) => ({
  name,
  events: events.map(({ line, at, activity }) => ({ line, at: new Date(at).toISOString(), activity })),
  duties,
  findings,
});
