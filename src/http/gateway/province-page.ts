import { escaped } from '../middleware/problem-page.js';
import type { CityMonth, ProvinceMonth, Sum } from './province-sums.js';

export interface ProvinceFigures {
  readonly name: string;
  readonly path: string;
  /** Months, newest first. */
  readonly periods: readonly string[];
  readonly period: string | undefined;
  readonly months: readonly CityMonth[];
  readonly sums: ProvinceMonth;
}

export function provincePage({ name, path, periods, period, months, sums }: ProvinceFigures): string {
  const title = `${name}各市 12345 热线公布的合计`;
  return `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}</title>
<link rel="stylesheet" href="/problem.css"><link rel="stylesheet" href="/gateway.css"></head>
<body><main class="wide"><h1>${escaped(title)}</h1>
<p>只把各市已经向社会公布的数字相加：没有公布的、因件数太少没有列出的，不在合计里。</p>
${period === undefined ? '<p>还没有一个城市公布过。</p>' : figures(path, periods, period, months, sums)}
</main></body>
</html>
`;
}

function figures(
  path: string,
  periods: readonly string[],
  period: string,
  months: readonly CityMonth[],
  sums: ProvinceMonth,
): string {
  const links = periods.map((one) =>
    one === period
      ? `<strong aria-current="page">${one}</strong>`
      : `<a href="${path}?period=${one}">${one}</a>`,
  );
  return `<nav aria-label="月份">${links.join(' ')} <a href="${path}/figures.json?period=${period}">数据（JSON）</a></nav>
<h2>${period} 受理</h2>
${table(
  ['城市', '受理（件）', '公布的文件'],
  [
    ...months.map((one) => [cell(one.name), received(one), document(one)]),
    ['<strong>合计</strong>', `<strong>${counted(sums.received)}</strong>`, ''],
  ],
)}
${sums.intake
  .map(
    ({ heading, cells }) =>
      `<h2>${cell(heading)}</h2>\n${table(
        ['项目', '件数', '公布了它的城市'],
        cells.map((one) => [cell(one.label), counted(one), told(one)]),
      )}`,
  )
  .join('\n')}
${sums.measures.length === 0 ? '' : `<h2>办结情况</h2>\n${measures(sums)}`}`;
}

const measures = ({ measures: all }: ProvinceMonth): string =>
  table(
    ['项目', '率', '分子', '分母', '怎样计', '城市'],
    all.map((one) => [
      cell(one.label),
      one.rate === null ? '无' : `${(one.rate / 100).toFixed(2)}%`,
      one.cities.length === 0 ? '' : String(one.met),
      one.cities.length === 0 ? '' : String(one.of),
      cell(one.meaning),
      told(one),
    ]),
  );

const cell = escaped;

function received({ content, away }: CityMonth): string {
  if (away) return '现在问不到';
  if (!content) return '没有公布';
  return content.received === null ? `不足 ${content.threshold} 件` : String(content.received);
}

const document = ({ content, address }: CityMonth): string =>
  content
    ? `<a href="${escaped(address)}">${escaped(content.documentNumber ?? content.title)}</a>${content.version > 1 ? `，第 ${content.version} 版` : ''}`
    : '';

/** If numbers were withheld, the true sum is larger. */
const counted = ({ count, withheld }: Sum): string =>
  count === null ? '太少，没有列出' : `${withheld.length > 0 ? '至少 ' : ''}${count}`;

const told = ({ cities, withheld }: Pick<Sum, 'cities' | 'withheld'>): string =>
  escaped(
    [cities.join('、'), ...(withheld.length > 0 ? [`太少没有列出：${withheld.join('、')}`] : [])]
      .filter((part) => part !== '')
      .join('；'),
  );

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<div class="scrolls" tabindex="0" role="region" aria-label="${heads[0] ?? ''}"><table><thead><tr>${heads
    .map((head) => `<th scope="col">${head}</th>`)
    .join('')}</tr></thead><tbody>
${rows.map(([first = '', ...rest]) => `<tr><th scope="row">${first}</th>${rest.map((one) => `<td>${one}</td>`).join('')}</tr>`).join('\n')}
</tbody></table></div>`;
