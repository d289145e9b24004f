/**
 * Fits a base's diagram to a city's law. An element with `duty:when="deeds/return.applied"` is there
 * only if the law knows the deed; `duty:norm of="deeds/reply.given"` stands for the norms that the
 * deed fulfils, `duty:option of="…"` for their provisions as options. The flows of an element that
 * is left out are mended: its predecessors lead to its successor, and an element that nothing leads
 * to any more is left out, too, with its drawing.
 */
import { below, isElement, keep, printed, treeOf, type XmlElement, type XmlNode } from './xml-tree.js';

export interface FittingLaw {
  /** `deeds/NAME`, `clocks/KEY` (one that has a limit), `ways/KEY`, `processes/KEY`. */
  readonly has: (path: string) => boolean;
  /** Norms that a deed discharges, or that a clock limits: `deeds/NAME`, `clocks/KEY`. */
  readonly normsOf: (path: string) => readonly {
    readonly id: string;
    /** The deed only uses a power; who decides on it fulfils the norm. */
    readonly isPower?: boolean;
    readonly provisions: readonly { readonly id: string; readonly words: string }[];
  }[];
}

/** Whether the diagram, or the decision table, asks for the city's law. */
export const isFitted = (xml: string): boolean => /\sduty:when="|<duty:(?:norm|option) of="/.test(xml);

export function fitDiagram(xml: string, law: FittingLaw): string {
  const root = treeOf(xml);
  leaveOut(root, ({ attributes }) => !holds(attributes['duty:when'], law));
  for (const element of below(root)) {
    delete element.attributes['duty:when'];
    linkNorms(element, law);
  }
  return printed(root);
}

/** Without the elements that are out, and what only they lead to. */
export function leaveOut(root: XmlElement, isOut: (element: XmlElement) => boolean): void {
  for (const element of below(root)) keep(element, (child) => !isOut(child));
  for (const scope of below(root)) if (scopes.has(scope.name)) mendFlows(scope, root);
  keepDrawn(root);
}

/** All of the named must be there; one with `!` must not. */
const holds = (when: string | undefined, { has }: FittingLaw): boolean =>
  when === undefined ||
  when.split(/\s+/).every((path) => (path.startsWith('!') ? !has(path.slice(1)) : has(path)));

function linkNorms(element: XmlElement, { normsOf }: FittingLaw): void {
  const linked = new Set<string>();
  const once = (key: string): boolean => !linked.has(key) && linked.add(key).size > 0;
  element.children = element.children.flatMap((child): XmlNode[] => {
    if (!isElement(child)) return [child];
    const { of, ...attributes } = child.attributes;
    if (of === undefined) return [child];
    const norms = of.split(/\s+/).flatMap(normsOf);
    if (child.name === 'duty:option')
      return norms
        .flatMap(({ provisions }) => provisions)
        .filter(({ id }) => once(id))
        .map(({ id, words }) => ({ ...child, attributes: { value: id, label: words } }));
    return norms
      .filter(({ isPower }) => isPower !== true || attributes['relation'] !== 'fulfils')
      .filter(({ id }) => once(`${id} ${attributes['relation'] ?? ''}`))
      .map(({ id, provisions: [first] }) => ({
        ...child,
        attributes: { provision: first?.id ?? '', norm: id, ...attributes },
      }));
  });
}

const scopes = new Set(['bpmn:process', 'bpmn:subProcess']);
const isFlow = ({ name }: XmlElement): boolean => name === 'bpmn:sequenceFlow';
const idOf = ({ attributes }: XmlElement): string => attributes['id'] ?? '';

/** Removes flows without an end; bridges what was in line; removes what nothing leads to. */
function mendFlows(scope: XmlElement, root: XmlElement): void {
  for (let before = -1; before !== scope.children.length;) {
    before = scope.children.length;
    bridge(scope, root);
    dropUnreached(scope);
    simplify(scope, root);
  }
  rewire(scope);
}

const flowsOf = (scope: XmlElement): readonly XmlElement[] =>
  scope.children.filter((child): child is XmlElement => isElement(child) && isFlow(child));

const nodesOf = (scope: XmlElement): readonly XmlElement[] =>
  scope.children.filter(
    (child): child is XmlElement => isElement(child) && !isFlow(child) && 'id' in child.attributes,
  );

const from = ({ attributes }: XmlElement): string => attributes['sourceRef'] ?? '';
const to = ({ attributes }: XmlElement): string => attributes['targetRef'] ?? '';

