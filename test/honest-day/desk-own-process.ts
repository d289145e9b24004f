/** A case that a diagram opens by itself, and what somebody writes in it. */
import { deploy } from '../../src/engine/index.js';
import type { Day } from './day.js';
import { days, deskOf, type Order } from './desk-steps.js';

/** Begins at that instant. */
const diagram = (at: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1">
  <process id="desk-spot-check" name="工位抽查" isExecutable="true">
    <startEvent id="Start"><timerEventDefinition><timeDate>${at}</timeDate></timerEventDefinition></startEvent>
    <userTask id="Look" name="看一件" duty:role="reviewer"><extensionElements><duty:form>
      <duty:field key="record" label="情况" type="longText" required="true" evidence="true"/>
    </duty:form></extensionElements></userTask>
    <endEvent id="End"/>
    <sequenceFlow id="F1" sourceRef="Start" targetRef="Look"/><sequenceFlow id="F2" sourceRef="Look" targetRef="End"/>
  </process>
</definitions>`;

export async function deskOwnProcess(day: Day): Promise<void> {
  const { person } = deskOf(day);
  const { system } = day.served;
  const at = new Date(system.clock.now().getTime() + days(1)).toISOString().slice(0, 10);
  await deploy({ ...system, journal: system.trail }, diagram(`${at}T09:00:00+08:00`));
  day.later(days(2));
  await day.work();
  const no = `定时:desk-spot-check:Start:${at.replaceAll('-', '')}T010000Z`;
  const seen = (await day.call('readStartedCase', { as: await person('reviewer'), params: { no } })) as Order;
  await day.call('completeStartedTask', {
    ...{ as: await person('reviewer'), params: { no, id: seen.tasks[0]?.id ?? '' } },
    body: { answers: { record: '抽查了三件，都已经回访' } },
  });
}
