import { Refusal } from '../../../kernel/refusal.js';
import {
  eventDefinitions,
  isActivity,
  isFlowNode,
  isSequenceFlow,
  type FlowNode,
} from '../../model/bpmn-types.js';
import { processOf } from '../../model/definition.js';
import { assertSupported } from '../../model/lint.js';
import { compensatorsOf, isLink } from '../../model/lint-wiring.js';
import { scopeOf, type ScopeOfActivity } from '../../model/scope.js';
import { elementsOf, type Elements } from '../../model/walk.js';
import { duty } from '../../model/bpmn-types.js';
import type { Definition } from '../interface.js';
import { feel } from '../../model/feel.js';
import { compileLoop } from './compile-loop.js';
import { compileTrigger } from './compile-trigger.js';
import type { Body, Flow, Node, OwnVariables, Program, Role } from './program.js';
import { upstreamOf } from './upstream.js';

const programs = new WeakMap<Definition, Program>();

/**
 * Compiles a definition once; called definitions are compiled on the first call.
 *
 * @throws {Refusal} `definition.unsupported`, `expression.invalid`
 */
export function programOf(definition: Definition): Program {
  const known = programs.get(definition);
  if (known) return known;
  const program = compile(definition);
  programs.set(definition, program);
  return program;
}

function compile(definition: Definition): Program {
  assertSupported(definition);
  const process = processOf(definition);
  const elements = elementsOf(process);
  const indexOf = new Map(elements.nodes.map((node, index) => [node, index]));
  const index = (node: FlowNode | undefined): number => (node === undefined ? -1 : (indexOf.get(node) ?? -1));
  const flows = elements.flows.map((flow): Flow => {
    const [source, target] = [index(flow.sourceRef), index(flow.targetRef)];
    if (source < 0 || target < 0 || flow.sourceRef?.$parent !== flow.targetRef?.$parent) {
      throw unusable(`顺序流 ${flow.id ?? '?'} 的起点和终点必须在同一层。`, flow.id);
    }
    const text = flow.conditionExpression?.body;
    return { id: flow.id ?? '', source, target, condition: text === undefined ? null : feel(text, flow.id) };
  });

  const bodyOf = (container: { readonly flowElements?: FlowNode['flowElements'] }): Body => {
    const inside = (container.flowElements ?? []).filter(isFlowNode);
    const starts = inside.filter((node) => node.$type === 'bpmn:StartEvent');
    const plain = starts.filter((node) => eventDefinitions(node).length === 0);
    const begun = starts.length > 0 ? plain : inside.filter((node) => beginsUnbidden(node, elements));
    const eventSubProcesses = inside.filter((node) => node.triggeredByEvent === true);
    return { starts: begun.map(index), eventSubProcesses: eventSubProcesses.map(index) };
  };

  const nodes = elements.nodes.map((node): Node => {
    const own = index(node);
    const role = roleOf(node);
    const order = (flow: number): number => rankOf(node, elements, flow);
    const defaultFlow = node.default === undefined ? -1 : elements.flows.indexOf(node.default);
    const compensators = elements.nodes
      .filter((boundary) => boundary.attachedToRef === node)
      .flatMap((boundary) => compensatorsOf(boundary));
    const starts = (node.flowElements ?? []).filter((inner) => inner.$type === 'bpmn:StartEvent');
    return {
      index: own,
      id: node.id ?? '',
      role,
      trigger: compileTrigger(node, elements, index),
      container: index(node.$parent),
      incoming: flowsWhere(flows, (flow) => flow.target === own),
      outgoing: flowsWhere(flows, (flow, at) => flow.source === own && at !== defaultFlow).sort(
        (one, other) => order(one) - order(other),
      ),
      defaultFlow,
      activity: isActivity(node),
      loop: node.loopCharacteristics === undefined ? null : compileLoop(node.loopCharacteristics, node),
      own: ownOf(node),
      boundaries: elements.nodes
        .filter((other) => other.attachedToRef === node && !isCompensation(other))
        .map(index),
      host: index(node.attachedToRef),
      interrupting:
        node.$type === 'bpmn:BoundaryEvent' ? node.cancelActivity !== false : node.isInterrupting !== false,
      compensator: index(compensators[0]),
      handler: role === 'call-handler' ? (duty(node, 'handler') ?? null) : null,
      decision: node.$type === 'bpmn:BusinessRuleTask' ? (duty(node, 'decision') ?? null) : null,
      called: node.calledElement ?? '',
      body: node.$type === 'bpmn:SubProcess' ? bodyOf(node) : null,
      opener: role === 'event-sub-process' ? index(starts[0]) : -1,
      upstream: [],
    };
  });
  const complete = nodes.map((node) =>
    node.role === 'inclusive' ? { ...node, upstream: upstreamOf(node, nodes, flows) } : node,
  );
  return {
    key: definition.key,
    nodes: complete,
    flows,
    byId: new Map(complete.map((node) => [node.id, node.index])),
    body: bodyOf(process),
    entries: complete.filter((node) => node.role === 'start' && node.container < 0).map((node) => node.index),
    mark: markOf(complete, flows),
    conditional: complete.some((node) => node.trigger.kind === 'conditional'),
    called: (key) => {
      const other = definition.called.get(key);
      return other && programOf(other);
    },
  };
}

