/** The classification tree. */
import { z } from 'zod';
import { column } from './column.js';
import { json, officers, under } from './operation.js';
import { instant, shape, text } from './primitives.js';

export const reason = text(500).describe('理由，记入轨迹');

export const classCode = text(500).meta({ description: '分类的编码', example: '0301010101' });

export const placedClass = shape('Class', {
  code: z.string(),
  name: z.string(),
  path: z.array(z.object({ code: z.string(), name: z.string() })).describe('从第一级到它自己'),
  trade: z.string().nullable().describe('行业；自己没有写的随上级'),
  leaf: z.boolean().describe('末级；工单只能归入末级'),
});

const tree = shape('Classification', {
  version: z.number().int().describe('0 是随程序附带的样本'),
  title: z.string(),
  classes: z.array(placedClass),
});

const treeFile = z.strictObject({
  csv: z
    .string()
    .min(1)
    .max(900_000)
    .describe('CSV 全文，表头“编码，名称，上级编码，行业”或者“一级，二级，三级，四级，五级”'),
  title: text(200).describe('这一版叫什么，例如所依文件的名称和文号'),
});

const treeImport = shape('ClassificationImport', {
  version: z.number().int(),
  applied: z.boolean().describe('已经导入，还是只预览'),
  leaves: z.number().int(),
  added: z.array(placedClass),
  removed: z.array(placedClass),
  changed: z.array(z.object({ from: placedClass, to: placedClass })),
  sheetsOfRemoved: z.number().int().describe('归在被删分类下的工单数；它们仍归原分类'),
  lostRules: z.array(z.number().int()).describe('转办表里指向被删分类的行'),
});

const treeVersions = shape('ClassificationVersions', {
  items: z.array(
    z.object({
      version: column('版本', 'name', z.number().int()),
      title: column('名称', 'text', z.string()),
      importedBy: column('导入', 'person', z.string()),
      importedAt: column('何时导入', 'instant', instant),
      sha256: column('文件', 'code', z.string()),
    }),
  ),
});

export const classificationOperations = under('分类与转办', {
  readClassification: {
    request: 'GET /api/classification',
    summary: '现行的事项分类',
    access: officers,
    scopes: ['rules:read'],
    answers: { 200: json('分类', tree) },
  },
  listClassifications: {
    request: 'GET /api/classification/versions',
    summary: '分类的各版本，新的在前',
    access: officers,
    answers: { 200: json('版本', treeVersions) },
  },
  previewClassification: {
    request: 'POST /api/classification/preview',
    quiet: true,
    summary: '预览一份分类表与现行的差别，不导入',
    access: ['compliance-editor', 'compliance-approver'],
    body: treeFile,
    answers: { 200: json('差别', treeImport) },
    refusals: ['classification.invalid'],
  },
  importClassification: {
    request: 'POST /api/classification/versions',
    summary: '导入一份分类表为新的版本；旧工单仍归旧版',
    access: ['compliance-approver'],
    body: treeFile,
    answers: { 201: json('已导入', treeImport) },
    refusals: ['classification.invalid'],
  },
});
