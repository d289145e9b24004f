/** Parts of an official document (公文), independent of the file format. */
import type { PublicationContent } from '../../../measures/assessment/index.js';
import {
  governmentTitle,
  hotlineTitle,
  inBrackets,
  lawOf,
  lawTitle,
  restingOn,
  type Law,
} from '../../../kernel/law.js';

export type Block =
  | { readonly part: 'title' | 'number' | 'heading' | 'subheading' | 'text' | 'sign'; readonly text: string }
  | {
      readonly part: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

const numerals = ['一', '二', '三', '四', '五', '六', '七'] as const;

export function documentOf(content: PublicationContent, law: Law): Block[] {
  const { kind, documentNumber, issuedOn, issuer, cases, correction } = content;
  const sections: (readonly [heading: string, blocks: readonly Block[]])[] = [
    ...(content.channels.length > 0 ? [['受理渠道、办理标准和流程', wayOf(content)] as const] : []),
    ['受理情况', intakeOf(content, law)],
    ...(kind === 'intake' ? [] : [['办结情况', measuresOf(content)] as const]),
    ...(content.groups.length > 0 ? [['各承办单位名次', ranksOf(content)] as const] : []),
    ...(kind === 'circular' ? [['整改', mendingOf(content, law)] as const] : []),
    ...(cases.length > 0 ? [['典型案例', casesOf(content)] as const] : []),
  ];
  return [
    { part: 'title', text: content.title },
    ...(documentNumber === null ? [] : [{ part: 'number' as const, text: documentNumber }]),
    text(
      kind !== 'circular'
        ? `依据${lawTitle(law)}${lawOf('publication', law)}，现将${kind === 'public' ? '受理、办理情况' : '受理情况'}公开如下。`
        : `依据${lawTitle(law)}${lawOf('assessment-results', law)}和热线工作考核办法，现将考核情况通报如下。`,
    ),
    ...(correction === null ? [] : [text(`本版是第 ${content.version} 版，更正此前公布的：${correction}。`)]),
    ...sections.flatMap(([heading, blocks], index): Block[] => [
      { part: 'heading', text: `${numerals[index] ?? index + 1}、${heading}` },
      ...blocks,
    ]),
    { part: 'sign', text: issuer },
    ...(issuedOn === null ? [] : [{ part: 'sign' as const, text: dateInWords(issuedOn) }]),
  ];
}

const text = (words: string): Block => ({ part: 'text', text: words });
const subheading = (words: string): Block => ({ part: 'subheading', text: words });

const wayOf = ({ channels, standards, steps }: PublicationContent): Block[] => [
  subheading('（一）受理渠道'),
  ...channels.map(text),
  subheading('（二）办理标准'),
  ...standards.map(text),
  subheading('（三）办理流程'),
  ...steps.map(text),
];

const intakeOf = ({ received, intake, threshold }: PublicationContent, law: Law): Block[] => [
  text(
    `本月受理 ${countOf(received, threshold)}。少于 ${threshold} 件的项目合并或者不列${inBrackets(lawOf('callers-data', law))}。`,
  ),
  ...intake
    .filter(({ cells }) => cells.length > 0)
    .map(({ heading, cells }): Block => ({
      part: 'table',
      head: [heading, '件数'],
      rows: cells.map(({ label, count }) => [label, count === null ? `不足 ${threshold}` : String(count)]),
    })),
];

const measuresOf = ({ measures, threshold }: PublicationContent): Block[] =>
  measures.length === 0
    ? [text('本月没有可计的。')]
    : [
        {
          part: 'table',
          head: ['项目', '率', '分子', '分母'],
          rows: measures.map(({ label, rate, met, of }) => [
            label,
            rate === null ? `不足 ${threshold} 件` : percent(rate),
            met === null ? '' : String(met),
            of === null ? '' : String(of),
          ]),
        },
        ...measures.map(({ label, meaning }) => text(`${label}：${meaning}。`)),
      ];

const ranksOf = ({ groups, leftOut, threshold }: PublicationContent): Block[] => [
  ...groups.flatMap(({ label, units }): Block[] => [
    subheading(label),
    {
      part: 'table',
      head: ['名次', '单位', '得分', ...(units[0]?.rates ?? []).map((one) => one.label)],
      rows: units.map(({ rank, unit, score, rates }) => [
        rank === null ? '' : String(rank),
        unit,
        (score / 100).toFixed(2),
        ...rates.map(({ rate }) => (rate === null ? '无' : percent(rate))),
      ]),
    },
  ]),
  ...(leftOut > 0 ? [text(`另有 ${leftOut} 个单位本月计入答复的不足 ${threshold} 件，不列。`)] : []),
];

/** Empty unless the regulation says what happens with rectification. */
const mending = (law: Law): string =>
  restingOn('poor-results', law).length === 0
    ? ''
    : `由${hotlineTitle(law)}提出整改意见；整改不力的，报${governmentTitle(law)}研究处理${inBrackets(lawOf('poor-results', law))}。`;

function mendingOf({ groups }: PublicationContent, law: Law): Block[] {
  const poor = groups.flatMap(({ units }) => units.filter((one) => one.poor).map(({ unit }) => unit));
  return [
    text(
      poor.length === 0
        ? '本月没有考核结果差、满意度低的单位。'
        : `考核结果差、回访满意度低的单位：${poor.join('、')}。${mending(law)}`,
    ),
  ];
}

const casesOf = ({ cases }: PublicationContent): Block[] =>
  cases.flatMap(({ title, text: words }, index) => [
    subheading(`案例${index + 1}：${title}`),
    ...words
      .split('\n')
      .filter((one) => one.trim() !== '')
      .map(text),
  ]);

const percent = (rate: number): string => `${(rate / 100).toFixed(2)}%`;

const countOf = (count: number | null, threshold: number): string =>
  count === null ? `不足 ${threshold} 件` : `${count} 件`;

const dateInWords = (day: string): string => {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${year}年${Number(month)}月${Number(date)}日`;
};
