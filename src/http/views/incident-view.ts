/** Describes an incident in the words of its diagram: what should happen, where it is stuck, what it blocks. */
import {
  elementsOf,
  flowNodes,
  isActivity,
  label,
  processOf,
  type DeployedDefinition,
  type FlowNode,
  type SequenceFlow,
} from '../../engine/index.js';
import { namesRead } from '../../cases/index.js';
import { refusals, type RefusalCode } from '../../kernel/index.js';
import type { AnswerOf } from '../contract/operations.js';
import type { IncidentRow } from '../store/incident-rows.js';

type View = AnswerOf<'listIncidents'>['items'][number];

export function incidentView(row: IncidentRow, deployed: DeployedDefinition): View {
  const { kind, of, place, code, why } = row;
  const nodes = flowNodes(deployed.definition);
  const { flows } = elementsOf(processOf(deployed.definition));
  // `outgoing` is not used, because diagrams may omit it.
  const leaving = (node: FlowNode) => flows.filter(({ sourceRef }) => sourceRef === node);
  const nameOf = (id: string): string => deployed.annotations.element(id)?.name ?? id;
  const stuck = nodes.get(place ?? '');
  const waysOut = (stuck ? leaving(stuck) : []).map((flow) => ({
    to: flow.targetRef ? label(flow.targetRef) : '',
    condition: flow.conditionExpression?.body?.replace(/^=\s*/, '') ?? null,
  }));
  return {
    ...row,
    // Replaces the element's id in the refusal by its name.
    why: place === null ? why : why.replaceAll(` ${place} `, `“${nameOf(place)}”`),
    processName: deployed.name,
    ofName: kind === 'condition' ? `“${deployed.name}”的条件` : nameOf(of),
    placeName: place === null ? null : nameOf(place),
    title: refusals[code as RefusalCode].title,
    holdsUp: nextActivities(nodes.get(of) ?? stuck, leaving),
    waysOut,
    values: valuesIn(waysOut, row.variables),
  };
}

/** The first activities on every path from the element. */
function nextActivities(
  from: FlowNode | undefined,
  leaving: (node: FlowNode) => readonly SequenceFlow[],
): string[] {
  const found = new Set<string>();
  const seen = new Set<FlowNode>();
  const visit = (node: FlowNode): void => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const { targetRef } of leaving(node)) {
      if (!targetRef) continue;
      if (isActivity(targetRef)) found.add(label(targetRef));
      else visit(targetRef);
    }
  };
  if (from) visit(from);
  return [...found];
}

/** Variables that the conditions read, set or not. FEEL's own functions are excluded. */
function valuesIn(ways: View['waysOut'], variables: IncidentRow['variables']): View['values'] {
  const names = new Set(ways.flatMap(({ condition }) => namesRead(condition)));
  return [...names].map((name) => ({
    name,
    value: variables[name] === undefined ? null : JSON.stringify(variables[name]),
  }));
}
