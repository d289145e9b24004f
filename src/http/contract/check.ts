/** What a diagram is checked against while somebody draws it: the browser runs the very rules of the program. */
import { z } from 'zod';
import { complianceOfficers, json, type Operation } from './operation.js';
import { anyObject } from './primitives.js';

const checkContext = z
  .object({
    stage: z.enum(['drawing', 'submission']),
    norms: z.array(anyObject).readonly().meta({ description: '条例目录里的义务' }),
    inForce: z.array(z.string()).readonly().meta({ description: '现行的各流程图(BPMN 2.0 XML)' }),
    handlers: z.array(z.string()).readonly().meta({ description: '登记的处理程序' }),
    calendar: z
      .object({ from: z.string(), days: z.string() })
      .meta({ description: '自 from 起每天一个字符,1 是工作日' }),
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
  })
  .meta({ id: 'CheckContext' });

export const checkOperations = {
  readCheckContext: {
    method: 'get',
    path: '/api/checks/context',
    tag: '流程的修改',
    summary: '画图时检查所依据的:义务、现行流程、处理程序、工作日、政策、岗位',
    access: complianceOfficers,
    answers: { 200: json('检查的依据', checkContext) },
    refusals: [],
  },
} as const satisfies Record<string, Operation>;
