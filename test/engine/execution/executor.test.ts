import { expect } from 'chai';
import { deploy, type Answer } from '../../../src/engine/index.js';
import { anotherProgram, handlersOf, useSystem } from '../../support/system.js';
import { waiting } from '../../../src/http/store/backlog-rows.js';
import { plainTrails } from '../../support/entries.js';

/** A task with a reminder after one hour that repeats nothing, then a service, then another task. */
const process = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1"
    targetNamespace="test">
  <bpmn:message id="Message_News" name="news"/>
  <bpmn:process id="trial" isExecutable="true">
    <bpmn:startEvent id="start"/>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="first"/>
    <bpmn:userTask id="first" name="第一步" duty:role="unit"/>
    <bpmn:boundaryEvent id="remind" attachedToRef="first" cancelActivity="false">
      <bpmn:timerEventDefinition id="t1"><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>
    </bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="f2" sourceRef="remind" targetRef="reminded"/>
    <bpmn:serviceTask id="reminded" duty:handler="remind" duty:level="reminder"/>
    <bpmn:sequenceFlow id="f3" sourceRef="reminded" targetRef="endReminded"/>
    <bpmn:endEvent id="endReminded"/>
    <bpmn:sequenceFlow id="f4" sourceRef="first" targetRef="second"/>
    <bpmn:userTask id="second" name="第二步"/>
    <bpmn:sequenceFlow id="f5" sourceRef="second" targetRef="end"/>
    <bpmn:endEvent id="end"/>
  </bpmn:process>
  <bpmn:process id="listener" isExecutable="true">
    <bpmn:startEvent id="heard"><bpmn:messageEventDefinition id="m1" messageRef="Message_News"/></bpmn:startEvent>
    <bpmn:sequenceFlow id="g1" sourceRef="heard" targetRef="read"/>
    <bpmn:userTask id="read" name="阅读"/>
    <bpmn:sequenceFlow id="g2" sourceRef="read" targetRef="done"/>
    <bpmn:endEvent id="done"/>
  </bpmn:process>
