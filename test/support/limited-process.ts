/** A task with a limit of five working days and a yellow card one working day before it. */
export const limitedProcess = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1"
    targetNamespace="test">
  <bpmn:process id="limited" isExecutable="true">
    <bpmn:startEvent id="start"/>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="answer"/>
    <bpmn:userTask id="answer" name="答复" duty:role="unit"/>
    <bpmn:boundaryEvent id="limit" attachedToRef="answer" cancelActivity="false">
      <bpmn:timerEventDefinition id="t1" duty:clock="limit" duty:unit="working-days">
        <bpmn:timeDuration>P5D</bpmn:timeDuration>
      </bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="f2" sourceRef="limit" targetRef="exceeded"/>
    <bpmn:endEvent id="exceeded"/>
    <bpmn:boundaryEvent id="warn" attachedToRef="answer" cancelActivity="false">
      <bpmn:timerEventDefinition id="t2" duty:unit="working-days" duty:before="limit">
        <bpmn:timeDuration>P1D</bpmn:timeDuration>
      </bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="f3" sourceRef="warn" targetRef="yellow"/>
    <bpmn:serviceTask id="yellow" duty:handler="card" duty:level="yellow"/>
    <bpmn:sequenceFlow id="f4" sourceRef="yellow" targetRef="warned"/>
    <bpmn:endEvent id="warned"/>
    <bpmn:sequenceFlow id="f5" sourceRef="answer" targetRef="end"/>
    <bpmn:endEvent id="end"/>
  </bpmn:process>
</bpmn:definitions>`;
