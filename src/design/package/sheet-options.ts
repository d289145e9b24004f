/** Checks that the package's lists for sheets match the options in the form of acceptance. */
import { optionsUnder, type Annotations, type FormField } from '../../engine/index.js';
import type { IntakeForm } from '../../cases/index.js';
import { sampleChannels } from '../../sheet/classification/index.js';
import type { Law } from '../../kernel/law.js';
import { readSheetLists } from '../../kernel/package-lists.js';
import type { PackageFinding } from './finding.js';

interface Listed {
  readonly key: string;
  readonly name: string;
}

/** @param acceptance annotations of the acceptance diagram */
export function sheetOptions(acceptance: Annotations, law: Law): PackageFinding[] {
  const { kinds, channels, intake } = readSheetLists();
  const known = new Set(kinds.map(({ key }) => key));
  return [
    ...unequal(acceptance, 'kinds', 'kind', kinds, 'all'),
    ...unequal(acceptance, 'channels', 'channel', channels, 'all'),
    ...unequal(acceptance, 'intake.waysOut', 'wayOut', intake.waysOut, 'some'),
    ...unequal(acceptance, 'intake.bases', 'dispatchBasis', intake.bases, 'some'),
    ...unequal(acceptance, 'intake.procedures', 'pendingProcedure', intake.procedures, 'some'),
    ...intake.waysOut.flatMap(({ key, kinds: only = [] }) =>
      only
        .filter((kind) => !known.has(kind))
        .map((kind) =>
          finding(`intake.waysOut ${key}`, `没有“${kind}”这一类`, '改成 kinds 里有的一类，或者先把它列进去'),
        ),
    ),
    ...unanswerable(acceptance, law),
  ];
}

const needs = {
  answer: { says: '必填的长文本', has: ({ type, required }: FormField) => type === 'longText' && required },
  unit: { says: '承办单位（key="unit" type="unit"）', has: ({ key }: FormField) => key === 'unit' },
} as const;

/** A way of handling that intake asks for at once (`asks`) must lead to a task that asks for it. */
export const unservedWays = (form: IntakeForm, { intake }: Law): PackageFinding[] =>
  intake.waysOut.flatMap(({ key, name, asks }): PackageFinding[] => {
    if (asks === undefined) return [];
    const fields = form.ways.find(({ way }) => way === key)?.fields;
    const need = asks === 'answer' || asks === 'unit' ? needs[asks] : undefined;
    if (fields && (!need || fields.some(need.has))) return [];
    const what = fields
      ? `“${name}”接着的环节没有问${need?.says ?? ''}，受理页写了 asks="${asks}" 要问`
      : `受理流程图从登记起，选 wayOut="${key}"，走不到填表的环节：受理页办不了“${name}”`;
    return [
      {
        ...{
          severity: 'error',
          where: `processes/acceptance.bpmn、regulation/sheet.json intake.waysOut ${key}`,
          what,
        },
        fix: fields
          ? '在那个环节的 duty:form 里加上，或者从这里去掉 asks'
          : '在受理流程图里画上这条路，或者从这里去掉',
      },
    ];
  });

/** The diagram must ask for what is proposed in an emergency or for another legal channel. */
function unanswerable({ elements }: Annotations, law: Law): PackageFinding[] {
  const fields = [...elements.values()].flatMap(({ form }) => form);
  return sampleChannels().channels.flatMap(({ key, name, answers }) =>
    Object.entries(answers).flatMap(([field, value]): PackageFinding[] => {
      const asked = fields.filter((one) => one.key === field);
      const options = asked.flatMap((one) => optionsUnder(one, law).map((option) => option.value));
      if (asked.length > 0 && (options.length === 0 || options.includes(String(value)))) return [];
      const what =
        asked.length === 0
          ? `“${name}”的答案 ${field}，受理流程图没有这一栏`
          : `“${name}”的答案 ${field} 是“${String(value)}”，受理流程图那一栏没有这个选项`;
      return [
        {
          ...{ severity: 'error', where: `regulation/other-channels.json ${key}`, what },
          fix: '改成那一栏有的，或者在受理流程图里加上',
        },
      ];
    }),
  );
}

/** @param offered `all`: every offered option must be listed; `some`: the form may offer more */
function unequal(
  { elements }: Annotations,
  path: string,
  field: string,
  listed: readonly Listed[],
  offered: 'all' | 'some',
): PackageFinding[] {
  const forms = [...elements.values()].flatMap(({ form }) =>
    form.filter(({ key, options }) => key === field && options.length > 0),
  );
  // A diagram that does not ask for it takes the value from the sheet.
  if (forms.length === 0) return [];
  const values = new Set(forms.flatMap(({ options }) => options.map(({ value }) => value)));
  const keys = new Set(listed.map(({ key }) => key));
  return [
    ...listed
      .filter(({ key }) => !values.has(key))
      .map(({ key, name }) =>
        finding(
          path,
          `“${name}”（${key}）不是受理流程图 ${field} 一栏的选项，登记时会被拒绝`,
          '在那一栏加上，或者从这里去掉',
        ),
      ),
    ...(offered === 'some' ? [] : [...values].filter((value) => !keys.has(value))).map((value) =>
      finding(
        path,
        `受理流程图 ${field} 一栏的选项 ${value} 没有列在这里，程序不收`,
        '列上，或者从那一栏去掉',
      ),
    ),
  ];
}

const finding = (path: string, what: string, fix: string): PackageFinding => ({
  severity: 'error',
  where: `regulation/sheet.json ${path}`,
  what,
  fix,
});
