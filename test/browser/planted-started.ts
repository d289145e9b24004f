/** A case that a diagram opens by itself, with its texts. */
import { deploy } from '../../src/engine/index.js';
import type { OperationId } from '../../src/http/contract/operations.js';
import { answered, send, type Served, type WorkOrderView } from '../http/serving.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { here, type Ids } from './planted.js';
import { moveTo } from './seed.js';

const diagram = `<?xml version="1.0"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1"
  xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC">
  <process id="spot-check" name="抽查" isExecutable="true">
    <startEvent id="Start"><timerEventDefinition><timeDate>2026-05-08T10:00:00+08:00</timeDate></timerEventDefinition></startEvent>
    <userTask id="Look" name="看一件" duty:role="reviewer"><extensionElements><duty:form>
      <duty:field key="record" label="情况" type="longText" required="true" evidence="true"/>
    </duty:form></extensionElements></userTask>
    <endEvent id="End"/>
    <sequenceFlow id="F1" sourceRef="Start" targetRef="Look"/><sequenceFlow id="F2" sourceRef="Look" targetRef="End"/>
  </process>
  <bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="spot-check">
    <bpmndi:BPMNShape bpmnElement="Look"><dc:Bounds x="80" y="80" width="100" height="80"/></bpmndi:BPMNShape>
  </bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</definitions>`;

export async function plantStarted({
  served,
  act,
}: {
  readonly served: Served;
  readonly act: (id: OperationId, body: object, ids?: Ids, as?: SignedIn) => Promise<unknown>;
}): Promise<string> {
  const { system, url } = served;
  await deploy({ ...system, journal: system.trail }, diagram);
  await moveTo(served, '2026-05-08T10:00:00+08:00');
  await system.executor.startDue(10);
  const no = '定时:spot-check:Start:20260508T020000Z';
  const reviewer = await newcomer(system, { login: 'reviewer', roles: ['reviewer'] });
  const own = await send(url, `/api/started-cases/${encodeURIComponent(no)}`, { as: reviewer });
  const [look] = (answered('readStartedCase', own) as WorkOrderView).tasks;
  await act('completeStartedTask', { answers: { record: here } }, { no, id: look?.id ?? '' }, reviewer);
  return no;
}
