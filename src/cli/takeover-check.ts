/** `hotline takeover check LOG --mapping FILE`: the regulation laid over another system's log. */
import type { Command } from 'commander';
import type { CheckedCase, LogRead, Unreadable } from '../takeover/index.js';
import { group } from './group.js';
import { guarded } from './run.js';
import { takeoverGroup } from './takeover-group.js';

interface Options {
  readonly mapping: string;
  readonly package?: string;
  readonly out?: string;
  readonly case?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  group(program, ...takeoverGroup)
    .command('check')
    .description('用条例对照旧系统的日志:哪些义务履行了、超期、没有履行,哪些记载依法不可能,各写明条文和行号')
    .argument('<日志>', '原系统导出的日志:CSV、XES(可以是 .gz),或者 Camunda 7 的历史所在的文件夹')
    .requiredOption('--mapping <文件>', '对照表(JSON):哪一列是什么,哪个活动是哪个行为')
    .option(
      '--out <文件夹>',
      '报告写到这个新文件夹:index.html、逐件的页、duties.csv、findings.csv、figures.json',
    )
    .option('--package <文件夹>', '条例包,里面有 regulation/ 和 processes/;不写是随附的')
    .option('--case <编号>', '只看这一件:逐行、义务、依法不可能的记载')
    .option('--json', '输出 JSON')
    .action((log: string, options: Options) => guarded(() => run(log, options)));
}

const mostUnreadableShown = 50;

