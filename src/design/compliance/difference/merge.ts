/**
 * Merges two people's changes of one diagram, property by property of each element. A part that
 * only one person changed comes from that person; where both changed it differently, somebody must
 * choose.
 */
import {
  elementsOf,
  parseDiagram,
  writeDiagram,
  type BpmnElement,
  type FlowNode,
} from '../../../engine/model/index.js';
import type { Law } from '../../../kernel/law.js';
import { difference } from './difference.js';
import { flattened, isDrawing, type Flat } from './flatten.js';
import type { LawWords } from './law-words.js';
import type { Choice, Choices, Merged, Sides } from './merged.js';
import { elementName } from './names.js';

interface Mutable extends BpmnElement {
  get<T = unknown>(name: string): T;
  set(name: string, value: unknown): void;
}

/** Lists that contain elements compared by themselves. */
const lists = ['rootElements', 'flowElements', 'artifacts', 'diagrams', 'planeElement'] as const;

/**
 * @throws {Refusal} `definition.not-bpmn`
 */
export async function merge(
  { base, mine, theirs }: Sides,
  choices: Choices,
  words: LawWords,
  law: Law,
): Promise<Merged> {
  const trees = await Promise.all([base, mine, theirs].map(async (xml) => (await parseDiagram(xml)).root));
  const [before, my, their] = trees.map((root) => ({
    root: root as unknown as Mutable,
    flat: flattened(root),
  }));
  if (!before || !my || !their) throw new Error('three diagrams were parsed');
  const [placesBefore, myPlaces, theirPlaces] = [before, my, their].map(({ root }) => placesOf(root)) as [
    Places,
    Places,
    Places,
  ];
  const [orderBefore, myOrder] = [exitsIn(before.root), exitsIn(my.root)];
  const clashing: string[] = [];
  for (const id of new Set([...my.flat.keys(), ...before.flat.keys()])) {
    const [was, own, other] = [before.flat, my.flat, their.flat].map((flat) => contentOf(flat, id));
    if (id === '' || own === was || own === other) continue;
    const element = myPlaces.get(id)?.element ?? placesBefore.get(id)?.element;
    if (!element) continue;
    if (other !== was && !isDrawing(element)) {
      const sides = [placesBefore, myPlaces, theirPlaces].map((places) => places.get(id)?.element);
      const clashes = joined(sides, choices[id]);
      if (clashes) clashing.push(id);
      // If one side removed the element, it is kept or removed as a whole.
      if (clashes === false || sides.every((side) => side !== undefined) || choices[id] !== 'mine') continue;
    }
    take(id, myPlaces, theirPlaces, parentIn(my.flat, id), their.root);
  }
  const dropped = withoutLooseEnds(their.root);
  linkExits(their.root, orderBefore, myOrder);
  const [did, done] = await Promise.all([
    difference(base, mine, words, law),
    difference(base, theirs, words, law),
  ]);
  const about = (changes: typeof did, id: string): readonly string[] =>
    changes.filter((change) => change.element === id).map(({ sentence }) => sentence);
  return {
    xml: await writeDiagram(their.root),
    notes: dropped.length === 0 ? [] : [`连的一头已经删去，没有并进去的连线：${dropped.join('、')}`],
    conflicts: clashing.map((id) => {
      const element = myPlaces.get(id)?.element ?? placesBefore.get(id)?.element;
      return {
        element: id,
        name: element ? elementName(element) : id,
        mine: about(did, id),
        theirs: about(done, id),
      };
    }),
  };
}

/** Incoming and outgoing flows, and their order, are derived from the flows. */
const derived = new Set(['incoming', 'outgoing', 'flow-order']);

function contentOf(flat: Flat, id: string): string | undefined {
  const properties = flat.get(id);
  if (!properties) return undefined;
  const own = [...properties].filter(([name]) => !derived.has(name));
  return JSON.stringify(own.map(([name, { value }]) => [name, value]).sort());
}

function parentIn(flat: Flat, id: string): string {
  const parent = flat.get(id)?.get('parent')?.value;
  return typeof parent === 'string' ? parent : '';
}

interface Place {
  readonly element: Mutable;
  readonly list: Mutable[];
  readonly name: (typeof lists)[number];
}

type Places = Map<string, Place>;

function placesOf(root: Mutable): Places {
  const places = new Map<string, Place>();
  const visit = (container: Mutable): void => {
    for (const name of lists) {
      if (!Object.hasOwn(container, name)) continue;
      const list = container.get<Mutable[]>(name);
      for (const element of list) {
        if (element.id !== undefined) places.set(element.id, { element, list, name });
        visit(element);
        if (Object.hasOwn(element, 'plane')) visit(element.get<Mutable>('plane'));
      }
    }
  };
  visit(root);
  return places;
}

/** Makes the element in `theirs` equal to that in `mine`; its children stay theirs. */
function take(id: string, mine: Places, theirs: Places, parent: string, root: Mutable): void {
  const [own, other] = [mine.get(id), theirs.get(id)];
  if (other) other.list.splice(other.list.indexOf(other.element), 1);
  theirs.delete(id);
  if (!own) return;
  const { element, name } = own;
  for (const contained of [...lists, 'plane'] as const) {
    if (other && Object.hasOwn(other.element, contained))
      element.set(contained, other.element.get(contained));
    else if (Object.hasOwn(element, contained) && contained !== 'plane') element.set(contained, []);
  }
  if (!other && Object.hasOwn(element, 'plane')) element.get<Mutable>('plane').set('planeElement', []);
  const container = parent === '' ? root : (theirs.get(parent)?.element ?? planeIn(root, parent));
  if (!container) return;
  const list = container.get<Mutable[]>(name);
  list.push(element);
  theirs.set(id, { element, list, name });
}

