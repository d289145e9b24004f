/** The first page of the report: figures, impossible events, and what the log cannot show. */
import { instantInWords } from '../../kernel/civil-date.js';
import {
  findingTitles,
  provisionLabel,
  verdicts,
  type Finding,
  type Verdict,
} from '../../law/regulation/index.js';
import type { LogRead } from '../check.js';
import type { Counts, Figures } from '../figures.js';
import type { Unreadable } from '../log/event.js';
import { page, table, text, type Cell } from './html.js';
import { cited, placed } from './rows.js';

export interface ShownFinding {
  readonly case: string;
  readonly finding: Finding;
  /** Link to the page with the case's lines. */
  readonly href: string;
}

export interface Told {
  readonly log: string;
  readonly logSha256: string;
  readonly mappingSha256: string;
  readonly calendar: string;
  readonly read: LogRead;
  readonly figures: Figures;
  /** The first findings; the table has all of them. */
  readonly shown: readonly ShownFinding[];
  readonly unreadable: readonly Unreadable[];
  readonly pages: readonly { readonly href: string; readonly cases: number }[];
}

const countsOf = (counts: Counts): number[] =>
  (Object.keys(verdicts) as Verdict[]).map((verdict) => counts[verdict]);

export function indexPage(told: Told): string {
  const { read, figures, shown } = told;
  const catalogue = read.under.at(-1)?.catalogue;
  const says = (norm: string): Cell[] => Object.values(placed(catalogue, norm));
  const order = new Map(catalogue?.norms.map(({ id }, place) => [id, place]));
  const inOrder = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
    (order.get(one) ?? 0) - (order.get(other) ?? 0);
  const norms = [...figures.byNorm].sort(inOrder);
  const units = [...figures.byUnit]
    .map(([unit, byNorm]) => [unit ?? '（不属于哪个单位）', [...byNorm].sort(inOrder)] as const)
    .sort(([one], [other]) => one.localeCompare(other, 'zh'));
  const laws = read.under.map(({ catalogue: { version } }) => `《${version.title}》（${version.version}）`);
  return page(
    '旧日志对照条例',
    `${facts([
      ['日志', `${told.log}(SHA-256 ${told.logSha256})`],
      ['对照表', `SHA-256 ${told.mappingSha256}`],
      ['条例', laws.join('、') || '日志里没有案件'],
      ['工作日历', `版本 ${told.calendar}`],
      ['起止', read.from ? `${instantInWords(read.from)} 至 ${instantInWords(read.asOf)}` : '没有'],
      ['行数', `${read.lines} 行，读不了 ${read.unreadable} 行`],
      ['案件', `${figures.cases} 件，其中 ${figures.impossible} 件有依法不可能的记载`],
    ])}
<p>工作日按上述日历计算。条例写明日数的期限一律计算；条例没有写日数的，只有对照表写明了才计算。“未到期”包括没有期限而尚未办的。</p>
<h2>义务：各条</h2>
${table(
  ['条文', '义务', ...Object.values(verdicts)],
  norms.map(([norm, counts]) => [...says(norm), ...countsOf(counts)]),
)}
<h2>义务：各单位</h2>
${table(
  ['单位', '条文', '义务', ...Object.values(verdicts)],
  units.flatMap(([unit, byNorm]) =>
    byNorm.map(([norm, counts]) => [unit, ...says(norm), ...countsOf(counts)]),
  ),
)}
<h2>依法不可能的记载</h2>
${table(
  ['种类', '处数'],
  [...figures.findings].map(([kind, count]) => [findingTitles[kind], count]),
)}
${table(
  ['条文', '处数'],
  [...figures.byProvision].map(([place, count]) => [provisionLabel(place), count]),
)}
${shown.length > 0 ? `<p>以下是前 ${shown.length} 处，点案件看它的各行；全部在 findings.csv。</p>` : ''}
${table(
  ['案件', '种类', '条文', '单位', '怎样', '行号'],
  shown.map(({ case: name, href, finding: { kind, provisions, unit, what, lines } }) => [
    { html: `<a href="${text(href)}">${text(name)}</a>` },
    findingTitles[kind],
    cited(provisions),
    unit ?? '',
    what,
    lines.join('、'),
  ]),
)}
<h2>逐件</h2>
<p>有上述记载，或者有义务超期、没有履行、退回重办的案件，各行在：</p>
${told.pages.length > 0 ? `<ul>${told.pages.map(({ href, cases }) => `<li><a href="${text(href)}">${text(href)}</a>（${cases} 件）</li>`).join('')}</ul>` : '<p>没有。</p>'}
<h2>看不出的</h2>
<p>日志没有记的，不等于没有办。这些义务因此不下结论：</p>
${table(
  ['条文', '义务', '为什么'],
  (read.under.at(-1)?.left ?? []).map(({ norm, why }) => [...says(norm), why]),
)}
<h3>对照表没有写的活动</h3>
${table(['活动', '行数'], byCount(read.unmapped))}
<h3>对照表里有而日志没有的列</h3>
<p>${text(read.missing.join('、') || '没有。')}</p>
<h3>对照表没有写的值</h3>
${table(['列 = 值', '次数'], byCount(read.unknownValues))}
<h3>读不了的行</h3>
${told.unreadable.length < read.unreadable ? `<p>前 ${told.unreadable.length} 行：</p>` : ''}
${table(
  ['行号', '为什么'],
  told.unreadable.map(({ line, why }) => [line, why]),
)}`,
  );
}

const facts = (rows: readonly (readonly [string, string])[]): string =>
  `<dl>${rows.map(([name, said]) => `<dt>${text(name)}</dt><dd>${text(said)}</dd>`).join('\n')}</dl>`;

const byCount = (counts: ReadonlyMap<string, number>): (readonly Cell[])[] =>
  [...counts].sort(([, one], [, other]) => other - one).slice(0, 500);
