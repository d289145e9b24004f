/** A process whose limit leads into a gateway without an exit, and its correction. */
import { deploy } from '../../src/engine/index.js';
import type { useSystem } from './system.js';

type System = ReturnType<ReturnType<typeof useSystem>>;

const diagram = (fallback: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1" targetNamespace="test">
  <bpmn:process id="stalling" name="夜间抢修" isExecutable="true">
    <bpmn:startEvent id="begin"/><bpmn:userTask id="work" name="抢修" duty:role="unit"/><bpmn:endEvent id="done"/>
    <bpmn:boundaryEvent id="late" name="两小时没有修好" attachedToRef="work"><bpmn:timerEventDefinition id="t1"><bpmn:timeDuration>PT2H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:boundaryEvent id="card" name="四小时没有修好" attachedToRef="work" cancelActivity="false"><bpmn:timerEventDefinition id="t2"><bpmn:timeDuration>PT4H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:exclusiveGateway id="which" name="谁来接手"${fallback}/>
    <bpmn:userTask id="rescue" name="增援" duty:role="supervisor"/><bpmn:userTask id="remind" name="督促" duty:role="supervisor"/>
    <bpmn:sequenceFlow id="f1" sourceRef="begin" targetRef="work"/><bpmn:sequenceFlow id="f2" sourceRef="work" targetRef="done"/>
    <bpmn:sequenceFlow id="f3" sourceRef="late" targetRef="which"/>
    <bpmn:sequenceFlow id="f4" sourceRef="which" targetRef="rescue">${fallback === '' ? '<bpmn:conditionExpression>= helpers = true</bpmn:conditionExpression>' : ''}</bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f5" sourceRef="rescue" targetRef="done"/>
    <bpmn:sequenceFlow id="f6" sourceRef="card" targetRef="remind"/><bpmn:sequenceFlow id="f7" sourceRef="remind" targetRef="done"/>
  </bpmn:process>
</bpmn:definitions>`;

/** A live case of it, three hours old, stuck at its first limit. @returns its number */
export async function stalledCase(system: System, businessKey: string): Promise<string> {
  await deploy({ ...system, journal: system.trail }, diagram(''), { actor: '测试' });
  const at = system.clock.now();
  const [started] = await system.executor.execute([
    { kind: 'start', businessKey, process: 'stalling', realm: 'live', at },
  ]);
  if (!started?.file) throw started?.refusal ?? new Error('it did not start');
  system.clock.moveTo(new Date(at.getTime() + 3 * 3_600_000));
  await system.executor.fireDue(100);
  return started.file.id;
}

/** Adds an exit for all other cases to the gateway. */
export const mendProcess = (system: System) =>
  deploy({ ...system, journal: system.trail }, diagram(' default="f4"'), { actor: '测试' });
