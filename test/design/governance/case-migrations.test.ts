/** Running deadlines, and tokens at joins, when a case migrates to another version. */
import { expect } from 'chai';
import { deploy, type Answer } from '../../../src/engine/index.js';
import {
  approveMigration,
  listStayed,
  migratingJob,
  previewMigration,
  proposeMigration,
  readCaseMigration,
  runMigration,
} from '../../../src/design/governance/index.js';
import { createJobRunner } from '../../../src/platform/jobs/index.js';
import { limitedProcess } from '../../support/limited-process.js';
import { refusalFrom } from '../../support/refusal.js';
import { handlersOf, useSystem } from '../../support/system.js';
import { plainTrails } from '../../support/entries.js';
import { somebody } from '../../support/people.js';

const editor = somebody('bianji', '编辑');
const approver = somebody('shenpi', '审批');

/** Two in turn meet at a join; the waiting token remembers only the flow of the first. */
const meeting = (first: string, flow: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:duty="urn:hotline-12345:duty:1"
    targetNamespace="test">
  <bpmn:process id="meeting" isExecutable="true">
    <bpmn:startEvent id="start"/>
    <bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="fork"/>
    <bpmn:parallelGateway id="fork"/>
    <bpmn:sequenceFlow id="f2" sourceRef="fork" targetRef="${first}"/>
    <bpmn:userTask id="${first}" name="主办" duty:role="unit"/>
    <bpmn:sequenceFlow id="${flow}" sourceRef="${first}" targetRef="join"/>
    <bpmn:sequenceFlow id="f3" sourceRef="fork" targetRef="second"/>
    <bpmn:userTask id="second" name="协办" duty:role="unit"/>
    <bpmn:sequenceFlow id="f4" sourceRef="second" targetRef="join"/>
    <bpmn:parallelGateway id="join"/>
    <bpmn:sequenceFlow id="f5" sourceRef="join" targetRef="last"/>
    <bpmn:userTask id="last" name="汇总" duty:role="unit"/>
    <bpmn:sequenceFlow id="f6" sourceRef="last" targetRef="end"/>
    <bpmn:endEvent id="end"/>
  </bpmn:process>
</bpmn:definitions>`;

describe('换版：期限和连线', () => {
  const system = useSystem({
    shipped: false,
    at: '2026-03-02T10:00:00+08:00',
    handlers: handlersOf({ card: () => ({}) }),
  });
  const parts = () => ({ ...system(), ...system().governance });
  const moveTo = (text: string): void => system().clock.moveTo(new Date(text));
  const deployed = (source: string) => deploy({ ...system(), journal: system().trail }, source, editor);

  const start = async (businessKey: string, process: string): Promise<NonNullable<Answer['file']>> => {
    const at = system().clock.now();
    const [answer] = await system().executor.execute([
      { kind: 'start', businessKey, process, realm: 'live', at, variables: {} },
    ]);
    if (!answer?.file) throw new Error(`${businessKey} did not start`);
    return answer.file;
  };
  const complete = async ({ id }: { readonly id: string }, task: string) => {
    const at = system().clock.now();
    const stimulus = { kind: 'complete', task } as const;
    const [answer] = await system().executor.execute([
      { kind: 'stimulate', caseId: id, instance: 1, at, stimulus },
    ]);
    if (answer?.refusal) throw answer.refusal;
    return answer?.file;
  };
  const deadlines = async (no: string) => {
    const { rows } = await system().database.pool.query<{
      element: string;
      due: Date;
      started: Date;
      version: number;
      text: string;
    }>(
      `SELECT d.element, d.due_at AS due, d.started_at AS started, d.version, d.spec ->> 'text' AS text
         FROM hotline.deadline d JOIN hotline.process_case c ON c.id = d.case_id
        WHERE c.business_key = $1 ORDER BY d.due_at`,
      [no],
    );
    return rows;
  };
  const dueOf = async (no: string, element: string) =>
    (await deadlines(no)).find((one) => one.element === element)?.due.toISOString();
  const entriesOf = async (no: string) =>
    (
      await system().database.transaction((transaction) => plainTrails(system().trail, transaction, [no]))
    ).get(no) ?? [];
  const propose = (
    key: string,
    from: number,
    to: number,
    mapping: { readonly [element: string]: string } = {},
  ) => proposeMigration(parts(), { key, from, to, mapping, reason: '按新版办' }, editor);
  const carryOut = async (id: number) => {
    await approveMigration(parts(), id, '同意', approver);
    await runMigration(parts(), id, approver);
    const jobs = [migratingJob(parts())];
    await createJobRunner({ ...system(), jobs, onError: (error) => expect.fail(String(error)) }).runDue();
    return system().database.transaction(async (transaction) => ({
      ...(await readCaseMigration(transaction, id)),
      left: await listStayed(transaction, id, 10),
    }));
  };

  it('时长改了的：自原来的起点重算，连同从它起算的提醒、新加的提醒；按新版早已届满的留在旧版，预览说明；本人不得批准', async () => {
    await deployed(limitedProcess);
    const early = await start('早-1', 'limited');
    moveTo('2026-03-05T10:00:00+08:00');
    await start('晚-1', 'limited');
    const before = await deadlines('晚-1');
    expect(before.map(({ element, text }) => `${element} ${text}`)).to.deep.equal(['warn P1D', 'limit P5D']);

    const extra = `<bpmn:boundaryEvent id="earlier" attachedToRef="answer" cancelActivity="false">
      <bpmn:timerEventDefinition id="t3" duty:unit="working-days" duty:before="limit">
        <bpmn:timeDuration>P2D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="f6" sourceRef="earlier" targetRef="told"/><bpmn:endEvent id="told"/>
    <bpmn:sequenceFlow id="f7" sourceRef="answer" targetRef="later"/><bpmn:userTask id="later" duty:role="unit"/>
    <bpmn:boundaryEvent id="lapse" attachedToRef="later">
      <bpmn:timerEventDefinition id="t4" duty:after="limit">
        <bpmn:timeDuration>PT0S</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="f8" sourceRef="lapse" targetRef="end"/>
    <bpmn:sequenceFlow id="f9" sourceRef="later" targetRef="end"/></bpmn:process>`;
    const three = limitedProcess
      .replace('>P5D<', '>P3D<')
      .replace('<bpmn:sequenceFlow id="f5" sourceRef="answer" targetRef="end"/>', '')
      .replace('</bpmn:process>', extra);
    await deployed(three);
    // By three working days the early one would have been due on Friday 6 at 00:00; the late one is
    // due on Wednesday 11.
    moveTo('2026-03-06T09:00:00+08:00');
    const id = await propose('limited', 1, 2);
    const preview = await previewMigration(parts(), id);
    expect(preview).to.include({ examined: 2, movable: 1 });
    expect(
      preview.hindrances.map(({ element, cases, examples }) => ({ element, cases, examples })),
    ).to.deep.equal([
      { element: 'limit', cases: 1, examples: ['早-1'] },
      { element: 'warn', cases: 1, examples: ['早-1'] },
    ]);
    expect(preview.hindrances[0]?.why).to.equal('按新版的时长在换版以前就已到期，不能追溯');
    expect(await refusalFrom(approveMigration(parts(), id, '同意', editor))).to.include({
      code: 'migration.own',
    });

    const done = await carryOut(id);
    expect(done).to.include({ state: 'finished', moved: 1, stayed: 1 });
    expect(done.left.map(({ no }) => no)).to.deep.equal([early.businessKey]);
    expect(done.left[0]?.why).to.include('不能追溯');
    expect((await deadlines('早-1')).map(({ text }) => text)).to.deep.equal(['P1D', 'P5D']);

    const after = await deadlines('晚-1');
    expect(after.map(({ element, text, version }) => `${element} ${text} ${version}`)).to.deep.equal([
      'earlier P2D 2',
      'warn P1D 2',
      'limit P3D 2',
    ]);
    expect(after.map(({ started }) => started)).to.deep.equal(after.map(() => before[0]?.started));
    expect(after.map(({ due }) => due.toISOString())).to.deep.equal(
      ['2026-03-07T00:00:00+08:00', '2026-03-10T00:00:00+08:00', '2026-03-11T00:00:00+08:00'].map((text) =>
        new Date(text).toISOString(),
      ),
    );
    const entries = await entriesOf('晚-1');
    const [migrated, rearmed, ...rest] = entries.slice(-2);
    expect(rest).to.deep.equal([]);
    expect(migrated?.type).to.equal('case.migrated');
    expect(migrated?.body).to.include({ from: 1, version: 2, migration: id, actor: approver.actor });
    expect(rearmed?.type).to.equal('deadline.rearmed');
    expect(rearmed?.body).to.include({ migration: id, actor: approver.actor, version: 2 });
    expect(rearmed?.body['replaced']).to.deep.equal(
      before.map(({ element, due }) => ({ element, due: due.toISOString() })).reverse(),
    );
    const armed = rearmed?.body['armed'] as {
      element: string;
      derivation: { timer: { text: string } };
    }[];
    expect(armed.map(({ element }) => element)).to.have.members(['limit', 'warn', 'earlier']);
    expect(armed.find(({ element }) => element === 'limit')?.derivation.timer).to.include({ text: 'P3D' });
  });

  it('时长没有改的：时刻、算法、起算都不动，不另记重新计时', async () => {
    const before = await deadlines('晚-1');
    await deployed(limitedProcess.replace('>P5D<', '>P3D<').replaceAll('"limit"', '"term"'));
    const id = await propose('limited', 2, 3, { limit: 'term' });
    expect(await previewMigration(parts(), id)).to.include({ examined: 1, movable: 1 });
    await carryOut(id);
    expect(await dueOf('晚-1', 'term')).to.equal(
      before.find(({ element }) => element === 'limit')?.due.toISOString(),
    );
    expect(await dueOf('晚-1', 'warn')).to.equal(
      before.find(({ element }) => element === 'warn')?.due.toISOString(),
    );
    const last = (await entriesOf('晚-1')).at(-1);
    expect(last?.type).to.equal('case.migrated');
    expect(last?.body['withdrawn']).to.deep.equal(['earlier']);
  });

  it('已到汇合处的：不写来的那一路是哪一路，预览拒绝并说原因；写了连线的映射就换得过去，接着汇合', async () => {
    await deployed(meeting('first', 'came'));
    const file = await start('会-1', 'meeting');
    await complete(file, 'first');
    await deployed(meeting('lead', 'arrived'));
    const without = await previewMigration(parts(), await propose('meeting', 1, 2));
    expect(without).to.include({ examined: 1, movable: 0 });
    expect(without.hindrances).to.deep.equal([
      {
        element: 'join',
        elementName: 'join',
        why: '已到汇合处，而新版没有它来的那一路',
        cases: 1,
        examples: ['会-1'],
      },
    ]);
    const id = await propose('meeting', 1, 2, { came: 'arrived' });
    expect(await previewMigration(parts(), id)).to.include({ examined: 1, movable: 1 });
    expect(await carryOut(id)).to.include({ state: 'finished', moved: 1, stayed: 0 });
    const entry = (await entriesOf('会-1')).at(-1);
    expect(entry?.type).to.equal('case.migrated');
    expect(entry?.body['mapping']).to.deep.equal({ came: 'arrived' });
    const joined = await complete(file, 'second');
    expect([...(joined?.tasks.values() ?? [])].map(({ element }) => element)).to.deep.equal(['last']);
  });
});
