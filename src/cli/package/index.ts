/**
 * `hotline package check|show DIR`: checks whether a city can run on the package, and lives one case
 * a way out (`--live`); says which records are the base's and which the city's. `hotline package
 * new` writes a package from its law's text.
 */
import type { PackageFinding } from '../../design/package/index.js';
import { civilDateOf, parseCivilDate } from '../../kernel/civil-date.js';
import { systemClock } from '../../kernel/index.js';
import { usePackage } from '../../kernel/package-root.js';
import type { RecordOrigin } from '../../kernel/package-content.js';
import type { Answer, ChineseCommand } from '../frame/chinese-command.js';
import type { LivedWay } from './live-case.js';
import type { NewOptions } from './new.js';

export function register(program: ChineseCommand): void {
  const city = program.word('package', '城市的条例包');
  city
    .word('check', '核对条例包：缺什么，哪里前后不合，流程图、决策表能否发布，情景是否成立')
    .argument('[文件夹]', '里面有 regulation/ 和 processes/；不写是 HOTLINE_PACKAGE 的，或者随附的')
    .option('--on <日期>', '按这一天的法，例如 2027-01-01；不写是今天')
    .option('--live', '没有错误的，再在临时的数据库上启动这个城市，每种处理方式登记一件，办到办结')
    .json()
    .answers(check);
  city
    .word('show', '每项记录是基础包的还是本市的；基础包的哪些不用')
    .argument('[文件夹]', '里面有 regulation/ 和 processes/；不写是 HOTLINE_PACKAGE 的，或者随附的')
    .json()
    .answers(show);
  city
    .word('new', '由一部法的条文写出新的城市的条例包：先写出问题和建议的回答，改好以后再写出条例包')
    .requiredOption('--law <文件>', '这部法公布的全文，UTF-8 的纯文本')
    .option('--answers <文件>', '回答；不写的，写出问题和建议的回答')
    .option('--to <路径>', '写到哪里，不能已经有；不写的，建议的回答写在 answers.json，条例包写在 my-city')
    .option('--follows <文件夹>', '这部法替代的那一部的条例包：它的工单办到办结，到施行日零点换过来')
    .answers(async (options: NewOptions) => (await import('./new.js')).newPackage(options));
}

async function show(folder: string | undefined): Promise<Answer> {
  usePackage(folder);
  const { packageManifest, packageRecords } = await import('../../kernel/package-content.js');
  const { key, base, titles } = packageManifest();
  const records = packageRecords();
  const named = (file: string, whose: RecordOrigin['from']): readonly string[] =>
    records.flatMap((one) => (one.file === file && one.from === whose ? [one.record] : []));
  const lines = [...new Set(records.map(({ file }) => file))].map((file) => {
    const counts = origins.flatMap(([whose, title]) => {
      const { length } = named(file, whose);
      return length > 0 ? [`${title} ${length} 项`] : [];
    });
    return `${file}：${counts.join('，')}`;
  });
  return {
    data: { key, base: base?.key ?? null, titles, records },
    words: [`${key}：${base ? `基础包 ${base.key}` : '没有基础包'}`, ...lines].join('\n'),
  };
}

const origins = [
  ['base', '基础包的'],
  ['city', '本市的'],
  ['dropped', '不用的'],
] as const;

async function check(
  folder: string | undefined,
  { on, live = false }: { readonly on?: string; readonly live?: boolean },
): Promise<Answer> {
  usePackage(folder);
  const { findingsInChinese } = await import('../../kernel/chinese-findings.js');
  if (on !== undefined) parseCivilDate(on);
  findingsInChinese();
  // Thrown as a refusal, because without the catalogue nothing else can be checked.
  (await import('../../law/regulation/index.js')).assertCatalogueReadable();
  const { checkPackage } = await import('../../design/package/index.js');
  const report = await checkPackage(on ?? civilDateOf(systemClock.now()));
  const { regulation, diagrams, scenarios, findings, differences } = report;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const lived = live && errors === 0 ? await liveUntilStopped() : [];
  if (errors > 0 || !lived || lived.some(({ outcome }) => outcome === 'stuck')) process.exitCode = 1;
  const words = [
    ...findings.map(inWords),
    ...differences.map((sentence) => `◇ 差异 ${sentence}`),
    `${regulation ?? '条例目录读不出来'}：流程图 ${diagrams} 张，情景 ${scenarios} 个`,
    errors > 0
      ? `不能据以运行：错误 ${errors} 处，提醒 ${findings.length - errors} 处`
      : `可以据以运行${findings.length > 0 ? `；提醒 ${findings.length} 处` : ''}`,
    ...(lived ?? []).map(
      ({ outcome, way, name, says }) => `${marks[outcome]} 试办 ${name}（${way}）：${says}`,
    ),
    ...(lived ? [] : ['试办中止了，什么也没有留下']),
    ...(live && errors > 0 ? ['有错误，没有试办：改好以后再来'] : []),
  ].join('\n');
  return { data: live ? { ...report, lived } : report, words };
}

const marks = { ended: '✓', waits: '▲', stuck: '✗' } as const;

/** @returns undefined after Ctrl-C, which stops the city, too, and takes everything away */
async function liveUntilStopped(): Promise<readonly LivedWay[] | undefined> {
  const { liveEachWay } = await import('./live.js');
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await liveEachWay(stopping.signal);
  } catch (error) {
    if (stopping.signal.aborted) return undefined;
    throw error;
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

const inWords = ({ severity, where, what, fix }: PackageFinding): string =>
  `${severity === 'error' ? '✗' : '▲'} ${where}\n    ${what}\n    怎么办：${fix}`;
