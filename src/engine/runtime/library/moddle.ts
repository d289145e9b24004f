/** Rebuilds `bpmn-moddle`'s result from the tree that a parsed diagram keeps: elements by id, references. */
import { Refusal } from '../../../kernel/refusal.js';
import type { ModdleContext, ModdleElement, Reference } from './library.js';
import { withLinksAsFlows } from './links.js';

/** References that the library queries; it reads the others from the elements. */
const referring = ['sourceRef', 'targetRef', 'default'] as const;
/** Types that several diagrams may declare with the same meaning. */
const declarations = new Set(['bpmn:Message', 'bpmn:Signal', 'bpmn:Error', 'bpmn:Escalation']);
/**
 * Root elements that a run needs. Pools are left out, because the library would start and feed
 * other processes on its own; so are elements it does not know (interfaces, item definitions,
 * global tasks).
 */
const roots = new Set(['bpmn:Process', ...declarations]);

/** Elements that tokens never pass. */
const data = /^bpmn:Data/;
/**
 * Parts left out: data belong to the case, `duty:role` gives the performers, and the library fails
 * on gaps in these.
 */
const partsLeftOut = new Set([
  'laneSets',
  'resources',
  'ioSpecification',
  'properties',
  'dataInputAssociations',
  'dataOutputAssociations',
]);
/** Elements that the library looks up by id. */
const lookedUp = new Set(['rootElements', 'flowElements', 'artifacts']);

/**
 * Merges several diagrams, including called processes: the library calls only what it has parsed with the caller, and
 * looks elements up by id across all of it.
 *
 * @throws {Refusal} `definition.unsupported` if two diagrams use one id for different elements
 */
export function moddleContext(diagrams: readonly object[]): ModdleContext {
  const elementsById: Record<string, ModdleElement> = {};
  const references: Reference[] = [];
  const diagramOf = new Map<string, object>();
  const add = (element: ModdleElement, place: string, diagram: object): void => {
    const { id } = element;
    if (id !== undefined && lookedUp.has(place)) {
      if ((diagramOf.get(id) ?? diagram) !== diagram) throw clash(id);
      diagramOf.set(id, diagram);
    }
    if (id !== undefined) elementsById[id] = element;
    for (const property of referring) {
      const target = element[property];
      if (!isElement(target) || target.id === undefined) continue;
      references.push({ element, property: `bpmn:${property}`, id: target.id });
    }
    // Parts of an element are enumerable, references are not: moddle defines them that way.
    for (const [property, value] of Object.entries(element)) {
      for (const part of list(value)) if (isElement(part)) add(part, property, diagram);
    }
  };
  const rootElements = diagrams.flatMap((diagram) => {
    const own = partsOf('rootElements', list((diagram as { readonly rootElements?: unknown }).rootElements));
    const added = own.filter(isElement).filter((element) => !isDeclared(element, elementsById));
    for (const element of added) add(element, 'rootElements', diagram);
    return added;
  });
  return {
    rootElement: { $type: 'bpmn:Definitions', id: 'definitions', rootElements },
    elementsById,
    references,
  };
}

function isDeclared({ $type, id = '', name }: ModdleElement, known: ModdleContext['elementsById']): boolean {
  const other = known[id];
  return other?.$type === $type && other.name === name && declarations.has($type);
}

function clash(id: string): Refusal {
  return new Refusal('definition.unsupported', `主流程和被调用的流程里都有元素 ${id},bpmn-engine 分不清。`, {
    where: id,
    remedy: '给其中一个换个标识。',
  });
}

/** A copy: the parsed tree is shared. */
function executablePart(element: ModdleElement): ModdleElement {
  const descriptors = Object.getOwnPropertyDescriptors(element);
  for (const [property, descriptor] of Object.entries(descriptors)) {
    if (partsLeftOut.has(property)) delete descriptors[property];
    else if (descriptor.enumerable === true && Array.isArray(descriptor.value)) {
      descriptor.value = partsOf(property, descriptor.value);
    }
  }
  return Object.create(Object.getPrototypeOf(element) as object, descriptors) as ModdleElement;
}

function partsOf(property: string, parts: readonly unknown[]): readonly unknown[] {
  const kept = property === 'rootElements' ? roots : undefined;
  const run = parts.flatMap((part) => {
    if (!isElement(part)) return [part];
    const runs = kept?.has(part.$type) ?? !data.test(part.$type);
    return runs ? [executablePart(part)] : [];
  });
  return property === 'flowElements' ? withLinksAsFlows(run.filter(isElement)) : run;
}

function isElement(value: unknown): value is ModdleElement {
  return typeof value === 'object' && value !== null && '$type' in value;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