/**
 * Sets in theirs what only I changed and, by choice, what both changed.
 *
 * @returns whether both changed the same property differently
 */
function joined(sides: readonly (Mutable | undefined)[], choice: Choice | undefined): boolean {
  const [was, own, other] = sides;
  if (!was || !own || !other) return true;
  let clashes = false;
  for (const name of new Set([...propertiesOf(own), ...propertiesOf(was)])) {
    const isReference = !isEnumerated(Object.hasOwn(own, name) ? own : was, name);
    const [before, my, their] = [was, own, other].map((side) => canonical(rawOf(side, name), isReference));
    if (my === before || my === their) continue;
    if (their !== before) {
      clashes = true;
      if (choice !== 'mine') continue;
    }
    other.set(name, rawOf(own, name));
  }
  return clashes;
}

const kept: ReadonlySet<string> = new Set([...lists, 'plane', 'incoming', 'outgoing', 'id']);

/** Includes references, which moddle does not enumerate. */
const propertiesOf = (element: object): readonly string[] =>
  Object.getOwnPropertyNames(element).filter((name) => !name.startsWith('$') && !kept.has(name));

const rawOf = (element: object, name: string): unknown =>
  Object.hasOwn(element, name) ? (element as { readonly [name: string]: unknown })[name] : undefined;

/** The value as text; a referenced element by its id. */
const canonical = (value: unknown, isReference: boolean): string =>
  JSON.stringify(isReference ? idsOf(value) : contentIn(value)) ?? '';

function contentIn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(contentIn);
  if (typeof value !== 'object' || value === null) return value;
  const attributes = (value as BpmnElement).$attrs ?? {};
  const properties = propertiesOf(value).map((name) => {
    const inside = rawOf(value, name);
    return [name, isEnumerated(value, name) ? contentIn(inside) : idsOf(inside)];
  });
  return [rawOf(value, '$type'), rawOf(value, 'id'), attributes, ...properties.sort()];
}

const idsOf = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(idsOf) : ((value as BpmnElement | undefined)?.id ?? null);

const isEnumerated = (element: object, name: string): boolean =>
  Object.prototype.propertyIsEnumerable.call(element, name);

const planeIn = (root: Mutable, id: string): Mutable | undefined =>
  (root.get<Mutable[] | undefined>('diagrams') ?? [])
    .map((diagram) => diagram.get<Mutable>('plane'))
    .find((plane) => plane.id === id);

interface Ends extends BpmnElement {
  readonly sourceRef?: BpmnElement;
  readonly targetRef?: BpmnElement;
  readonly attachedToRef?: BpmnElement;
  readonly bpmnElement?: BpmnElement;
  readonly default?: BpmnElement;
}

/** Removes references to elements that no longer exist. */
function withoutLooseEnds(root: Mutable): readonly string[] {
  const dropped: string[] = [];
  for (;;) {
    const places = placesOf(root);
    const loose = [...places.values()].filter(({ element }) => {
      const { sourceRef, targetRef, attachedToRef, bpmnElement } = element as Ends;
      return [sourceRef, targetRef, attachedToRef, bpmnElement].some(
        (end) => end?.id !== undefined && !places.has(end.id),
      );
    });
    for (const { element } of places.values()) {
      const { default: otherwise } = element as Ends;
      if (otherwise?.id !== undefined && !places.has(otherwise.id)) element.set('default', undefined);
    }
    if (loose.length === 0) return dropped;
    for (const { element, list } of loose) {
      list.splice(list.indexOf(element), 1);
      if (!isDrawing(element)) dropped.push(elementName(element));
    }
  }
}

type Order = ReadonlyMap<string, readonly string[]>;

const processesIn = (root: Mutable): readonly Mutable[] =>
  root.get<Mutable[]>('rootElements').filter(({ $type }) => $type === 'bpmn:Process');

const exitsIn = (root: Mutable): Order =>
  new Map(
    processesIn(root).flatMap((process) =>
      elementsOf(process).nodes.map((node) => [
        node.id ?? '',
        (node.outgoing ?? []).map(({ id }) => id ?? ''),
      ]),
    ),
  );

/** Orders the flows at each node: mine where they kept the former order, else theirs with my new ones behind. */
function linkExits(root: Mutable, before: Order, mine: Order): void {
  const theirs = exitsIn(root);
  for (const process of processesIn(root)) {
    const { nodes, flows } = elementsOf(process);
    for (const node of nodes) {
      const leaving = flows.filter(({ sourceRef }) => sourceRef?.id === node.id);
      const arriving = flows.filter(({ targetRef }) => targetRef?.id === node.id);
      const [was, own, other] = [before, mine, theirs].map((order) => order.get(node.id ?? '') ?? []) as [
        readonly string[],
        readonly string[],
        readonly string[],
      ];
      const [first, next] = String(was) === String(other) ? [own, other] : [other, own];
      const place = (id = ''): number =>
        first.includes(id) ? first.indexOf(id) : first.length + next.indexOf(id);
      const now = node as FlowNode & Mutable;
      now.set(
        'outgoing',
        leaving.toSorted((one, another) => place(one.id) - place(another.id)),
      );
      now.set('incoming', arriving);
    }
  }
}
