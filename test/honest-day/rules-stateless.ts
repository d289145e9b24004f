/** Stateless trials, which leave nothing behind: rehearsals, scenarios, paths to a fault. */
import { shippedSources } from '../support/case-runner.js';
import type { Day } from './day.js';
import { callAs } from './rules-office.js';

interface Checked {
  readonly findings: readonly {
    readonly rule: string;
    readonly element: string;
    readonly message: string;
    readonly proof?: object;
  }[];
}
interface Scenarios {
  readonly items: readonly {
    readonly name: string;
    readonly begin: object;
    readonly steps: readonly { readonly act: object }[];
  }[];
}

/** The diagram leaves open who takes over after an hour. */
const diagram = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1" targetNamespace="urn:hotline-12345:process">
  <bpmn:process id="rules-paper" name="夜间抢修" isExecutable="true">
    <bpmn:startEvent id="Start" name="每月"><bpmn:timerEventDefinition id="Monthly"><bpmn:timeDate>2027-03-06T09:00:00+08:00</bpmn:timeDate></bpmn:timerEventDefinition></bpmn:startEvent>
    <bpmn:userTask id="Repair" name="抢修" duty:role="reviewer"><bpmn:extensionElements><duty:form>
      <duty:field key="paperResult" label="结果" type="choice" required="true"><duty:option value="done" label="修好了"/><duty:option value="left" label="没有修好"/></duty:field>
    </duty:form></bpmn:extensionElements></bpmn:userTask>
    <bpmn:exclusiveGateway id="Which" name="修好了吗"/>
    <bpmn:endEvent id="End" name="修好了"/>
    <bpmn:sequenceFlow id="F1" sourceRef="Start" targetRef="Repair"/>
    <bpmn:sequenceFlow id="F2" sourceRef="Repair" targetRef="Which"/>
    <bpmn:sequenceFlow id="F3" sourceRef="Which" targetRef="End"><bpmn:conditionExpression>= paperResult = "done"</bpmn:conditionExpression></bpmn:sequenceFlow>
  </bpmn:process>
</bpmn:definitions>`;

export async function onPaper(day: Day): Promise<void> {
  const { findings } = (await callAs(day, 'one', 'checkDiagram', { body: { source: diagram } })) as Checked;
  const found = findings.find((one) => one.proof !== undefined);
  if (!found) throw new Error(`nothing has a proof: ${JSON.stringify(findings)}`);
  const { rule, element, message } = found;
  const asked = { diagram, finding: { rule, element, message } };
  const { run } = (await callAs(day, 'editor', 'findCounterExample', { body: asked })) as {
    readonly run: { readonly begin: object; readonly steps: readonly { readonly act: object }[] };
  };
  const acts = run.steps.map(({ act }) => act);
  await callAs(day, 'editor', 'rehearse', { body: { diagrams: [diagram], begin: run.begin, acts } });
  const { items } = (await callAs(day, 'one', 'listScenarios')) as Scenarios;
  const told = items.find(({ name }) => name === 'art24-late');
  const body = { diagrams: [], begin: told?.begin, acts: told?.steps.map(({ act }) => act) };
  await callAs(day, 'one', 'rehearse', { body });
  await callAs(day, 'editor', 'recordScenario', { body: { ...body, expected: {} } });
  const [, handling = ''] = shippedSources();
  await callAs(day, 'second', 'recordScenario', { body: { ...body, diagrams: [handling] } });
}
