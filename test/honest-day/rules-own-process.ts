/** A new process: drawn, reviewed, started by a timer and by a signal, worked on by people. */
import { expect } from 'chai';
import type { WorkOrderView } from '../http/serving.js';
import type { Day } from './day.js';
import {
  approved,
  begin,
  callAs,
  dateIn,
  handIn,
  hour,
  minute,
  onDraft,
  scheduled,
  type Keeper,
} from './rules-office.js';

/** A daily look at the sheets; the finding is sent as a signal, and summed up. */
const look = (date: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1" targetNamespace="urn:hotline-12345:process">
  <bpmn:signal id="Found" name="rules-found"/>
  <bpmn:process id="rules-look" name="每日抽查" isExecutable="true">
    <bpmn:startEvent id="Start" name="每天"><bpmn:timerEventDefinition id="Daily"><bpmn:timeCycle>R/${date}T09:00:00+08:00/P1D</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>
    <bpmn:userTask id="Look" name="抽查" duty:role="reviewer"><bpmn:extensionElements><duty:form>
      <duty:field key="lookRecord" label="情况" type="longText" required="true" evidence="true"/>
    </duty:form></bpmn:extensionElements></bpmn:userTask>
    <bpmn:boundaryEvent id="Late" name="一天没有抽查" attachedToRef="Look" cancelActivity="false"><bpmn:timerEventDefinition id="LateTimer"><bpmn:timeDuration>P1D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:endEvent id="Reminded" name="提醒过"/>
    <bpmn:endEvent id="End" name="查过"><bpmn:signalEventDefinition id="Tell" signalRef="Found"/></bpmn:endEvent>
    <bpmn:startEvent id="Heard" name="查过一次"><bpmn:signalEventDefinition id="Hear" signalRef="Found"/></bpmn:startEvent>
    <bpmn:userTask id="Sum" name="汇总" duty:role="supervisor"/>
    <bpmn:endEvent id="Summed" name="汇总过"/>
    <bpmn:sequenceFlow id="F1" sourceRef="Start" targetRef="Look"/>
    <bpmn:sequenceFlow id="F2" sourceRef="Look" targetRef="End"/>
    <bpmn:sequenceFlow id="F3" sourceRef="Late" targetRef="Reminded"/>
    <bpmn:sequenceFlow id="F4" sourceRef="Heard" targetRef="Sum"/>
    <bpmn:sequenceFlow id="F5" sourceRef="Sum" targetRef="Summed"/>
  </bpmn:process>
</bpmn:definitions>`;

const elementOf: { readonly [who: string]: string } = { reviewer: 'Look', supervisor: 'Sum' };

interface Listed {
  readonly next: string | null;
  readonly items: readonly {
    readonly id: string;
    readonly no: string;
    readonly process: string;
    readonly element: string;
  }[];
}

/** The first open task of the process that this person has, page by page. */
async function taskOf(day: Day, who: Keeper, cursor?: string): Promise<Listed['items'][number]> {
  const query = { limit: '200', ...(cursor === undefined ? {} : { cursor }) };
  const { items, next } = (await callAs(day, who, 'listTasks', { query })) as Listed;
  const task = items.find((one) => one.process === 'rules-look' && one.element === elementOf[who]);
  if (task) return task;
  if (next === null) throw new Error(`nothing is open for ${who}`);
  return taskOf(day, who, next);
}

/** Completes it. */
async function worked(day: Day, who: Keeper, answers: object): Promise<WorkOrderView> {
  const task = await taskOf(day, who);
  const params = { no: task.no, id: task.id };
  return (await callAs(day, who, 'completeStartedTask', { params, body: { answers } })) as WorkOrderView;
}

export async function ownProcess(day: Day): Promise<void> {
  const source = look(dateIn(day, 1));
  const made = await begin(day, { key: 'rules-look', title: '每日抽查', source });
  await onDraft(day, 'one', 'commentDraft', made, { text: '好办法。' });
  const start = new Date(day.served.system.clock.now().getTime() + 10 * minute);
  await scheduled(day, await approved(day, await handIn(day, made)), start);
  day.later(10 * minute);
  await day.work();
  // Whatever the hour, at least two are open then, and the first has been reminded of.
  day.later(58 * hour);
  await day.work();
  for (const lookRecord of ['抽查二十件，都按时答复。', '抽查十件，一件没有回访。']) {
    expect(await worked(day, 'reviewer', { lookRecord })).to.include({ state: 'ended' });
    await day.work();
  }
  await worked(day, 'supervisor', {});
  await day.restart();
  await day.work();
}
