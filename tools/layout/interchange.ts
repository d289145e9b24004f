/** The diagram interchange part (BPMN DI) of a BPMN file, as text. */
import { isContainer, isSubProcess, type Box, type Flow, type Shape } from './shapes.js';
import type { Point } from './route.js';

export function interchange(
  plane: string,
  shapes: ReadonlyMap<string, Shape>,
  flows: readonly Flow[],
  routes: ReadonlyMap<string, readonly Point[]>,
  labels: ReadonlyMap<string, Box>,
): string {
  const label = (id: string) => {
    const box = labels.get(id);
    return box ? `        <bpmndi:BPMNLabel>\n          ${bounds(box)}\n        </bpmndi:BPMNLabel>\n` : '';
  };
  const shapeText = [...shapes.values()].map(
    (shape) =>
      `      <bpmndi:BPMNShape id="${shape.node.id}_di" bpmnElement="${shape.node.id}"${attributes(shape)}>\n` +
      `        ${bounds(shape)}\n${label(shape.node.id)}      </bpmndi:BPMNShape>\n`,
  );
  const edgeText = flows.map(
    (flow) =>
      `      <bpmndi:BPMNEdge id="${flow.id}_di" bpmnElement="${flow.id}">\n` +
      (routes.get(flow.id) ?? []).map(({ x, y }) => `        <di:waypoint x="${x}" y="${y}"/>\n`).join('') +
      `${label(flow.id)}      </bpmndi:BPMNEdge>\n`,
  );
  return (
    `  <bpmndi:BPMNDiagram id="Diagram_${plane}">\n    <bpmndi:BPMNPlane id="Plane_${plane}" bpmnElement="${plane}">\n` +
    shapeText.join('') +
    edgeText.join('') +
    '    </bpmndi:BPMNPlane>\n  </bpmndi:BPMNDiagram>\n'
  );
}

function attributes(shape: Shape): string {
  if (isSubProcess(shape.node)) return ` isExpanded="${isContainer(shape.node)}"`;
  return shape.node.type === 'bpmn:ExclusiveGateway' ? ' isMarkerVisible="true"' : '';
}

function bounds({ x, y, width, height }: Box): string {
  const [left, top] = [Math.round(x), Math.round(y)];
  return `<dc:Bounds x="${left}" y="${top}" width="${Math.round(width)}" height="${Math.round(height)}"/>`;
}
