import { z } from 'zod';
import { parts } from '../../src/design/package/parts.js';
import { drawnSchema, kindsOfStep } from '../../src/design/rehearsal/scenario.js';
import { neededFields, programFields } from '../../src/kernel/program-fields.js';
import { placeholders } from '../../src/http/contract/placeholders.js';
import { policySchema } from '../../src/law/policy/catalogue.js';
import { catalogueContentSchema } from '../../src/law/regulation/model/content.js';
import { packageManifest, packageText } from '../../src/kernel/package-content.js';
import { table, type Page } from './page.js';

interface Json {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
  readonly items?: Json;
  readonly prefixItems?: readonly Json[];
  readonly anyOf?: readonly Json[];
  readonly oneOf?: readonly Json[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly additionalProperties?: Json | boolean;
}

const types: Readonly<Record<string, string>> = {
  ...{
    string: '文字',
    number: '数字',
    integer: '整数',
    boolean: 'true、false',
    null: 'null',
    object: '对象',
  },
};

/** What may stand there. */
function allowed(json: Json): string {
  const { anyOf, oneOf, items, pattern, minimum, maximum, type = '' } = json;
  const either = anyOf ?? oneOf;
  if (either) return [...new Set(either.map(allowed))].join('，或者 ');
  if (json.const !== undefined) return `\`${JSON.stringify(json.const)}\``;
  if (json.enum) return json.enum.map((one) => `\`${String(one)}\``).join('、');
  if (json.prefixItems) return `列表：依次 ${json.prefixItems.map(allowed).join('、')}`;
  if (items) return `列表：${allowed(items)}`;
  if (json.format === 'date-time') return '时刻，如 `2026-03-02T09:00:00+08:00`';
  if (json.format === 'date') return '日期，如 `2026-03-02`';
  if (pattern !== undefined && pattern.length < 60) return `文字，合于 \`${pattern}\``;
  if (type === 'integer' && minimum !== undefined && maximum !== undefined && maximum < 1e6)
    return `${minimum} 至 ${maximum} 的整数`;
  return types[type] ?? '任意';
}

/** The keys of the object, and of the objects in it. */
function rowsIn(json: Json, of = ''): (readonly string[])[] {
  const inner = json.anyOf ?? json.oneOf;
  if (inner) return inner.flatMap((one) => rowsIn(one, of));
  if (json.items) return rowsIn(json.items, `${of}[]`);
  const own = Object.entries(json.properties ?? {});
  const called =
    typeof json.additionalProperties === 'object' ? [['…', json.additionalProperties] as const] : [];
  return [...own, ...called].flatMap(([key, value]) => {
    const path = of === '' ? key : `${of}.${key}`;
    return [
      [`\`${path}\``, allowed(value), json.required?.includes(key) ? '是' : ''],
      ...rowsIn(value, path),
    ];
  });
}

const keysOf = (schema: z.ZodType): string => {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Json;
  const rows = new Map(rowsIn(json).map((row) => [row.join(), row]));
  return table(['项', '可以写什么', '须写'], [...rows.values()]);
};

const { shape } = catalogueContentSchema;

export const packageParts: Page = {
  name: 'package.md',
  title: '条例包的各项',
  source: '`src/design/package/parts.ts`、各文件的模式、`src/kernel/program-fields.ts`',
  body: () =>
    [
      '## 文件',
      table(
        ['文件', '内容'],
        parts.map(({ file, title }) => [`\`${file}\``, title]),
      ),
      '## `regulation/catalogue/<版本>/version.json`',
      keysOf(shape.version),
      '## `chapter-N.json`',
      '义务的期限是 `limit`，例外的是 `exceptionOf` 和 `when`，含义见 [duties.md](../duties.md)。',
      keysOf(shape.chapters.element),
      '## `deeds.json`',
      keysOf(shape.vocabulary),
      '## `measures.json`',
      keysOf(shape.measures),
      '## `regulation/policies.json`',
      keysOf(policySchema),
      '## 情景：`processes/scenarios/*.json`',
      '`title`、`provisions`（条款）、`given`（怎样开始；续别的情景的写 `after`）、`steps`。一步是下列之一，含义见 [duties.md](../duties.md#试一试)、[processes.md](../processes.md#情景)。例如：',
      `\`\`\`json\n${packageText('processes/scenarios/art25-not-linked.json')}\`\`\``,
      '### `given`',
      keysOf(drawnSchema.shape.given),
      ...Object.entries(kindsOfStep).flatMap(([kind, schema]) => [`### 步：\`${kind}\``, keysOf(schema)]),
      '## 表单里程序自己的栏目',
      '流程图的表单有这一栏的，须是这个类型；右边是读它的处理程序、带来它的消息，用它们的才须有。处理程序写的变量见 [handlers.md](handlers.md)。',
      table(
        ['栏目', '类型', '谁要用'],
        [...programFields].map(([key, type]) => [
          `\`${key}\``,
          `\`${type}\``,
          [...neededFields].flatMap(([by, keys]) => (keys.includes(key) ? [`\`${by}\``] : [])).join('、'),
        ]),
      ),
      '## 占位',
      '条例包的文字里：`{article:用途}` 是这一用途的条文，下列是称呼（`city.json` 的 `titles`）。',
      table(
        ['占位', '随附的'],
        Object.entries(packageManifest().titles).map(([name, title]) => [`\`{${name}}\``, title]),
      ),
      '文本模板里：',
      table(
        ['占位', '填什么'],
        Object.entries(placeholders).map(([name, says]) => [`\`{${name}}\``, says]),
      ),
    ].join('\n\n'),
};
