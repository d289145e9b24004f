import { dataClasses } from '../../src/cases/retention/classes.js';
import { shippedProcesses } from '../../src/cases/index.js';
import { provisionLabel } from '../../src/kernel/provision-label.js';
import { roleName } from '../../src/kernel/role-name.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { extensionsOf, readDiagram, textOf, type Element } from '../support/diagram.js';
import { table, type Page } from './page.js';
import { packageJson } from '../../src/kernel/package-content.js';

const law = shippedLaw('2026-03-02');

const intro = '每个流程怎样走、为什么这样走，见 [processes.md](../processes.md)。标 `*` 的栏目必填。';

export const processes: Page = {
  name: 'processes.md',
  title: '五个流程的各表：环节、期限、级别、消息、考核的量、线索、保存期限、政策',
  source: '`processes/` 和 `regulation/policies.json`',
  body: async () => {
    const diagrams: Drawn[] = [];
    for (const name of shippedProcesses())
      diagrams.push({ name, elements: (await readDiagram(name)).elements });
    const parts = diagrams.map(partOf);
    return [
      intro,
      ...parts,
      messages(diagrams),
      levels(diagrams),
      measures(),
      patterns(),
      retained(),
      policies(),
    ].join('\n\n');
  },
};

interface Drawn {
  readonly name: string;
  readonly elements: readonly Element[];
}

function partOf({ name, elements }: Drawn): string {
  const tasks = elements.filter(({ $type }) => $type === 'bpmn:UserTask');
  const timers = elements.flatMap((element) =>
    definitionsOf(element, 'bpmn:TimerEventDefinition').map((timer) => [element, timer] as const),
  );
  const work = elements.filter((one) => textOf(one, 'duty:handler') + textOf(one, 'duty:decision') !== '');
  return [
    `## ${name}`,
    table(
      ['环节', '名称', '谁办', '栏目', '条文'],
      tasks.map((task) => [code(task.id), task.name ?? '', roleOf(task), fieldsOf(task), provisionsOf(task)]),
    ),
    '计时：',
    table(
      ['事件', '名称', '长度', '挂在', '条文'],
      timers.map(([event, timer]) => [
        code(event.id),
        event.name ?? '',
        lengthOf(timer),
        event.attachedToRef ? code(event.attachedToRef.id) : '',
        provisionsOf(event),
      ]),
    ),
    '程序做的、决策表定的：',
    table(
      ['环节', '名称', '程序、决策表', '条文'],
      work.map((task) => [
        code(task.id),
        task.name ?? '',
        code(textOf(task, 'duty:handler') || `${textOf(task, 'duty:decision')}.dmn`),
        provisionsOf(task),
      ]),
    ),
  ].join('\n\n');
}

function messages(diagrams: readonly Drawn[]): string {
  const thrown = new Map<string, string[]>();
  const caught = new Map<string, string[]>();
  for (const { name, elements } of diagrams)
    for (const element of elements)
      for (const message of messagesOf(element)) {
        const side = /Throw|EndEvent/.test(element.$type) ? thrown : caught;
        side.set(message, [...(side.get(message) ?? []), `${name}:${element.name ?? element.id}`]);
      }
  const names = [...new Set([...thrown.keys(), ...caught.keys()])].sort();
  const rows = names.map((name) => [
    code(name),
    thrown.get(name)?.join('、') ?? '人，或者程序',
    caught.get(name)?.join('、') ?? '',
  ]);
  return `## 消息\n\n${table(['消息', '谁发', '谁收'], rows)}`;
}

function levels(diagrams: readonly Drawn[]): string {
  const rows = diagrams.flatMap(({ elements }) =>
    elements
      .filter((element) => textOf(element, 'duty:level') !== '')
      .map((element) => [
        code(textOf(element, 'duty:level')),
        code(element.id),
        element.name ?? '',
        provisionsOf(element),
      ]),
  );
  rows.sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0));
  return `## 升级的级别\n\n${table(['级别', '环节', '名称', '条文'], rows)}`;
}

interface Measure {
  readonly label: string;
  readonly provision: string;
  readonly of: string;
  readonly met: string;
  readonly instant: string;
}

