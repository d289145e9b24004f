/**
 * Fragments of diagrams. `<bpmn:subProcess id="S" duty:fragment="withdrawal">` without flow elements
 * of its own stands for `processes/fragments/withdrawal.bpmn`, whose process declares its params:
 * `{norm}` in texts and attributes is a param's value, `<duty:slot name="measures"/>` its content. What
 * `duty:when="{escalation}"` marks is left out if the param says `none`. Ids are prefixed with `S_`, so
 * that one diagram can hold the same fragment twice.
 */
import { leaveOut } from './diagram-fit.js';
import { Refusal } from './refusal.js';
import { below, isElement, keep, printed, treeOf, type XmlElement, type XmlNode } from './xml-tree.js';

export interface Fragments {
  readonly names: readonly string[];
  /** Undefined if there is no such fragment. */
  readonly textOf: (name: string) => string | undefined;
}

/** One of a fragment's params, as its file declares it. */
export interface FragmentParam {
  readonly name: string;
  readonly label: string;
  /** What holds if the diagram does not give it; undefined: it must. */
  readonly value: string | undefined;
  readonly content: readonly XmlElement[];
}

export interface Fragment {
  readonly title: string;
  readonly documentation: string;
  readonly params: readonly FragmentParam[];
}

/** Whether the diagram may have something to expand. */
export const hasFragments = (xml: string): boolean => /\sduty:fragment="/.test(xml);

/** @throws {Refusal} `package.invalid`, with file and element: a fragment, a param or a place that cannot be */
export function expandFragments(xml: string, where: string, fragments: Fragments): string {
  const root = treeOf(xml);
  let isExpanded = false;
  for (let depth = 0; ; depth++) {
    const placeholders = [...below(root)].filter((one) => isPlaceholder(one, where));
    const [first] = placeholders;
    if (!first) break;
    if (depth === deepest) throw refused(where, first, '片段一层套一层，没有尽头', '片段不能套自己');
    for (const placeholder of placeholders) expand(placeholder, root, where, fragments);
    isExpanded = true;
  }
  if (!isExpanded) return xml;
  refuseTwice(root, where);
  return printed(root);
}

/** A fragment may have placeholders, too; deeper than any that means to end. */
const deepest = 4;

/** What a fragment is and wants, for lists of them. */
export function fragmentIn(xml: string): Fragment {
  const process = processOf(treeOf(xml));
  const documentation = elementsOf(process).find(({ name }) => name === 'bpmn:documentation');
  return {
    title: process?.attributes['name'] ?? '',
    documentation: documentation?.children.find((node) => typeof node === 'string') ?? '',
    params: declaredIn(process),
  };
}

const idOf = ({ attributes }: XmlElement): string => attributes['id'] ?? '';
const elementsOf = (element: XmlElement | undefined): readonly XmlElement[] =>
  (element?.children ?? []).filter(isElement);
const extensionsOf = (element: XmlElement | undefined): readonly XmlElement[] =>
  elementsOf(element)
    .filter(({ name }) => name === extension)
    .flatMap(elementsOf);
const isParam = ({ name }: XmlElement): boolean => name === 'duty:param';
const processOf = (root: XmlElement): XmlElement | undefined =>
  elementsOf(root).find(({ name }) => name === 'bpmn:process');

const extension = 'bpmn:extensionElements';
/** What a sub-process has besides flow elements, before them. */
const frame = /^bpmn:(documentation|extensionElements|incoming|outgoing|\w+LoopCharacteristics)$/;
const shared = /^bpmn:(message|signal|error|escalation)$/;

function isPlaceholder(element: XmlElement, where: string): boolean {
  const { name, attributes } = element;
  if (name !== 'bpmn:subProcess' || attributes['duty:fragment'] === undefined) return false;
  const isEmpty = elementsOf(element).every((child) => frame.test(child.name));
  if (!isEmpty && extensionsOf(element).some(isParam))
    throw refused(where, element, '既有片段的参数，又有自己的环节', '只留一样：参数，或者环节');
  return isEmpty;
}

