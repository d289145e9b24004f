/**
 * Changes that need two approvers: deadlines, norm links, roles, exits, and proofs of duties in
 * scenarios; for a decision table everything it decides by. Computed from the two sources,
 * independent of the wording of differences; pure.
 */
import { tableDifference, type Change } from '../compliance/index.js';
import {
  definitionOf,
  duty,
  elementsOf,
  eventDefinitions,
  isDecisionXml,
  label,
  parseDiagram,
  processOf,
  type BpmnElement,
  type FlowNode,
  type ParsedDiagram,
} from '../../engine/index.js';

const kinds = {
  deadline: '期限',
  norm: '所依条款',
  role: '岗位',
  exit: '出口',
  scenario: '证明义务的情景',
} as const;
type Kind = Exclude<keyof typeof kinds, 'scenario'>;

interface Fact {
  readonly kind: Kind;
  readonly element: BpmnElement;
  readonly says: string;
}

/**
 * @param shipped names of the shipped scenarios; a scenario of the same name in a diagram replaces
 * a shipped one
 * @returns one change per element and kind; empty if one approver is enough
 */
export async function weightyChanges(
  key: string,
  before: string,
  after: string,
  shipped: readonly string[] = [],
): Promise<readonly Change[]> {
  if (isDecisionXml(after)) return decidedOtherwise(before, after);
  const [from, to] = [await parseDiagram(before), await parseDiagram(after)];
  const [old, fresh] = [factsOf(from, key), factsOf(to, key)];
  const places = [...new Set([...old.keys(), ...fresh.keys()])];
  const proved = lostProofs(processIn(from, key), processIn(to, key), shipped);
  return [...places.flatMap(changeAt), ...proved];

  function changeAt(place: string): Change[] {
    const [was, is] = [old.get(place), fresh.get(place)];
    const fact = is ?? was;
    if (!fact || was?.says === is?.says) return [];
    const verb = was === undefined ? '新增' : is === undefined ? '删去' : '改动';
    const { element, kind } = fact;
    const id = element.id ?? element.$type;
    return [
      {
        element: id,
        elementName: label(element),
        property: kind,
        article: null,
        before: was?.says ?? null,
        after: is?.says ?? null,
        sentence: `${kinds[kind]}有${verb}：${label(element)}（${id}）`,
        kind: 'semantic',
      },
    ];
  }
}

/** Scenarios that prove duties and were retired or changed. */
function lostProofs(before: BpmnElement, after: BpmnElement, shipped: readonly string[]): readonly Change[] {
  const [old, fresh] = [scenariosOf(before), scenariosOf(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])].flatMap((name): Change[] => {
    const [was, is] = [old.get(name), fresh.get(name)];
    const stood = was ? was.standing : shipped.includes(name) ? undefined : null;
    const stands = is ? is.standing : null;
    // Null: no active scenario proved a duty; undefined: a shipped one did.
    if (stood === null || stood === stands) return [];
    const title = is?.title ?? was?.title ?? name;
    return [
      {
        element: after.id ?? '',
        elementName: title,
        property: 'scenario',
        article: null,
        before: stood ?? null,
        after: stands,
        sentence: `${kinds.scenario}${stands === null ? '不再算数' : '有改动'}：“${title}”`,
        kind: 'semantic',
      },
    ];
  });
}

interface Proving {
  readonly title: string;
  /** The scenario's steps; null if it is retired or expects nothing of duties, deeds and instants. */
  readonly standing: string | null;
}

const scenariosOf = (process: BpmnElement): ReadonlyMap<string, Proving> =>
  new Map(
    extensionsOf(process, 'duty:Scenario').map((one) => {
      const [name, title, retired, steps] = ['name', 'title', 'retired', 'steps'].map((property) => {
        const value = one.get(property);
        return typeof value === 'string' ? value.trim() : '';
      });
      const proves = /"(duties|due|done|escalations)"\s*:/.test(steps ?? '');
      return [name ?? '', { title: title ?? '', standing: !retired && proves ? (steps ?? '') : null }];
    }),
  );