async function run(log: string, { mapping: file, package: folder, out, case: only, json }: Options) {
  const [takeover, { catalogueIn, jsonIn, lawIn }, calendar, { Refusal, systemClock }, root, policy] =
    await Promise.all([
      import('../takeover/index.js'),
      import('./package-folder.js'),
      import('../calendar/index.js'),
      import('../kernel/index.js'),
      import('../kernel/package-root.js'),
      import('../law/policy/index.js'),
    ]);
  const { shippedCatalogue } = await import('../law/regulation/index.js');
  const { civilDateOf } = await import('../kernel/civil-date.js');
  const { onlyLaw } = await import('../kernel/law.js');
  root.usePackage(folder);
  const day = civilDateOf(systemClock.now());
  const mapping = takeover.readMapping(await jsonIn(file), catalogueIn(root.cityPackage(), day), file);
  const days = calendar.defaultCalendar();
  const source = await takeover.openLog(log, mapping);
  const keeper = takeover.keepFigures();
  const unreadable: Unreadable[] = [];
  const report = out === undefined ? undefined : await takeover.openReport(out, takeover.workingDaysBy(days));
  let found: CheckedCase | undefined;
  try {
    const read = await takeover.checkLog(
      source,
      mapping,
      {
        dueDates: calendar.createDueDates({ calendar: days }),
        policies: policy.policiesOf(policy.shippedPolicies(root.cityPackage()), []),
        laws: onlyLaw(lawIn(root.cityPackage(), day)),
        catalogueAt: (instant) => shippedCatalogue(civilDateOf(instant), root.cityPackage()),
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
    const [logSha256, mappingSha256] = [await takeover.digestOfLog(log), await takeover.digestOfLog(file)];
    const { figures } = keeper;
    const told = { log, logSha256, mappingSha256, calendar: days.edition, read, figures };
    await report?.finish({ ...told, unreadable });
    if (read.unreadable > 0) process.exitCode = 1;
    if (only !== undefined && !found) {
      throw new Refusal('case.not-found', `日志里没有案件“${only}”`, { where: log, remedy: '核对编号' });
    }
    if (json) console.log(JSON.stringify(found ? caseAsJson(found) : takeover.figuresAsJson(told)));
    else console.log(found ? await caseInWords(found) : await inWords(read, figures, unreadable, out));
  } finally {
    await report?.discard();
  }
}

async function inWords(
  read: LogRead,
  figures: Parameters<typeof import('../takeover/index.js').figuresAsJson>[0]['figures'],
  unreadable: readonly Unreadable[],
  out: string | undefined,
): Promise<string> {
  const [{ default: Table }, { provisionLabel }, { findingTitles, sayInstant, verdictTitles }] =
    await Promise.all([
      import('cli-table3'),
      import('../law/regulation/index.js'),
      import('../takeover/index.js'),
    ]);
  const catalogue = read.under.at(-1)?.catalogue;
  const place = (norm: string): string => {
    const { provisions = [], says = '' } = catalogue?.norm(norm) ?? {};
    return `${provisions.map(provisionLabel).join('、')} ${says}`;
  };
  const duties = new Table({
    head: ['义务', ...Object.values(verdictTitles)],
    style: { head: [], border: [] },
  });
  for (const [norm, { met, late, unmet, returned, open }] of figures.byNorm)
    duties.push([place(norm), met, late, unmet, returned, open]);
  const findings = new Table({ head: ['依法不可能的记载', '处数'], style: { head: [], border: [] } });
  for (const [kind, count] of figures.findings) findings.push([findingTitles[kind], count]);
  const left = read.under.at(-1)?.judged.left ?? [];
  const bad = read.unreadable - unreadable.length;
  return [
    `${read.lines} 行,${figures.cases} 件${read.from ? `,到 ${sayInstant(read.asOf)} 为止` : ''}`,
    duties.toString(),
    ...(figures.findings.size > 0
      ? [findings.toString(), `${figures.impossible} 件里有依法不可能的记载`]
      : ['没有依法不可能的记载']),
    ...(left.length > 0 ? [`看不出的义务 ${left.length} 项:${left.map(({ norm }) => norm).join('、')}`] : []),
    ...[...read.unmapped].map(([activity, count]) => `对照表没有写的活动:${activity}(${count} 行)`),
    ...read.missing.map((column) => `对照表里有而日志没有的列:${column}`),
    ...[...read.unknownValues].map(([value, count]) => `对照表没有写的值:${value}(${count} 次)`),
    ...unreadable.map(({ line, why }) => `第 ${line} 行读不了:${why}`),
    ...(bad > 0 ? [`另有 ${bad} 行读不了`] : []),
    ...(out === undefined ? [] : [`报告:${out}/index.html`]),
  ].join('\n');
}

async function caseInWords({
  name,
  events,
  acts,
  duties,
  findings,
  catalogue,
}: CheckedCase): Promise<string> {
  const [{ provisionLabel }, { findingTitles, sayInstant, verdictTitles }] = await Promise.all([
    import('../law/regulation/index.js'),
    import('../takeover/index.js'),
  ]);
  const cited = (provisions: readonly string[]): string => provisions.map(provisionLabel).join('、');
  return [
    name,
    ...events.map(({ line, at, activity }) => {
      const deeds = acts.filter((act) => act.line === line).map(({ deed }) => deed.title);
      return `  第 ${line} 行 ${sayInstant(new Date(at))} ${activity}${deeds.length > 0 ? ` = ${deeds.join('、')}` : ''}`;
    }),
    ...duties.map(({ norm, verdict, unit, due, endedAt }) => {
      const { provisions = [], says = '' } = catalogue.norm(norm) ?? {};
      const when = `${due ? `,期限 ${sayInstant(due)}` : ''}${endedAt ? `,办成 ${sayInstant(endedAt)}` : ''}`;
      return `  ${verdictTitles[verdict]}:${cited(provisions)} ${says}(${unit ?? '不属于哪个单位'}${when})`;
    }),
    ...findings.map(
      ({ kind, provisions, what, lines }) =>
        `  ✗ ${findingTitles[kind]}:${what}(${cited(provisions)};第 ${lines.join('、')} 行)`,
    ),
  ].join('\n');
}

const caseAsJson = ({ name, events, duties, findings }: CheckedCase) => ({
  name,
  events: events.map(({ line, at, activity }) => ({ line, at: new Date(at).toISOString(), activity })),
  duties,
  findings,
});
