import type { ModdleWarning } from 'bpmn-moddle';

export interface Objection {
  readonly detail: string;
  readonly where?: string;
}

/** A reference to something that the diagram lacks; the rest remains readable. */
export interface Dangling {
  /** The element with the reference. */
  readonly element: { readonly $type: string; readonly id?: string };
  /** Name of the referring property, for example `errorRef`. */
  readonly property: string;
  readonly reference: string;
}

/** References of events and data, without which the process remains readable. A flow without its end does not. */
const loose =
  /^bpmn:(error|message|inMessage|outMessage|signal|escalation|item|itemSubject|dataStore|structure|operation|interface|process)Ref$/;

export function danglingIn({ message, element, property = '' }: ModdleWarning): Dangling | undefined {
  const reference = unresolved(message);
  if (reference === undefined || !element || !loose.test(property)) return undefined;
  return { element, property: property.replace('bpmn:', ''), reference };
}

const unresolved = (message: string): string | undefined =>
  /^unresolved reference <(.*)>$/s.exec(message)?.[1];

/** The finding for a skipped part of the XML, if it matters. Layout and foreign namespaces do not matter. */
export function objection(warning: ModdleWarning, xml: string): Objection | null {
  const { message, element } = warning;
  if (isLayout(element?.$type ?? '') || isLayout(warning.property ?? '')) return null;
  const where = placeOf(warning, xml);

  if (message.startsWith('unsupported document encoding')) {
    // Exporters write "ISO-8859-1" for plain ASCII; those bytes are the same in UTF-8.
    return isAscii(xml) ? null : { detail: 'XML 声明的编码不是 UTF-8。' };
  }
  const reference = unresolved(message);
  if (reference !== undefined) {
    return { detail: `引用的“${reference}”在图中不存在（属性 ${warning.property ?? '?'}）。`, ...where };
  }
  const attribute = /^unknown attribute <(.*)>$/s.exec(message)?.[1];
  if (attribute !== undefined) return { detail: `不认识的属性 ${attribute}。`, ...where };

  const nested = /nested error: ([\s\S]*)$/.exec(message)?.[1] ?? message;
  const named = (pattern: RegExp) => pattern.exec(nested)?.[1];
  const unknown = named(/^unknown type <(.*)>$/) ?? named(/^unrecognized element <(.*)>$/);
  if (unknown !== undefined) {
    return isLayout(unknown) || isForeign(unknown, nested)
      ? null
      : { detail: `不认识的元素 ${unknown}。`, ...where };
  }
  const duplicate = named(/^duplicate ID <(.*)>$/);
  if (duplicate !== undefined) return { detail: `标识 ${duplicate} 重复出现。`, ...where };
  const illegal = named(/^illegal ID <(.*)>$/);
  if (illegal !== undefined) return { detail: `标识“${illegal}”不合 XML 的规定。`, ...where };
  const prefix = named(/^missing namespace for prefix <(.*)>$/);
  if (prefix !== undefined) return { detail: `命名空间前缀 ${prefix} 没有声明。`, ...where };
  const text = named(/^unexpected body text <([\s\S]*)>$/);
  if (text !== undefined) return { detail: `此处不该有文字“${text.slice(0, 40)}”。`, ...where };
  return { detail: `有读不懂的内容：${nested.slice(0, 120)}。`, ...where };
}

function isLayout(name: string): boolean {
  return /^(bpmndi|dc|di):/.test(name);
}

/** moddle's "unrecognized": a namespace without a descriptor, from another vendor. */
function isForeign(name: string, nested: string): boolean {
  return nested.startsWith('unrecognized element') && name.includes(':');
}

function isAscii(text: string): boolean {
  return new TextEncoder().encode(text).byteLength === text.length;
}

/** The element's id if known, else the line; for a file of a single line, the column. */
function placeOf(warning: ModdleWarning, xml: string): { readonly where?: string } {
  if (warning.element?.id !== undefined) return { where: warning.element.id };
  const line = /line: (\d+)/.exec(warning.message)?.[1];
  return line === undefined || xml === '' ? {} : { where: `第 ${Number(line) + 1} 行` };
}