const processIn = (diagram: ParsedDiagram, key: string): BpmnElement =>
  processOf(definitionOf(diagram, { processId: key }));

/** Whether anything that the table decides by has changed; names and notes do not count. */
const decidedOtherwise = async (before: string, after: string): Promise<readonly Change[]> =>
  (await tableDifference(before, after)).filter(({ kind }) => kind === 'semantic');

function factsOf(diagram: ParsedDiagram, key: string): ReadonlyMap<string, Fact> {
  const process = processIn(diagram, key);
  const { nodes, flows, others } = elementsOf(process);
  const facts = new Map<string, Fact>();
  const add = (kind: Kind, element: BpmnElement, said: readonly unknown[]): void => {
    if (said.length > 0)
      facts.set(`${kind} ${element.id ?? ''}`, { kind, element, says: JSON.stringify(said) });
  };
  for (const element of [process, ...nodes, ...flows, ...others]) add('norm', element, normsOf(element));
  for (const node of nodes) {
    add('deadline', node, timersOf(node));
    add('role', node, rolesOf(node));
    add('exit', node, exitsOf(node, flows));
  }
  return facts;
}

interface Extended {
  readonly values?: readonly BpmnElement[];
}

interface FormElement extends BpmnElement {
  readonly fields?: readonly (BpmnElement & { readonly options?: readonly BpmnElement[] })[];
}

const extensionsOf = (element: BpmnElement, type: string): readonly BpmnElement[] =>
  ((element.get('extensionElements') as Extended | undefined)?.values ?? []).filter(
    (extension) => extension.$type === type,
  );

const normsOf = (element: BpmnElement): readonly string[] =>
  extensionsOf(element, 'duty:Norm')
    .map((norm) => JSON.stringify([norm.get('provision'), norm.get('norm'), norm.get('relation')]))
    .sort();

/** Includes the host and whether the timer interrupts; levels of escalation belong to the deadline. */
const timersOf = (node: FlowNode): readonly unknown[] => {
  const timers = eventDefinitions(node)
    .filter(({ $type }) => $type === 'bpmn:TimerEventDefinition')
    .map((timer) => [
      timer.timeDuration?.body,
      timer.timeDate?.body,
      timer.timeCycle?.body,
      ...['unit', 'edge', 'policy', 'before', 'after'].map((name) => duty(timer, name)),
      node.attachedToRef?.id,
      node.cancelActivity,
    ]);
  const level = duty(node, 'level');
  return level === undefined ? timers : [...timers, level];
};

const rolesOf = (node: FlowNode): readonly unknown[] => {
  if (!node.$instanceOf('bpmn:UserTask') && !node.$instanceOf('bpmn:ManualTask')) return [];
  return [duty(node, 'role'), duty(node, 'notBy')];
};

/** End events with the paths to them, and choices of forms, which decide the path. */
function exitsOf(node: FlowNode, flows: ReturnType<typeof elementsOf>['flows']): readonly unknown[] {
  if (node.$instanceOf('bpmn:EndEvent')) {
    const events = eventDefinitions(node).map((event) => [
      event.$type,
      ...[event.messageRef, event.signalRef, event.errorRef, event.escalationRef].map(
        (ref) => ref?.name ?? ref?.id,
      ),
    ]);
    const ways = flows
      .filter(({ targetRef }) => targetRef === node)
      .map(({ sourceRef, conditionExpression }) => [sourceRef?.id, conditionExpression?.body]);
    return ['end', events, ways.map((way) => JSON.stringify(way)).sort()];
  }
  return extensionsOf(node, 'duty:Form')
    .flatMap((form) => (form as FormElement).fields ?? [])
    .filter((field) => field.get('type') === 'choice')
    .map((field) => [field.get('key'), ...(field.options ?? []).map((option) => option.get('value'))]);
}