function expand(
  placeholder: XmlElement,
  root: XmlElement,
  where: string,
  { names, textOf }: Fragments,
): void {
  const name = placeholder.attributes['duty:fragment'] ?? '';
  const text = textOf(name);
  if (text === undefined)
    throw refused(where, placeholder, `没有片段“${name}”`, `片段有：${names.join('、') || '（没有）'}`);
  const fragment = treeOf(text);
  const process = processOf(fragment);
  if (!process)
    throw refused(where, placeholder, `片段“${name}”里没有流程`, `改 processes/fragments/${name}.bpmn`);
  const params = paramsOf(placeholder, name, declaredIn(process), where);
  rename(fragment, idsOf(placeholder, process, fragment, root, params));
  for (const element of below(fragment))
    fill(element, params, (param) =>
      refused(
        where,
        placeholder,
        `片段“${name}”没有声明它用的参数 ${param}`,
        `在 processes/fragments/${name}.bpmn 里声明`,
      ),
    );
  if ([...below(fragment)].some(isLeftOut)) leaveOut(fragment, isLeftOut);
  const inner = elementsOf(process).filter((child) => !frame.test(child.name));
  extend(
    placeholder,
    extensionsOf(process).filter((one) => !isParam(one)),
  );
  placeholder.children.push(...spaced(inner));
  adopt(root, fragment);
}

const isLeftOut = ({ attributes }: XmlElement): boolean => attributes['duty:when'] === 'none';

const declaredIn = (process: XmlElement | undefined): readonly FragmentParam[] =>
  extensionsOf(process)
    .filter(isParam)
    .map((param) => ({
      name: param.attributes['name'] ?? '',
      label: param.attributes['label'] ?? '',
      value: param.attributes['value'],
      content: elementsOf(param),
    }));

type Params = ReadonlyMap<string, Pick<FragmentParam, 'value' | 'content'>>;

function paramsOf(
  placeholder: XmlElement,
  fragment: string,
  declared: readonly FragmentParam[],
  where: string,
): Params {
  const allowed = `片段“${fragment}”的参数：${declared.map(({ name }) => name).join('、') || '（没有）'}`;
  const given = new Map<string, Pick<FragmentParam, 'value' | 'content'>>();
  for (const param of extensionsOf(placeholder).filter(isParam)) {
    const { name = '', value } = param.attributes;
    if (!declared.some((one) => one.name === name))
      throw refused(where, placeholder, `片段“${fragment}”没有参数 ${name}`, allowed);
    if (given.has(name)) throw refused(where, placeholder, `参数 ${name} 写了两次`, '只写一次');
    given.set(name, { value, content: elementsOf(param) });
  }
  const isOptional = ({ value, content }: FragmentParam): boolean =>
    value !== undefined || content.length > 0;
  const missing = declared.filter((one) => !given.has(one.name) && !isOptional(one)).map(({ name }) => name);
  if (missing.length > 0) throw refused(where, placeholder, `缺片段的参数 ${missing.join('、')}`, allowed);
  return new Map(declared.map((one) => [one.name, given.get(one.name) ?? one]));
}

/** What each id of the fragment is called in the diagram; what is declared in both is the diagram's. */
function idsOf(
  placeholder: XmlElement,
  process: XmlElement,
  fragment: XmlElement,
  root: XmlElement,
  params: Params,
): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const element of below(fragment))
    if (idOf(element)) ids.set(idOf(element), `${idOf(placeholder)}_${idOf(element)}`);
  for (const declared of elementsOf(fragment).filter(({ name }) => shared.test(name))) {
    const name = filled(declared.attributes['name'] ?? '', params);
    const same = elementsOf(root).find(
      (one) => one.name === declared.name && one.attributes['name'] === name,
    );
    if (same) ids.set(idOf(declared), idOf(same));
  }
  return ids.set(idOf(process), idOf(placeholder));
}

