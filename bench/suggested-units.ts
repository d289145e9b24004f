/**
 * Accuracy of suggested units, by cross-validation. No public set names the unit that handled a message, so the label is
 * weak: the first office that the reply names. Streets and towns are one label, since the place decides among them.
 */
import { readFileSync } from 'node:fs';
import { createModel, updatedProfile, type Profile } from '#src/sheet/classification/index.js';
import { rounded, table } from './table.js';

const folds = 10;
const beginning = 200;

const offices: readonly (readonly [string, RegExp])[] = [
  ['housing', /住房和?城乡建设[局委]|住建[局委]|城乡建设[局委]|房产局|房管局|房地产管理局/],
  ['city management', /城管(执法)?局|城市管理(和综合执法|行政执法)?局|行政执法局/],
  ['education', /教育局/],
  ['police', /公安(分)?局|派出所/],
  ['traffic police', /交警|交通警察/],
  ['transport', /交通运输局|交通局|公交(集团|公司)|运管/],
  ['labour', /人社局|人力资源(和)?社会保障局/],
  ['environment', /生态环境(分)?局|环保局|环境保护局/],
  ['land and planning', /国土资源(分)?局|自然资源(和规划)?局|规划(分)?局/],
  ['health', /卫生健康(局|委)|卫健[局委]|卫计[局委]|卫生计生/],
  ['civil affairs', /民政局/],
  ['market', /市场监督管理局|市场监管局|工商局|食药监局|质监局/],
  ['development', /发改[局委]|发展和改革[局委]|物价局/],
  ['water', /水务局|水利局|自来水公司/],
  ['agriculture', /农业农村局|农业局|林业局/],
  ['culture', /文旅|文体|文化旅游|旅游局/],
  ['tax and finance', /税务局|财政局/],
  ['metro', /轨道(交通)?集团/],
  ['housing fund', /公积金/],
  ['power', /供电|电力公司/],
  ['gardens', /园林局/],
  ['street or town', /\p{Script=Han}{2}(街道|镇|乡)(办事处|党|人民政府|高度|对)/u],
];

interface Handled {
  readonly title: string;
  readonly text: string;
  readonly office: string;
}

export function suggestedUnits(): void {
  const messages = handled();
  const right = { first: 0, third: 0 };
  for (let fold = 0; fold < folds; fold += 1) {
    const profiles = new Map<string, Profile>();
    for (const { title, text, office } of messages.filter((_, index) => index % folds !== fold)) {
      const profile = profiles.get(office) ?? { code: office, sheets: 0, terms: new Map() };
      profiles.set(office, updatedProfile(profile, `${title}\n${text}`, 1));
    }
    const model = createModel([...profiles.values()]);
    for (const { title, text, office } of messages.filter((_, index) => index % folds === fold)) {
      const codes = model.suggest(title, text, 3).map(({ code }) => code);
      if (codes[0] === office) right.first += 1;
      if (codes.includes(office)) right.third += 1;
    }
  }
  const counts = new Map<string, number>();
  for (const { office } of messages) counts.set(office, (counts.get(office) ?? 0) + 1);
  const commonest = [...counts.values()].sort((a, b) => b - a);
  const share = (count: number): string => `${rounded((100 * count) / messages.length, 1)} %`;
  const sum = (most: number): number => commonest.slice(0, most).reduce((all, count) => all + count, 0);
  table(
    `Suggested unit, ${messages.length} messages of ${counts.size} offices that their replies name, ${folds}-fold`,
    ['way', 'right at once', 'among the first three'],
    [
      ['words of past sheets', share(right.first), share(right.third)],
      ['always the commonest', share(sum(1)), share(sum(3))],
    ],
  );
}

function handled(): Handled[] {
  const file = new URL('../../shared/cases/messages.jsonl', import.meta.url);
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map(
      (line) => JSON.parse(line) as { readonly title: string; readonly text: string; readonly reply: string },
    )
    .flatMap(({ title, text, reply }) => {
      const office = officeIn(reply.slice(0, beginning));
      return office === undefined ? [] : [{ title, text, office }];
    });
}

/** The one named first. */
function officeIn(reply: string): string | undefined {
  const named = offices
    .map(([office, name]) => ({ office, at: reply.search(name) }))
    .filter(({ at }) => at >= 0);
  return named.sort((one, other) => one.at - other.at)[0]?.office;
}
