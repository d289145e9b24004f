import { BpmnModdle } from 'bpmn-moddle';
import { Refusal } from '../../kernel/refusal.js';
import { isContainer, type BpmnElement, type Definitions } from './bpmn-types.js';
import { dutyDescriptor } from './descriptor.js';
import { danglingIn, objection, type Dangling } from './parse-warnings.js';
import { xmlText } from './xml-text.js';

/** A diagram that was read completely: nothing was skipped or guessed. */
export interface ParsedDiagram {
  /** The exact source text. */
  readonly xml: string;
  /** The moddle tree of `bpmn:Definitions`. */
  readonly root: Definitions;
  /** References to messages, errors and types that do not exist; the lint reports them. */
  readonly dangling: readonly Dangling[];
}

/** Deeper than any readable diagram; keeps recursive walks over the tree from overflowing the stack. */
const deepest = 40;

/**
 * Parses a BPMN 2.0 diagram strictly: anything the parser would skip is an error, except layout and private elements of
 * other vendors' namespaces, which do not affect execution.
 *
 * @param source the XML as text, or its bytes in UTF-8
 * @throws {Refusal} `definition.not-bpmn`, with the line or the element
 */
export async function parseDiagram(source: string | Uint8Array): Promise<ParsedDiagram> {
  const xml = xmlText(source, (detail, remedy) =>
    remedy === undefined ? notBpmn(detail) : new Refusal('definition.not-bpmn', detail, { remedy }),
  );
  const { rootElement, warnings } = await read(xml);
  const dangling = warnings.flatMap((warning) => danglingIn(warning) ?? []);
  for (const warning of warnings) {
    if (danglingIn(warning)) continue;
    const found = objection(warning, xml);
    if (found) throw notBpmn(found.detail, found.where);
  }
  const root = rootElement as Definitions;
  if (!root.rootElements?.some((element) => element.$type === 'bpmn:Process')) {
    throw notBpmn('图中没有流程。');
  }
  for (const element of root.rootElements) refuseAbyss(element, 0);
  declareCodes(root, dangling);
  return { xml, root, dangling };
}

/** The tree as XML. */
export async function writeDiagram(root: BpmnElement): Promise<string> {
  moddle ??= new BpmnModdle({ duty: dutyDescriptor });
  const { xml } = await moddle.toXML(root, { format: true });
  return xml;
}

/** Declares undeclared errors by their code, as other engines do: thrower and catcher write the same code. */
function declareCodes(root: Definitions, dangling: readonly Dangling[]): void {
  const declared = new Map<string, BpmnElement>();
  for (const { element, property, reference } of dangling) {
    if (property !== 'errorRef' || element.$type !== 'bpmn:ErrorEventDefinition' || !moddle) continue;
    const known = declared.get(reference);
    const error =
      known ?? (moddle.create('bpmn:Error', { id: reference, errorCode: reference }) as BpmnElement);
    declared.set(reference, error);
    (element as unknown as { set(name: string, value: unknown): void }).set('errorRef', error);
  }
  if (declared.size > 0)
    Object.assign(root, { rootElements: [...(root.rootElements ?? []), ...declared.values()] });
}

// Built once: reading the standard's descriptors takes some ten milliseconds.
let moddle: BpmnModdle | undefined;

async function read(xml: string): ReturnType<BpmnModdle['fromXML']> {
  moddle ??= new BpmnModdle({ duty: dutyDescriptor });
  try {
    return await moddle.fromXML(xml, 'bpmn:Definitions');
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    if (message.startsWith('failed to parse document')) {
      throw notBpmn('根元素不是 BPMN 2.0 的 definitions。', undefined, cause);
    }
    const line = /line: (\d+)/.exec(message)?.[1];
    throw notBpmn(
      '不是合格的 XML：标签没有写对或没有闭合。',
      line === undefined ? undefined : `第 ${Number(line) + 1} 行`,
      cause,
    );
  }
}

function refuseAbyss(element: BpmnElement, depth: number): void {
  if (depth > deepest) throw notBpmn(`子流程嵌套超过 ${deepest} 层。`, element.id);
  if (!isContainer(element)) return;
  for (const inner of element.flowElements ?? []) refuseAbyss(inner, depth + 1);
}

function notBpmn(detail: string, where?: string, cause?: unknown): Refusal {
  return new Refusal('definition.not-bpmn', where === undefined ? detail : `${where}：${detail}`, {
    remedy: '请用 BPMN 2.0 建模工具打开并重新保存为 UTF-8 的 .bpmn 文件。',
    ...(where === undefined ? {} : { where }),
    ...(cause === undefined ? {} : { cause }),
  });
}
