import type { Said } from '../contract/operation.js';
import { isDecisionXml, type ElementAnnotation } from '../../engine/index.js';
import type { definitionElement, definitionVersion } from '../contract/definition.js';
import type { DefinitionRow } from '../store/definition-rows.js';
import { normViews } from './task-view.js';

export function versionView(row: DefinitionRow): Said<typeof definitionVersion> {
  const { xml } = row;
  return {
    ...row,
    kind: isDecisionXml(xml) ? 'decision' : 'process',
    deployedAt: row.deployed_at,
    inForceFrom: row.in_force_from,
    inForce: row.state === 'in-force',
    state: row.state,
  };
}

export function elementView(element: ElementAnnotation): Said<typeof definitionElement> {
  return { ...element, norms: normViews(element.norms) };
}