</bpmn:definitions>`;

describe('executor: one transaction a step', () => {
  let failing = false;
  const system = useSystem({
    shipped: false,
    handlers: handlersOf({
      remind: ({ variables }) => {
        if (failing) throw new TypeError('broken handler');
        return { variables: { reminders: Number(variables.reminders ?? 0) + 1 } };
      },
    }),
  });
  let count = 0;

  before(() => deploy({ ...system(), journal: system().trail }, process));

  const start = async (at = system().clock.now()): Promise<NonNullable<Answer['file']>> => {
    const [answer] = await system().executor.execute([
      {
        kind: 'start',
        businessKey: `K${(count += 1)}`,
        process: 'trial',
        realm: 'live',
        at,
        variables: { colour: 'red' },
      },
    ]);
    if (!answer?.file) throw new Error('the case did not start');
    return answer.file;
  };
  const complete = (caseId: string, task: string, at = system().clock.now()) => ({
    kind: 'stimulate' as const,
    caseId,
    instance: 1,
    stimulus: { kind: 'complete' as const, task },
    at,
  });
  const trailOf = async (key: string) => {
    const trails = await system().database.transaction((transaction) =>
      plainTrails(system().trail, transaction, [key]),
    );
    return trails.get(key) ?? [];
  };

  const backlog = (now: Date) => system().database.transaction((transaction) => waiting(transaction, now));

  it('stores the task, the deadline and the entry of a start together', async () => {
    const file = await start();
    expect([...file.tasks.values()].map((task) => [task.element, task.role])).to.deep.equal([
      ['first', 'unit'],
    ]);
    expect([...file.deadlines.values()].map((deadline) => deadline.element)).to.deep.equal(['remind']);
    const trail = await trailOf(file.businessKey);
    expect(trail.map((entry) => entry.type)).to.deep.equal(['instance.started']);
    expect(trail[0]?.body.data).to.deep.equal({ colour: 'red' });
  });

  it('lets two completions of one task at the same time happen one after the other, so that only one counts', async () => {
    const file = await start();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => system().executor.execute([complete(file.id, 'first')])),
    );
    const refusals = answers.map(([answer]) => answer?.refusal?.code);
    expect(refusals.filter((code) => code === undefined)).to.have.length(1);
    expect(refusals.filter((code) => code === 'stimulus.not-waiting')).to.have.length(7);
    const trail = await trailOf(file.businessKey);
    expect(trail.filter((entry) => entry.type === 'task.completed')).to.have.length(1);
  });

  it('never steps on an old state that it still has in mind: what another program did meanwhile counts', async () => {
    const other = anotherProgram(system());
    const [ahead, behind] = [await start(), await start()];
    await other.execute([complete(ahead.id, 'first')]);
    // In memory the case still waits at the first task: a completion of the second must be looked
    // up, not refused.
    const [done] = await system().executor.execute([complete(ahead.id, 'second')]);
    expect(done?.refusal).to.equal(undefined);
    expect(done?.file?.endedAt).to.deep.equal(system().clock.now());
    await other.execute([complete(behind.id, 'first')]);
    // In memory the first task is still open: completing it must fail against the database, not
    // overwrite it.
    const [twice] = await system().executor.execute([complete(behind.id, 'first')]);
    expect(twice?.refusal?.code).to.equal('stimulus.not-waiting');
    for (const file of [ahead, behind]) {
      const verdict = await system().database.transaction((transaction) =>
        system().trail.verify(transaction, file.businessKey),
      );
      expect(verdict).to.include({ holds: true });
    }
    expect((await trailOf(ahead.businessKey)).map((entry) => entry.body.of ?? 'start')).to.deep.equal([
      'start',
      'first',
      'second',
    ]);
    expect(await trailOf(behind.businessKey)).to.have.length(2);
  });

  it('does not let a refused command of a batch disturb the others', async () => {
    const [one, two] = [await start(), await start()];
    const answers = await system().executor.execute([
      complete(one.id, 'second'),
      complete(two.id, 'first'),
      complete('999999999', 'first'),
    ]);
    expect(answers.map((answer) => answer.refusal?.code)).to.deep.equal([
      'stimulus.not-waiting',
      undefined,
      'case.not-found',
    ]);
    expect(await trailOf(one.businessKey)).to.have.length(1);
    expect(await trailOf(two.businessKey)).to.have.length(2);
  });

  it('starts a case only once, however often it is asked to', async () => {
    const file = await start();
    const again = {
      kind: 'start' as const,
      businessKey: file.businessKey,
      process: 'trial',
      realm: 'live' as const,
      at: file.startedAt,
    };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => system().executor.execute([again, again])),
    );
    for (const answer of answers.flat()) expect(answer).to.include({ existed: true });
    expect(await trailOf(file.businessKey)).to.have.length(1);
  });

  it('fires what fell due before an act, at its legal instant, and nothing that ends at that very instant', async () => {
    const at = system().clock.now();
    const hour = new Date(at.getTime() + 3_600_000);
    const exactly = await start(at);
    await system().executor.execute([complete(exactly.id, 'first', hour)]);
    expect((await trailOf(exactly.businessKey)).map((entry) => entry.type)).to.deep.equal([
      'instance.started',
      'task.completed',
    ]);
    const after = await start(at);
    await system().executor.execute([complete(after.id, 'first', new Date(hour.getTime() + 1))]);
    const trail = await trailOf(after.businessKey);
    expect(trail.map((entry) => entry.type)).to.deep.equal([
      'instance.started',
      'timer.fired',
      'task.completed',
    ]);
    expect(trail[1]?.at).to.deep.equal(hour);
    expect(trail[1]?.body.levels).to.deep.equal(['reminder']);
    expect(trail[1]?.body.computed).to.deep.equal({ reminders: 1 });
  });

  it('fires each due deadline once, however many programs ask at the same time', async () => {
    const at = system().clock.now();
    const files = await Promise.all(Array.from({ length: 120 }, () => start(at)));
    system().clock.moveTo(new Date(at.getTime() + 2 * 3_600_000));
    let fired = 0;
    const worker = async (): Promise<void> => {
      // Others may hold the rest just now: only an empty answer to a lone program means that
      // nothing is due.
      for (let idle = 0; idle < 3;) {
        const count = await system().executor.fireDue(7);
        fired += count;
        idle = count === 0 ? idle + 1 : 0;
      }
    };
    await Promise.all([worker(), worker(), worker()]);
    await worker();
    expect(fired).to.be.at.least(files.length);
    for (const file of files) {
      const timers = (await trailOf(file.businessKey)).filter((entry) => entry.type === 'timer.fired');
      expect(timers).to.have.length(1);
      expect(timers[0]?.at).to.deep.equal(new Date(at.getTime() + 3_600_000));
    }
  });

  it('keeps a deadline whose handler fails as an incident, tries it again later, and lets the others through', async () => {
    const at = system().clock.now();
    const [broken, fine] = [await start(at), await start(at)];
    await system().executor.execute([complete(fine.id, 'first')]);
    system().clock.moveTo(new Date(at.getTime() + 2 * 3_600_000));
    failing = true;
    const due = async () => (await backlog(system().clock.now())).due;
    const before = await due();
    expect(await system().executor.fireDue(100), 'what cannot go on is not counted as fired').to.equal(0);
    const incidentsOf = (caseId: string) =>
      system().database.transaction((transaction) =>
        transaction.query<{ tries: number; why: string; due_at: Date; claim_at: string }>(
          `SELECT i.tries, i.why, i.due_at, d.claim_at::text FROM hotline.incident i
             JOIN hotline.deadline d USING (case_id, instance, timer) WHERE i.case_id = $1::bigint`,
          [caseId],
        ),
      );
    const [incident] = await incidentsOf(broken.id);
    expect(incident).to.deep.include({
      tries: 1,
      due_at: new Date(at.getTime() + 3_600_000),
      claim_at: 'infinity',
    });
    expect(incident?.why).to.contain('broken handler');
    expect(await due(), 'it is still overdue').to.equal(before);
    failing = false;
    expect(await system().executor.fireDue(100)).to.equal(0);
    system().clock.moveTo(new Date(at.getTime() + 3 * 3_600_000));
    expect(await system().executor.fireDue(100)).to.equal(1);
    expect(await incidentsOf(broken.id)).to.deep.equal([]);
    const trail = await trailOf(broken.businessKey);
    expect(trail.map(({ type }) => type)).to.deep.equal([
      'instance.started',
      'incident.opened',
      'timer.fired',
      'incident.closed',
    ]);
    expect(trail.at(-2)).to.deep.include({
      type: 'timer.fired',
      at: new Date(at.getTime() + 3_600_000),
    });
  });

  it('starts the process that a message names, and refuses a message that nobody waits for', async () => {
    const file = await start();
    const [sent] = await system().executor.execute([
      { kind: 'send', caseId: file.id, message: 'news', at: system().clock.now(), actor: '测试员' },
    ]);
    expect([...(sent?.file?.tasks.values() ?? [])].map((task) => task.element)).to.include('read');
    const [unheard] = await system().executor.execute([
      { kind: 'send', caseId: file.id, message: 'gossip', at: system().clock.now() },
    ]);
    expect(unheard?.refusal?.code).to.equal('stimulus.not-waiting');
  });

  it('drops state, tasks and deadlines at the end; the trail stays', async () => {
    const file = await start();
    const [, last] = await system().executor.execute([
      complete(file.id, 'first'),
      complete(file.id, 'second'),
    ]);
    expect(last?.file?.endedAt).to.deep.equal(system().clock.now());
    const left = await system().database.transaction((transaction) =>
      transaction.query(
        `SELECT (SELECT json_array_length(standing->0) FROM hotline.process_case WHERE id = $1::bigint) AS instances,
                (SELECT count(*)::int FROM hotline.task WHERE case_id = $1::bigint) AS tasks,
                (SELECT count(*)::int FROM hotline.deadline WHERE case_id = $1::bigint) AS deadlines`,
        [file.id],
      ),
    );
    expect(left).to.deep.equal([{ instances: 0, tasks: 0, deadlines: 0 }]);
    expect(await trailOf(file.businessKey)).to.have.length(3);
  });
});
