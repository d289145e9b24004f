/** Checks and differences of diagrams that are not drafts, and the context for checks in the browser. */
import { z } from 'zod';
import { column } from './column.js';
import { registerNames } from '../../engine/model/index.js';
import { change, checkReport } from './draft-review.js';
import { complianceOfficers, json, under } from './operation.js';
import { anyObject, diagram, shape, shapeAsked, workOrderNo } from './primitives.js';

const registered = z.object({
  value: z.string(),
  name: z.string(),
  parent: z.string().nullable().optional().describe('分类的上级'),
});

const checkContext = shape('CheckContext', {
  stage: z.enum(['drawing', 'submission']),
  law: anyObject.describe('核查所依的条例'),
  vocabulary: anyObject.describe('条例的行为词汇'),
  norms: z.array(anyObject).readonly().describe('条例目录里的义务'),
  inForce: z.array(z.string()).readonly().describe('现行的各流程图（BPMN 2.0 XML）'),
  tables: z.array(z.string()).readonly().describe('现行的各决策表（DMN 1.3 XML）'),
  registers: z
    .partialRecord(z.enum(registerNames).exclude(['units']), z.array(registered).readonly())
    .describe('决策表的列从哪里取值：分类、行业、区县、类别、单位、转办依据'),
  sheet: anyObject.describe('给表单提议的决策表看得到的：受理时写在工单上的'),
  handlers: z
    .array(z.object({ name: z.string(), writes: anyObject, errors: z.array(z.string()).readonly() }))
    .readonly()
    .describe('登记的处理程序，各写哪些变量、报哪些错误'),
  given: z
    .array(z.object({ by: z.string(), writes: anyObject }))
    .readonly()
    .describe('表单、处理程序以外，程序自己写的变量'),
  sent: z.array(z.string()).readonly().describe('程序自己发的消息'),
  calendar: z.object({ from: z.string(), days: z.string() }).describe('自 from 起每天一个字符，1 是工作日'),
  policies: z
    .array(
      z.object({
        key: z.string(),
        label: z.string(),
        value: z.string(),
        values: z.array(z.string()).readonly(),
      }),
    )
    .readonly(),
  roles: z
    .array(
      z.object({
        role: z.string(),
        exclusive: z.array(z.string()).readonly(),
        ofUnit: z.boolean(),
        seesCaller: z.boolean(),
        seesAccused: z.boolean(),
      }),
    )
    .readonly(),
});

const diagramToCheck = shapeAsked('DiagramToCheck', { source: diagram });
const diagramsToCompare = shapeAsked('DiagramsToCompare', { before: diagram, after: diagram });
const diagramChanges = shape('DiagramChanges', { changes: z.array(change) });
const proposalTrial = shape('ProposalTrial', {
  tried: z.number().int().describe('试了多少张有分类的近期工单'),
  undecided: z
    .object({ before: z.number().int(), after: z.number().int() })
    .describe('由人决定的，现行的一版与所试的'),
  moved: z.number().int().describe('会转到别处的'),
  moves: z
    .array(
      z.object({
        no: column('工单', 'case', workOrderNo),
        from: column('现行', 'text', z.string().nullable(), { none: '由人决定' }),
        to: column('这一稿', 'text', z.string().nullable(), { none: '由人决定' }),
        row: column('行', 'number', z.number().int().nullable()),
      }),
    )
    .describe('至多列 200 张，新的在前；主办单位在前，null 为由人决定'),
});
const readers = [...complianceOfficers, 'auditor'] as const;

export const checkOperations = under('流程的修改', {
  checkDiagram: {
    request: 'POST /api/checks',
    quiet: true,
    summary: '核查一张流程图，与画图时的检查相同：读不懂的也是一处毛病；什么也不留下',
    access: readers,
    body: diagramToCheck,
    diagrams: 1,
    answers: { 200: json('检查的结果', checkReport) },
  },
  compareDiagrams: {
    request: 'POST /api/difference',
    quiet: true,
    summary: '两张流程图有什么不同，一句一项，一处不漏；什么也不留下',
    access: readers,
    body: diagramsToCompare,
    diagrams: 2,
    answers: { 200: json('不同之处', diagramChanges) },
    refusals: ['definition.not-bpmn', 'definition.not-dmn'],
  },
  tryProposals: {
    request: 'POST /api/checks/proposals',
    quiet: true,
    summary: '在近期工单上试一张提议承办单位的决策表：与现行的一版比，哪些会转到别处；什么也不留下',
    access: complianceOfficers,
    body: diagramToCheck,
    diagrams: 1,
    answers: { 200: json('试的结果', proposalTrial) },
    refusals: ['definition.not-dmn', 'definition.unsupported'],
  },
  readCheckContext: {
    request: 'GET /api/checks/context',
    summary: '画图时检查所依据的：义务、现行流程、处理程序、工作日、政策、岗位',
    access: complianceOfficers,
    answers: { 200: json('检查的依据', checkContext) },
  },
});
