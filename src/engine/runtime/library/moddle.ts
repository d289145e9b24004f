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
const referring = [
  'sourceRef',
  'targetRef',
  'default',
  'processRef',
  'dataObjectRef',
  'dataStoreRef',
] as const;

export function moddleContext(root: object): ModdleContext {
  if (!isElement(root)) throw new TypeError('not a moddle tree');
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
    for (const node of list(element['flowNodeRef'])) refer(element, 'flowNodeRef', node);
    // Parts of an element are enumerable, references are not: moddle defines them so.
    for (const value of Object.values(element)) {
      for (const part of list(value)) if (isElement(part)) visit(part);
    }
  };
  visit(root);
  return { rootElement: root, elementsById, references };
}

export function isElement(value: unknown): value is ModdleElement {
  return typeof value === 'object' && value !== null && '$type' in value;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