function ownOf(node: FlowNode): OwnVariables | null {
  const scope = scopeOf(node);
  if (!scope) return null;
  const compiled = (list: ScopeOfActivity['locals']): OwnVariables['locals'] =>
    list.map(({ name, value }) => ({ name, value: value === null ? null : feel(value, node.id) }));
  return { locals: compiled(scope.locals), outputs: compiled(scope.outputs), closed: scope.closed };
}

const roles: { readonly [type: string]: Role } = {
  'bpmn:StartEvent': 'start',
  'bpmn:EndEvent': 'end',
  'bpmn:IntermediateThrowEvent': 'throw',
  'bpmn:IntermediateCatchEvent': 'catch',
  'bpmn:BoundaryEvent': 'boundary',
  'bpmn:UserTask': 'task',
  'bpmn:ManualTask': 'task',
  'bpmn:ReceiveTask': 'task',
  'bpmn:ServiceTask': 'call-handler',
  'bpmn:SendTask': 'call-handler',
  'bpmn:BusinessRuleTask': 'call-handler',
  'bpmn:Task': 'pass',
  'bpmn:CallActivity': 'call-activity',
  'bpmn:ExclusiveGateway': 'exclusive',
  'bpmn:ParallelGateway': 'parallel',
  'bpmn:InclusiveGateway': 'inclusive',
  'bpmn:EventBasedGateway': 'event-gateway',
};

function roleOf(node: FlowNode): Role {
  if (node.$type === 'bpmn:SubProcess')
    return node.triggeredByEvent === true ? 'event-sub-process' : 'sub-process';
  const role = roles[node.$type];
  if (role === undefined) throw unusable(`不支持的元素 ${node.$type}。`, node.id);
  return role;
}

/** BPMN 2.0.2, 13.3.4: without a start event, all nodes without incoming flow start with their scope. */
function beginsUnbidden(node: FlowNode, { flows }: Elements): boolean {
  if (
    node.$type === 'bpmn:BoundaryEvent' ||
    node.triggeredByEvent === true ||
    node.isForCompensation === true
  ) {
    return false;
  }
  if (isLink(node) && node.$type === 'bpmn:IntermediateCatchEvent') return false;
  return !flows.some((flow) => isSequenceFlow(flow) && flow.targetRef === node);
}

/** In the order of the gateway's own list of outgoing flows; unlisted flows follow, as drawn. */
function rankOf(node: FlowNode, { flows }: Elements, flow: number): number {
  const listed = (node.outgoing ?? []).indexOf(flows[flow] as (typeof flows)[number]);
  return listed < 0 ? flows.length + flow : listed;
}

function flowsWhere(flows: readonly Flow[], wanted: (flow: Flow, at: number) => boolean): number[] {
  return flows.flatMap((flow, at) => (wanted(flow, at) ? [at] : []));
}

function isCompensation(node: FlowNode): boolean {
  return eventDefinitions(node)[0]?.$type === 'bpmn:CompensateEventDefinition';
}

/** 32-bit digest of the ids in order, which give a state's numbers their meaning. */
function markOf(nodes: readonly Node[], flows: readonly Flow[]): string {
  let hash = 0x811c9dc5;
  for (const { id } of [...nodes, ...flows]) {
    for (let at = 0; at <= id.length; at += 1) {
      hash = Math.imul(hash ^ (at < id.length ? id.charCodeAt(at) : 0), 0x01000193);
    }
  }
  return (hash >>> 0).toString(36);
}

function unusable(detail: string, where: string | undefined): Refusal {
  return new Refusal('definition.unsupported', detail, {
    remedy: '请修改流程图后重新提交。',
    ...(where === undefined ? {} : { where }),
  });
}