function measures(): string {
  const parsed = packageJson('regulation/catalogue/2018/measures.json') as {
    measures: Record<string, Measure>;
  };
  const rows = Object.entries(parsed.measures).map(([key, { label, provision, of, met, instant }]) => [
    code(key),
    label,
    provisionLabel(provision),
    of,
    met,
    instant,
  ]);
  return `## 考核的量\n\n${table(['量', '名称', '条文', '分母', '分子', '属于哪个月'], rows)}`;
}

interface Pattern {
  readonly title: string;
  readonly looks: string;
  readonly innocent: readonly string[];
}

function patterns(): string {
  const parsed = packageJson('regulation/radar.json') as { patterns: Record<string, Pattern> };
  const rows = Object.values(parsed.patterns).map(({ title, looks, innocent }) => [
    title,
    looks,
    innocent.join(';'),
  ]);
  return `## 线索\n\n${table(['情形', '看什么', '平常的原因'], rows)}`;
}

const retained = (): string =>
  `## 保存期限\n\n${table(
    ['数据', '自何时起', '政策'],
    dataClasses.map(({ label, kind, policy }) => [label, kind === 'case' ? '办结' : '写下', code(policy)]),
  )}`;

interface Policy {
  readonly key: string;
  readonly value: string;
  readonly label: string;
  readonly article: string;
  readonly certainty: string;
  readonly choices?: { readonly [value: string]: string };
}

function policies(): string {
  const rows = (packageJson('regulation/policies.json') as Policy[]).map(
    ({ key, value, label, choices = {}, article, certainty }) => [
      code(key),
      value,
      [label, ...Object.entries(choices).map(([choice, meaning]) => `${code(choice)} ${meaning}`)].join(';'),
      provisionLabel(article),
      certainty,
    ],
  );
  const note = `把握：P 有二手来源，R 是对条文的理解，U 没有来源。理由、来源、决定人由 \`hotline policy show\` 说出；随附的是示例决定，启用前须由有权机关确认。怎样改变见 [package.md](../package.md#政策怎样改变一项)。`;
  return `## 政策\n\n${note}\n\n${table(['政策', '随附的值', '内容', '条文', '把握'], rows)}`;
}

const code = (text: string): string => `\`${text}\``;

const roleOf = (task: Element): string => {
  const role = textOf(task, 'duty:role');
  return `${roleName(role, law) ?? role} ${code(role)}`;
};

const provisionsOf = (element: Element): string =>
  [
    ...new Set(extensionsOf(element, 'duty:Norm').map((norm) => provisionLabel(textOf(norm, 'provision')))),
  ].join('、');

const fieldsOf = (task: Element): string =>
  extensionsOf(task, 'duty:Form')
    .flatMap((form) => form.get('fields') as Element[])
    .map((field) => {
      const options = ((field.get('options') ?? []) as Element[]).map((one) => textOf(one, 'value'));
      const values = options.length > 0 ? `=${options.map(code).join('、')}` : '';
      return `${code(textOf(field, 'key'))}${field.get('required') === true ? '*' : ''} ${textOf(field, 'label')}${values}`;
    })
    .join(';');

const definitionsOf = (event: Element, type: string): Element[] =>
  (event.eventDefinitions ?? []).filter(({ $type }) => $type === type);

const messagesOf = (event: Element): string[] =>
  definitionsOf(event, 'bpmn:MessageEventDefinition').flatMap((definition) => {
    const name = (definition.get('messageRef') as Element | undefined)?.name;
    return name === undefined ? [] : [name];
  });

function lengthOf(timer: Element): string {
  const body = ['timeDuration', 'timeCycle', 'timeDate'].flatMap((kind) => {
    const text = (timer.get(kind) as { readonly body?: string } | undefined)?.body;
    return text === undefined ? [] : [code(text)];
  });
  const more = (['policy', 'before', 'after'] as const).flatMap((name) => {
    const text = textOf(timer, `duty:${name}`);
    return text === '' ? [] : [`${words[name]} ${code(text)}`];
  });
  const unit = textOf(timer, 'duty:unit') === 'working-days' ? ['工作日'] : [];
  return [...body, ...unit, ...more].join(',');
}

const words = { policy: '政策', before: '早于', after: '晚于' };