const references = new Set([
  ...['id', 'sourceRef', 'targetRef', 'default', 'attachedToRef', 'bpmnElement'],
  ...['messageRef', 'signalRef', 'errorRef', 'escalationRef', 'duty:notBy', 'duty:after', 'duty:before'],
]);

function rename(fragment: XmlElement, ids: ReadonlyMap<string, string>): void {
  const renamed = (text: string): string => text.replace(/[^\s{}]+/g, (id) => ids.get(id) ?? id);
  for (const element of below(fragment)) {
    for (const [name, value] of Object.entries(element.attributes))
      if (references.has(name)) element.attributes[name] = renamed(value);
    if (/^bpmn:(incoming|outgoing)$/.test(element.name))
      element.children = element.children.map((child) => (isElement(child) ? child : renamed(child)));
  }
}

const filled = (text: string, params: Params, unknown?: (param: string) => Refusal): string =>
  text.replace(/\{([a-z][A-Za-z0-9-]*)\}/g, (all, name: string) => {
    const param = params.get(name);
    if (!param && unknown) throw unknown(name);
    return param?.value ?? all;
  });

/** An attribute that a param leaves empty is left out. */
function fill(element: XmlElement, params: Params, unknown: (param: string) => Refusal): void {
  for (const [name, value] of Object.entries(element.attributes)) {
    const text = filled(value, params, unknown);
    if (text === value) continue;
    if (text.trim() === '') delete element.attributes[name];
    else element.attributes[name] = text.trim();
  }
  if (element.name === 'bpmn:process') return;
  element.children = element.children.flatMap((child): readonly XmlNode[] => {
    if (!isElement(child)) return [filled(child, params, unknown)];
    if (child.name !== 'duty:slot') return [child];
    const { name = '' } = child.attributes;
    const param = params.get(name);
    if (!param) throw unknown(name);
    return spaced(param.content);
  });
}

const spaced = (elements: readonly XmlElement[]): readonly XmlNode[] =>
  elements.flatMap((element) => ['\n', element]);

/** The placeholder's params have done their work; what the fragment says of itself comes in their place. */
function extend(placeholder: XmlElement, own: readonly XmlElement[]): void {
  const there = elementsOf(placeholder).find(({ name }) => name === extension);
  if (there) {
    keep(there, (child) => !isParam(child));
    there.children.push(...spaced(own));
  } else if (own.length > 0) {
    const first = placeholder.children.findIndex(
      (one) => isElement(one) && one.name !== 'bpmn:documentation',
    );
    const at = first < 0 ? placeholder.children.length : first;
    placeholder.children.splice(at, 0, { name: extension, attributes: {}, children: [...spaced(own)] }, '\n');
  }
  keep(placeholder, (child) => child.name !== extension || elementsOf(child).length > 0);
}

/** Messages and the like that the diagram has not, pages of the drawing, name spaces. */
function adopt(root: XmlElement, fragment: XmlElement): void {
  const there = new Set(elementsOf(root).map(idOf));
  const declared = elementsOf(fragment).filter((one) => shared.test(one.name) && !there.has(idOf(one)));
  root.children.unshift(...spaced(declared));
  root.children.push(
    ...spaced(elementsOf(fragment).filter(({ name }) => name === 'bpmndi:BPMNDiagram')),
    '\n',
  );
  for (const [name, value] of Object.entries(fragment.attributes))
    if (name.startsWith('xmlns:')) root.attributes[name] ??= value;
}

function refuseTwice(root: XmlElement, where: string): void {
  const seen = new Set<string>();
  for (const element of below(root)) {
    const id = idOf(element);
    if (id && seen.has(id))
      throw refused(where, element, '这个 id 有两个', '换一个 id；片段里的 id 前面加着占位环节的 id');
    seen.add(id);
  }
}

const refused = (where: string, element: XmlElement, what: string, remedy: string): Refusal =>
  new Refusal('package.invalid', `${idOf(element)}：${what}`, { where: `${where} ${idOf(element)}`, remedy });
