/** Deployed process definitions. A version never changes. */
import { z } from 'zod';
import { column } from './column.js';
import { json, under } from './operation.js';
import { instant, level, positiveAsked, provision, shape, text, xml } from './primitives.js';

const version = positiveAsked;

const versionShape = {
  key: z.string().meta({ example: 'handling' }),
  kind: z.enum(['process', 'decision']).describe('process 流程图、decision 决策表（DMN 1.3）'),
  name: column('流程', 'name', z.string()),
  version: column('现行版本', 'text', z.number().int()),
  inForceFrom: column('自何时现行', 'instant', instant.describe('自何时起现行')),
  sha256: z.string().describe('流程图原文的 SHA-256，十六进制'),
  deployedAt: instant,
  inForce: z.boolean(),
  state: z
    .enum(['scheduled', 'in-force', 'superseded', 'withdrawn'])
    .describe('scheduled 待生效、in-force 现行、superseded 已被取代、withdrawn 生效之前撤回'),
};

export const definitionVersion = shape('DefinitionVersion', versionShape);
const definitionList = shape('DefinitionList', { items: z.array(definitionVersion) });

const definition = shape('Definition', { ...versionShape, versions: z.array(definitionVersion) });

export const definitionElement = shape('DefinitionElement', {
  id: z.string(),
  type: z.string().meta({ example: 'bpmn:UserTask' }),
  name: z.string(),
  role: z.string().nullable(),
  level,
  norms: z.array(z.object({ ...provision.shape, norm: z.string(), relation: z.string() })),
});

const definitionDetail = shape('DefinitionDetail', { ...versionShape, elements: z.array(definitionElement) });

export const definitionParams = z.strictObject({ key: text(200) });
const versionParams = z.strictObject({ key: text(200), version });

export const definitionOperations = under('流程定义', {
  listDefinitions: {
    request: 'GET /api/definitions',
    summary: '现行的流程定义和决策表',
    access: 'signed-in',
    because: '流程图是大家共同遵守的，没有工单的内容',
    scopes: ['rules:read'],
    answers: { 200: json('流程定义', definitionList) },
  },
  readDefinition: {
    request: 'GET /api/definitions/{key}',
    summary: '一个流程定义及其各版本',
    access: 'signed-in',
    because: '流程图是大家共同遵守的，没有工单的内容',
    scopes: ['rules:read'],
    params: definitionParams,
    answers: { 200: json('流程定义', definition) },
    refusals: ['definition.not-found'],
  },
  readDefinitionVersion: {
    request: 'GET /api/definitions/{key}/versions/{version}',
    summary: '一个版本：各环节、岗位与所依条款',
    access: 'signed-in',
    because: '流程图是大家共同遵守的，没有工单的内容',
    scopes: ['rules:read'],
    params: versionParams,
    answers: { 200: json('流程定义版本', definitionDetail) },
    refusals: ['definition.not-found'],
  },
  readDiagram: {
    request: 'GET /api/definitions/{key}/versions/{version}/diagram',
    summary: '流程图（BPMN 2.0 XML）或者决策表（DMN 1.3 XML）的原文，逐字节与部署时相同',
    access: 'signed-in',
    because: '流程图是大家共同遵守的，没有工单的内容',
    scopes: ['rules:read'],
    params: versionParams,
    answers: { 200: { description: 'BPMN 2.0、DMN 1.3 XML', type: 'application/xml', schema: xml } },
    refusals: ['definition.not-found'],
  },
});
