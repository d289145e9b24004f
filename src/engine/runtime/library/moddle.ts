/**
 * The serializer wants what `bpmn-moddle` answers while it reads: the tree, the elements by id and the list of
 * references. A parsed diagram keeps the tree only; the other two are read off it here.
 */
export interface ModdleElement {
  readonly $type: string;
  readonly id?: string;
  readonly [property: string]: unknown;
}

interface Reference {
  readonly element: ModdleElement;
  readonly property: string;
  readonly id: string;
}

export interface ModdleContext {
  readonly rootElement: ModdleElement;
  readonly elementsById: Record<string, ModdleElement>;
  readonly references: readonly Reference[];
}

/** The references that the serializer asks for; others it reads from the elements themselves. */
const referring = ['sourceRef', 'targetRef', 'default'] as const;

export function moddleContext(root: object): ModdleContext {
  if (!isElement(root)) throw new TypeError('not a moddle tree');
  const executable = executablePart(root);
  const elementsById: Record<string, ModdleElement> = {};
  const references: Reference[] = [];
  const refer = (element: ModdleElement, property: string, target: unknown): void => {
    if (isElement(target) && target.id !== undefined) {
      references.push({ element, property: `bpmn:${property}`, id: target.id });
    }
  };

  const visit = (element: ModdleElement): void => {
    if (element.id !== undefined) elementsById[element.id] = element;
    for (const property of referring) refer(element, property, element[property]);
    // Parts of an element are enumerable, references are not: moddle defines them so.
    for (const value of Object.values(element)) {
      for (const part of list(value)) if (isElement(part)) visit(part);
    }
  };
  visit(executable);
  return { rootElement: executable, elementsById, references };
}

/**
 * What a run needs of the file beside its processes. Not the pools that talk to each other: the library would start
 * and feed other processes by itself. Nor what it does not know (interfaces, item definitions, global tasks).
 */
const roots = new Set(['bpmn:Process', 'bpmn:Message', 'bpmn:Signal', 'bpmn:Error', 'bpmn:Escalation']);
/** Elements without a token's way through them. */
const data = /^bpmn:Data/;
/** Data belongs to the case, who may act is said by `duty:role`; the library reads these and trips over gaps in them. */
const partsLeftOut = new Set([
  'laneSets',
  'resources',
  'ioSpecification',
  'properties',
  'dataInputAssociations',
  'dataOutputAssociations',
]);

/** A copy, the parsed tree being everybody's. */
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
  return parts.flatMap((part) => {
    if (!isElement(part)) return [part];
    const runs = kept?.has(part.$type) ?? !data.test(part.$type);
    return runs ? [executablePart(part)] : [];
  });
}

export function isElement(value: unknown): value is ModdleElement {
  return typeof value === 'object' && value !== null && '$type' in value;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