/** A flow into an element that is not there goes on along that element's only flow. */
function bridge(scope: XmlElement, root: XmlElement): void {
  const here = new Set(nodesOf(scope).map(idOf));
  const flows = flowsOf(scope);
  const gone = new Set<XmlElement>();
  for (const flow of flows) {
    const passed = new Set<string>();
    while (here.has(from(flow)) && !here.has(to(flow)) && !passed.has(to(flow))) {
      passed.add(to(flow));
      const next = flows.filter((one) => from(one) === to(flow));
      if (next.length === 1 && next[0]) join(flow, next[0], root);
    }
    if (!here.has(from(flow)) || !here.has(to(flow))) gone.add(flow);
  }
  keep(scope, (child) => !gone.has(child));
}

function join(flow: XmlElement, next: XmlElement, root: XmlElement): void {
  flow.attributes['targetRef'] = to(next);
  const [drawn, after] = [flow, next].map((one) => edgeOf(idOf(one), root));
  if (!drawn || !after) return;
  const points = (edge: XmlElement): readonly XmlElement[] =>
    edge.children.filter((child): child is XmlElement => isElement(child) && child.name === 'di:waypoint');
  const others = drawn.children.filter((child) => !isElement(child) || child.name !== 'di:waypoint');
  const space = others.find((child) => !isElement(child)) ?? '';
  drawn.children = [
    ...[...points(drawn), ...points(after)].flatMap((point) => [space, point]),
    ...others.filter(isElement).flatMap((child) => [space, child]),
    space,
  ];
}

const edgeOf = (id: string, root: XmlElement): XmlElement | undefined =>
  [...below(root)].find(
    ({ name, attributes }) => name === 'bpmndi:BPMNEdge' && attributes['bpmnElement'] === id,
  );

const isBegun = ({ name, attributes, children }: XmlElement): boolean =>
  name === 'bpmn:startEvent' ||
  attributes['triggeredByEvent'] === 'true' ||
  children.some((child) => isElement(child) && child.name === 'bpmn:linkEventDefinition');

function dropUnreached(scope: XmlElement): void {
  const here = new Set(nodesOf(scope).map(idOf));
  const reached = new Set(flowsOf(scope).map(to));
  keep(scope, (child) => {
    const host = child.attributes['attachedToRef'];
    if (host !== undefined) return here.has(host);
    if (isFlow(child) || !flowNodes.test(child.name)) return true;
    return isBegun(child) || reached.has(idOf(child));
  });
}

const flowNodes = /^bpmn:(\w*[tT]ask|\w+Gateway|\w+Event|subProcess|callActivity)$/;

/** A gateway with one way in and one way out decides nothing; one way out needs no condition. */
function simplify(scope: XmlElement, root: XmlElement): void {
  const flows = flowsOf(scope);
  for (const gateway of nodesOf(scope).filter(({ name }) => name.endsWith('Gateway'))) {
    const [into, out] = [to, from].map((end) => flows.filter((flow) => end(flow) === idOf(gateway)));
    const [only] = out ?? [];
    if (out?.length !== 1 || !only) continue;
    only.children = [];
    delete only.attributes['name'];
    delete gateway.attributes['default'];
    const [before] = into ?? [];
    if (into?.length !== 1 || !before) continue;
    join(before, only, root);
    keep(scope, (child) => child !== gateway && child !== only);
  }
}

/** Writes `incoming` and `outgoing` anew, where BPMN wants them. */
function rewire(scope: XmlElement): void {
  const flows = flowsOf(scope);
  for (const node of nodesOf(scope).filter(({ name }) => flowNodes.test(name))) {
    keep(node, ({ name }) => name !== 'bpmn:incoming' && name !== 'bpmn:outgoing');
    const wired = (['incoming', 'outgoing'] as const).flatMap((name) =>
      flows
        .filter((flow) => (name === 'incoming' ? to : from)(flow) === idOf(node))
        .map((flow): XmlElement => ({ name: `bpmn:${name}`, attributes: {}, children: [idOf(flow)] })),
    );
    if (node.attributes['default'] && !flows.some((flow) => idOf(flow) === node.attributes['default']))
      delete node.attributes['default'];
    const first = node.children.findIndex((child) => isElement(child) && !before.has(child.name));
    const at = first < 0 ? node.children.length : first;
    node.children.splice(at, 0, ...wired);
  }
}

const before = new Set(['bpmn:documentation', 'bpmn:extensionElements']);

/** Leaves out the drawing of what is not there, and pages of sub-processes that are not. */
function keepDrawn(root: XmlElement): void {
  const there = new Set([...below(root)].flatMap(({ attributes }) => attributes['id'] ?? []));
  const isDrawn = ({ attributes: { bpmnElement } }: XmlElement): boolean =>
    bpmnElement === undefined || there.has(bpmnElement);
  for (const plane of below(root)) if (plane.name === 'bpmndi:BPMNPlane') keep(plane, isDrawn);
  keep(root, (page) => page.name !== 'bpmndi:BPMNDiagram' || page.children.filter(isElement).every(isDrawn));
}
