/** The classification tree and the dispatch table. */
import { z } from 'zod';
import { json, officers, type Operation } from './operation.js';
import { dispatchBases, kinds } from '../../kernel/kinds.js';
import { lawOf } from '../../kernel/law.js';
import { listedKey, listedKeyOrNull } from '../../kernel/listed-key.js';
import { instant, text, workOrderNo } from './primitives.js';

export const reason = text(500).meta({ description: '理由,记入轨迹' });

export const classCode = text(500).meta({ description: '分类的编码', example: '0301010101' });

export const placedClass = z
  .object({
    code: z.string(),
    name: z.string(),
    path: z.array(z.object({ code: z.string(), name: z.string() })).meta({ description: '从第一级到它自己' }),
    trade: z.string().nullable().meta({ description: '行业;自己没有写的随上级' }),
    leaf: z.boolean().meta({ description: '末级;工单只能归入末级' }),
  })
  .meta({ id: 'Class' });

const tree = z
  .object({
    version: z.number().int().meta({ description: '0 是随程序附带的样本' }),
    title: z.string(),
    classes: z.array(placedClass),
  })
  .meta({ id: 'Classification' });

const treeFile = z.strictObject({
  csv: z
    .string()
    .min(1)
    .max(900_000)
    .meta({ description: 'CSV 全文,表头“编码,名称,上级编码,行业”或者“一级,二级,三级,四级,五级”' }),
  title: text(200).meta({ description: '这一版叫什么,例如所依文件的名称和文号' }),
});

const treeImport = z
  .object({
    version: z.number().int(),
    applied: z.boolean().meta({ description: '已经导入,还是只预览' }),
    leaves: z.number().int(),
    added: z.array(placedClass),
    removed: z.array(placedClass),
    changed: z.array(z.object({ from: placedClass, to: placedClass })),
    sheetsOfRemoved: z.number().int().meta({ description: '归在被删分类下的工单数;它们仍归原分类' }),
    lostRules: z.array(z.number().int()).meta({ description: '转办规则表里指向被删分类的行' }),
  })
  .meta({ id: 'ClassificationImport' });

const treeVersions = z
  .object({
    items: z.array(
      z.object({
        version: z.number().int(),
        title: z.string(),
        sha256: z.string(),
        importedAt: instant,
        importedBy: z.string(),
      }),
    ),
  })
  .meta({ id: 'ClassificationVersions' });

const unit = text(100);
export const rule = z
  .strictObject({
    class: classCode.nullish().meta({ description: '分类的编码,含其下级;不写为不论' }),
    kind: listedKeyOrNull('类别', kinds, () => lawOf('kinds')),
    district: unit.nullish().meta({ description: '属地:区县' }),
    trade: unit.nullish().meta({ description: '行业' }),
    unit: unit.meta({
      get description() {
        return `主办单位(${lawOf('lead-unit')}:一个)`;
      },
    }),
    supporting: z.array(unit).max(20).default([]).meta({ description: '协办单位' }),
    basis: listedKey('转办依据', dispatchBases, () => lawOf('dispatch')),
  })
  .meta({ id: 'DispatchRule' });
const rules = z.array(rule).max(5000).meta({ description: '从上到下,头一条合适的作数' });

const table = z
  .object({
    version: z.number().int().meta({ description: '0 是随程序附带的样本' }),
    rules,
    reason: z.string(),
    savedAt: instant.nullable(),
    savedBy: z.string().nullable(),
    earlier: z.array(
      z.object({
        version: z.number().int(),
        reason: z.string(),
        savedAt: instant.nullable(),
        savedBy: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'DispatchTable' });

const trial = z
  .object({
    tried: z.number().int().meta({ description: '试了多少张有分类的近期工单' }),
    undecided: z
      .object({ before: z.number().int(), after: z.number().int() })
      .meta({ description: '没有规则合适的,现行与所试' }),
    moved: z.number().int().meta({ description: '会转到别处的' }),
    moves: z
      .array(
        z.object({
          no: workOrderNo,
          from: z.string().nullable(),
          to: z.string().nullable(),
          row: z.number().int().nullable(),
        }),
      )
      .meta({ description: '至多列 200 张,新的在前' }),
    shadowed: z
      .array(z.object({ row: z.number().int(), by: z.number().int() }))
      .meta({ description: '永远轮不到的行,和先合的行' }),
  })
  .meta({ id: 'DispatchTrial' });

export const classificationOperations = {
  readClassification: {
    method: 'get',
    path: '/api/classification',
    tag: '分类与转办',
    summary: '现行的事项分类',
    access: officers,
    scopes: ['rules:read'],
    answers: { 200: json('分类', tree) },
    refusals: [],
  },
  listClassifications: {
    method: 'get',
    path: '/api/classification/versions',
    tag: '分类与转办',
    summary: '分类的各版本,新的在前',
    access: officers,
    answers: { 200: json('版本', treeVersions) },
    refusals: [],
  },
  previewClassification: {
    method: 'post',
    path: '/api/classification/preview',
    tag: '分类与转办',
    summary: '预览一份分类表与现行的差别,不导入',
    access: ['compliance-editor', 'compliance-approver'],
    body: treeFile,
    answers: { 200: json('差别', treeImport) },
    refusals: ['classification.invalid'],
  },
  importClassification: {
    method: 'post',
    path: '/api/classification/versions',
    tag: '分类与转办',
    summary: '导入一份分类表为新的版本;旧工单仍归旧版',
    access: ['compliance-approver'],
    body: treeFile,
    answers: { 201: json('已导入', treeImport) },
    refusals: ['classification.invalid'],
  },
  readDispatchRules: {
    method: 'get',
    path: '/api/dispatch-rules',
    tag: '分类与转办',
    get summary() {
      return `现行的转办规则表(${lawOf('dispatch')})`;
    },
    access: officers,
    scopes: ['rules:read'],
    answers: { 200: json('规则表', table) },
    refusals: [],
  },
  tryDispatchRules: {
    method: 'post',
    path: '/api/dispatch-rules/trial',
    tag: '分类与转办',
    summary: '在近期工单上试一份规则表:哪些会转到别处。不保存',
    access: ['supervisor', 'compliance-editor', 'compliance-approver'],
    body: z.strictObject({ rules }),
    answers: { 200: json('试的结果', trial) },
    refusals: ['classification.unknown', 'unit.not-found', 'dispatch-rules.invalid'],
  },
  saveDispatchRules: {
    method: 'post',
    path: '/api/dispatch-rules',
    tag: '分类与转办',
    summary: '保存规则表为新的版本',
    access: ['supervisor', 'compliance-approver'],
    body: z.strictObject({
      rules,
      basedOn: z.number().int().min(0).meta({ description: '在哪一版上修改的' }),
      reason,
    }),
    answers: { 201: json('已保存', table) },
    refusals: ['classification.unknown', 'unit.not-found', 'dispatch-rules.invalid', 'dispatch-rules.stale'],
  },
} as const satisfies Record<string, Operation>;
