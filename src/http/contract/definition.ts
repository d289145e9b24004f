/** Deployed process definitions. A version never changes. */
import { z } from 'zod';
import { instant, level, provision, text } from './primitives.js';

const version = z.coerce.number().int().min(1).max(2_147_483_647);

const versionShape = {
  key: z.string().meta({ example: 'handling' }),
  version: z.number().int(),
  name: z.string(),
  runtime: z.enum(['token', 'bpmn-engine']),
  sha256: z.string().meta({ description: '流程图原文的 SHA-256,十六进制' }),
  deployedAt: instant,
  inForce: z.boolean(),
};

export const definitionVersion = z.object(versionShape).meta({ id: 'DefinitionVersion' });
export const definitionList = z.object({ items: z.array(definitionVersion) }).meta({ id: 'DefinitionList' });

export const definition = z
  .object({ ...versionShape, versions: z.array(definitionVersion) })
  .meta({ id: 'Definition' });

export const definitionElement = z
  .object({
    id: z.string(),
    type: z.string().meta({ example: 'bpmn:UserTask' }),
    name: z.string(),
    role: z.string().nullable(),
    level,
    norms: z.array(z.object({ ...provision.shape, norm: z.string(), relation: z.string() })),
  })
  .meta({ id: 'DefinitionElement' });

export const definitionDetail = z
  .object({ ...versionShape, elements: z.array(definitionElement) })
  .meta({ id: 'DefinitionDetail' });

export const definitionParams = z.strictObject({ key: text(200) });
export const versionParams = z.strictObject({ key: text(200), version });
