/** Diagrams from files: whether a file can be used, and its form under a key of ours. */
import { definitionsIn, escaped, hasId, renamed } from '../given-xml.js';

const bpmn = 'http://www.omg.org/spec/BPMN/20100524/MODEL';
const layout = 'http://www.omg.org/spec/BPMN/20100524/DI';
const duty = 'urn:hotline-12345:duty:1';

interface Given {
  /** Why the file cannot be used; empty if it can. */
  readonly wrong: string;
  /** Key of its process. */
  readonly key: string;
  readonly name: string;
}

const refused = (wrong: string): Given => ({ wrong, key: '', name: '' });
const read = (text: string): Document | undefined => definitionsIn(text, (one) => one === bpmn);
const processesIn = (document: Document): readonly Element[] => [
  ...document.getElementsByTagNameNS(bpmn, 'process'),
];

export function givenProcess(text: string): Given {
  const document = read(text);
  if (!document)
    return refused('这个文件不是 BPMN 2.0 流程图，没有读入。请选从画流程图的工具里导出的 .bpmn 文件');
  const [process, ...others] = processesIn(document);
  if (!process) return refused('这个文件里没有流程，没有读入');
  if (others.length > 0) {
    const names = [process, ...others].map(
      (one) => one.getAttribute('name') ?? one.getAttribute('id') ?? '?',
    );
    return refused(
      `文件里有 ${names.length} 个流程（${names.join('、')}），一份草案只画一个，没有读入。请在画图的工具里把它们各存一个文件`,
    );
  }
  if (document.getElementsByTagNameNS(layout, 'BPMNShape').length === 0)
    return refused('这个文件只有流程，没有图形的位置，画不出来。请从画图的工具里连图形一起导出');
  const key = process.getAttribute('id') ?? '';
  return { wrong: '', key, name: process.getAttribute('name') ?? key };
}

/**
 * Gives the file's process this key, and updates all references.
 *
 * @param name default: unchanged
 */
export function underKey(
  text: string,
  key: string,
  name?: string,
): { readonly source: string } | { readonly wrong: string } {
  const document = read(text);
  const [process] = document ? processesIn(document) : [];
  if (!document || !process) return { wrong: givenProcess(text).wrong };
  const own = process.getAttribute('id') ?? '';
  if (own !== key && hasId(document, key))
    return { wrong: `文件里有一个环节的标识也是“${key}”，没有读入。请换一个标识` };
  // A diagram drawn here is meant to run.
  process.setAttribute('isExecutable', 'true');
  if (name !== undefined) process.setAttribute('name', name);
  if (own === '') process.setAttribute('id', key);
  return { source: renamed(document, own === '' ? key : own, key) };
}

/**
 * Limits of the law that are drawn as numbers: an equal length becomes the reference, a shorter one
 * a stricter limit. A longer one stays, and the checks refuse it.
 *
 * @param limits working days by clock
 */
export function referring(
  text: string,
  limits: ReadonlyMap<string, number>,
): { readonly source: string; readonly count: number } {
  const document = read(text);
  let count = 0;
  for (const timer of document ? [...document.getElementsByTagNameNS(bpmn, 'timerEventDefinition')] : []) {
    const clock = timer.getAttributeNS(duty, 'clock') ?? '';
    const days = limits.get(clock);
    const length = timer.getElementsByTagNameNS(bpmn, 'timeDuration')[0];
    const drawn = Number(/^\s*P(\d{1,4})D\s*$/.exec(length?.textContent ?? '')?.[1] ?? Infinity);
    if (!length || days === undefined || drawn > days) continue;
    if (timer.getAttributeNS(duty, 'unit') !== 'working-days' || timer.hasAttributeNS(duty, 'policy'))
      continue;
    const byLaw = `limit("${clock}")`;
    length.textContent = drawn === days ? `= ${byLaw}` : `= stricter(${byLaw}, "P${drawn}D")`;
    for (const name of ['clock', 'unit']) timer.removeAttributeNS(duty, name);
    count += 1;
  }
  return { source: document && count > 0 ? new XMLSerializer().serializeToString(document) : text, count };
}

/** A start, an end, and a flow between them. */
export const emptyDiagram = (key: string, name: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="${bpmn}" xmlns:bpmndi="${layout}" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" xmlns:di="http://www.omg.org/spec/DD/20100524/DI" xmlns:duty="${duty}" id="Definitions_${key}" targetNamespace="urn:hotline-12345:process">
  <bpmn:process id="${key}" name="${escaped(name)}" isExecutable="true">
    <bpmn:startEvent id="Start_1" name="开始">
      <bpmn:outgoing>Flow_1</bpmn:outgoing>
    </bpmn:startEvent>
    <bpmn:endEvent id="End_1" name="结束">
      <bpmn:incoming>Flow_1</bpmn:incoming>
    </bpmn:endEvent>
    <bpmn:sequenceFlow id="Flow_1" sourceRef="Start_1" targetRef="End_1" />
  </bpmn:process>
  <bpmndi:BPMNDiagram id="Diagram_${key}">
    <bpmndi:BPMNPlane id="Plane_${key}" bpmnElement="${key}">
      <bpmndi:BPMNShape id="Start_1_di" bpmnElement="Start_1">
        <dc:Bounds x="160" y="160" width="36" height="36" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="167" y="203" width="22" height="14" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNShape id="End_1_di" bpmnElement="End_1">
        <dc:Bounds x="420" y="160" width="36" height="36" />
        <bpmndi:BPMNLabel>
          <dc:Bounds x="427" y="203" width="22" height="14" />
        </bpmndi:BPMNLabel>
      </bpmndi:BPMNShape>
      <bpmndi:BPMNEdge id="Flow_1_di" bpmnElement="Flow_1">
        <di:waypoint x="196" y="178" />
        <di:waypoint x="420" y="178" />
      </bpmndi:BPMNEdge>
    </bpmndi:BPMNPlane>
  </bpmndi:BPMNDiagram>
</bpmn:definitions>
`;
