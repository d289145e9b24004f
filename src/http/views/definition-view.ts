import type { z } from 'zod';
import { toShanghaiIso } from '../../kernel/civil-date.js';
import { isDecisionXml, type ElementAnnotation } from '../../engine/index.js';
import type { definitionElement, definitionVersion } from '../contract/definition.js';
import type { DefinitionRow } from '../store/definition-rows.js';
import { normViews } from './task-view.js';

export function versionView(row: DefinitionRow): z.input<typeof definitionVersion> {
  const { key, version, name, runtime, sha256, xml } = row;
  return {
    key,
    kind: isDecisionXml(xml) ? 'decision' : 'process',
    version,
    name,
    runtime,
    sha256,
    deployedAt: toShanghaiIso(row.deployed_at),
    inForceFrom: toShanghaiIso(row.in_force_from),
    inForce: row.state === 'in-force',
    state: row.state,
  };
}

export function elementView(element: ElementAnnotation): z.input<typeof definitionElement> {
  const { id, type, name, role, level } = element;
  return { id, type, name, role, level, norms: normViews(element.norms) };
}
