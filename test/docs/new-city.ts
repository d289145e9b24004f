import { limitInWords } from '../../src/law/regulation/model/index.js';
import { packageJson, packageManifest } from '../../src/kernel/package-content.js';
import { readActs } from '../../src/design/package/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { join } from 'node:path';
import { table, type Page } from './page.js';

interface Deeds {
  readonly deeds: readonly { readonly name: string; readonly title: string }[];
}

const plain = join(packageRoot, 'packages', 'plain');

export const newCity: Page = {
  name: 'new-city.md',
  title: '由条文写出新的城市',
  source: '`packages/plain/acts.json` 和 `src/design/package/new/`',
  body: () => {
    const { acts, parties, plays, purposes } = readActs();
    const { deeds } = packageJson('regulation/catalogue/deeds.json', plain) as Deeds;
    const titles = new Map(deeds.map(({ name, title }) => [name, title]));
    return [
      '条文是纯文本，题目在第一行；同样的回答写出同样的字节。写出的条例包依 `packages/plain`（通用的流程图、词汇），只写条文、义务、情景和不用的（`drops`）。',
      '怎样用见 [package.md](../package.md#由条文写出新的城市)。一条答一句为什么不约束热线的工作，或者答一列义务：',
      table(['栏', '写什么'], fields),
      '`within` 的写法（条文里的数字要对得上，不对的拒绝并指名）：',
      table(
        ['写', '意思'],
        limits.map((limit) => [`\`${JSON.stringify(limit)}\``, limitInWords(limit)]),
      ),
      '## 可以答的事（`does`）',
      table(
        ['', '事', '通常由谁', '期限', '引起它的、履行它的行为'],
        Object.entries(acts).map(([key, { title, who, norm, needed }]) => [
          `\`${key}\`${needed ? '（必须有）' : ''}`,
          said(title),
          who.join('、'),
          norm.duty?.clock ?? '',
          ruleOf(norm, titles),
        ]),
      ),
      '## 各方（`parties`）',
      table(
        ['', '通常叫什么'],
        Object.entries(parties).map(([key, title]) => [`\`${key}\``, title]),
      ),
      '## 写出的情景',
      table(
        ['文件', '说什么', '有哪些事才写'],
        plays.map(({ name, title, needs }) => [`${name}.json`, said(title), needs.join('、')]),
      ),
      '## 流程图依本市的法',
      fitted,
      `没有一条说到的，这些用途引用基础包写的：${purposes.map((one) => `\`${one}\``).join('、')}；义务写 \`serves\` 可以改引它的条文。`,
    ].join('\n\n');
  },
};

const fitted =
  '`packages/plain` 的流程图依本市的法：元素写 `duty:when="deeds/return.applied"` 的，法里有这个行为（`clocks/`：有期限，`ways/`：有处理方式，`processes/`：有流程；`!` 是没有）才在图上，不在的前后接上；`<duty:norm of="deeds/reply.given">` 是这个行为履行的义务，`<duty:option of="…">` 是它们的条款。要改图的，用 `hotline package show` 看是谁的，在 `replaces` 里写上，放进本市的 `processes/`。';

const fields = [
  ['`at`', '在哪一条、款、项：`["art16.p1.i2"]`；不写是整条'],
  ['`binding`', '`shall` 应当，`should` 宜、鼓励，`may` 可以、有权，`not` 不得'],
  ['`who`', '由谁：`parties` 里的'],
  ['`does`', '是程序里的哪件事，见下表'],
  ['`outside`', '不是程序里的事：为什么（`does`、`outside` 写一个）'],
  ['`within`', '期限；条文写的期限不是它的，写 `null`'],
  [
    '`extension`',
    '怎样延长：`{"asks": "extension.applied", "grants": "extension.decided", "asked": "before-due", "inAll": {"months": 2}}`',
  ],
  ['`says`、`unless`', '用几句话说；除外的情形'],
  ['`serves`', '还为哪些用途引用它'],
  ['`suggested`', '程序的建议；核对过的去掉'],
];

const limits = [
  { days: 5, of: 'working' },
  { days: [5, 10], of: 'working' },
  { hours: 24 },
  { months: 2 },
  { word: '立即', policy: 'dispatchLimit', of: 'natural' },
  [
    { when: { deed: 'dispatch.decided', facts: { urgency: 'critical' } }, hours: 2 },
    { days: 5, of: 'working' },
  ],
] as const;

/** In the base's own words. */
const said = (text: string): string =>
  text.replaceAll(/\{([a-z-]+)\}/g, (all, name: string) => packageManifest(plain).titles[name] ?? all);

interface Rule {
  readonly opens?: readonly { readonly deed: string }[];
  readonly discharged?: readonly (readonly { readonly deed: string }[])[];
}

function ruleOf(norm: object, titles: ReadonlyMap<string, string>): string {
  const { duty, power } = norm as { readonly duty?: Rule; readonly power?: { readonly used: Rule['opens'] } };
  const named = (acts: Rule['opens'] = []): string =>
    [...new Set(acts.map(({ deed }) => titles.get(deed) ?? deed))].join('、');
  if (power) return `可以：${named(power.used)}`;
  return `${named(duty?.opens)} → ${(duty?.discharged ?? []).map(named).join('；或者 ')}`;
}
