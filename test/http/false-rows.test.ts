/** Acts that rest on a false row are refused, or held as an incident; they never continue. */
import { expect } from 'chai';
import { verifyTrail } from '../../src/accountability/index.js';
import { proposePolicy, rulePolicy } from '../../src/cases/index.js';
import { proposingTable } from '../../src/cases/intake/proposal.js';
import { createDefinitionStore } from '../../src/engine/index.js';
import { createPolicyKeeper } from '../../src/law/policy/index.js';
import { createCatalogues, recordShippedRegulation } from '../../src/law/regulation/index.js';
import { plainTrails } from '../support/entries.js';
import { asOwner, ownersRows } from '../support/owner.js';
import { refusalFrom } from '../support/refusal.js';
import { whileTampered } from '../support/tamper.js';
import {
  answered,
  dispatched,
  fill,
  post,
  problemIn,
  send,
  useServer,
  type WorkOrderView,
} from './serving.js';
import { somebody } from '../support/people.js';

describe('据以办理的行不是轨迹所记的（第二十二条、第四十条）', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let order: WorkOrderView;
  let no: string;
  let caseId: string;

  const url = () => served().system.database.url;
  const change = (set: string) =>
    asOwner(url(), `UPDATE hotline.process_case SET ${set} WHERE business_key = '${no}'`);
  const keep = () =>
    asOwner(url(), 'DROP TABLE IF EXISTS kept', 'CREATE TABLE kept AS TABLE hotline.process_case');
  /** Restores the row as from a backup. */
  const putBack = () =>
    change(
      ['variables', 'standing', 'ended_at', 'instances']
        .map((name) => `${name} = (SELECT ${name} FROM kept WHERE business_key = '${no}')`)
        .join(', '),
    );
  const amended = async () => {
    const { executor, clock } = served().system;
    const amend = {
      kind: 'amend',
      caseId,
      at: clock.now(),
      type: 'note.added',
      body: { actor: '测试', provisions: [] },
    } as const;
    return (await executor.execute([{ ...amend, variables: {} }]))[0];
  };
  const trail = () =>
    served()
      .system.database.transaction((transaction) => plainTrails(served().system.trail, transaction, [no]))
      .then((trails) => trails.get(no) ?? []);
  const stateOf = (entry: { bytes: Buffer } | undefined): unknown =>
    (JSON.parse(entry?.bytes.toString('utf8') ?? '{}') as { state?: string }).state;
  const incidents = async () =>
    (
      answered('listIncidents', await send(served().url, `/api/incidents?workOrder=${no}`)) as {
        items: { code: string; due: string; tries: number; process: string }[];
      }
    ).items;
  const rows = (table: string, id = caseId) =>
    ownersRows<{ claim_at?: string }>(url(), `SELECT * FROM hotline.${table} WHERE case_id = ${id}`);

  before(async () => {
    const { system } = served();
    await recordShippedRegulation(system);
    order = await dispatched(served().url);
    no = order.sheet.no;
    const [row] = await ownersRows<{ id: string }>(
      url(),
      `SELECT id::text AS id FROM hotline.process_case WHERE business_key = '${no}'`,
    );
    caseId = row?.id ?? '';
  });

  it('改了现状的工单：办不了，说明为什么、据哪一条、怎么办；照备份恢复了又办得', async () => {
    const before = (await trail()).length;
    await keep();
    for (const set of [
      'ended_at = now()',
      `variables = '{}'`,
      `variables = '[3]'`,
      `standing = '{}'`,
      `standing = '[]'`,
      `standing = '[[[1]],7,"x"]'`,
      `standing = jsonb_set(standing::jsonb, '{2,0,5}', '99999999999999')::json`,
      `standing = jsonb_set(standing::jsonb, '{2,0,5}', '"x"')::json`,
    ]) {
      await change(set);
      const refusal = (await amended())?.refusal;
      expect(refusal, set).to.include({ code: 'case.altered', where: `${no} 第 ${before} 条` });
      expect(refusal?.message).to.match(/不是轨迹所记的/);
      expect(refusal?.remedy).to.match(/核验.*备份/);
      expect((await send(served().url, `/api/work-orders/${no}`)).status, set).to.equal(200);
      expect((await send(served().url, '/api/tasks')).status, set).to.equal(200);
      await putBack();
    }
    expect((await trail()).length).to.equal(before);
    expect((await amended())?.refusal).to.equal(undefined);
    expect((await trail()).length).to.equal(before + 1);
  });

  it('在控制台办理也拒绝，说的话一样', async () => {
    await keep();
    await change(`variables = (variables::jsonb || '{"bonus": 1}')::json`);
    const [task] = order.tasks;
    const as = await served().people.doing(task?.role ?? null, '经办人', '某水务局');
    const path = `/api/tasks/${encodeURIComponent(task?.id ?? '')}/completion`;
    const problem = problemIn(await post(served().url, path, { answers: fill(task as never) }, {}, as));
    expect(problem).to.include({ status: 409, code: 'case.altered' });
    await putBack();
  });

  it('来电人所说的被改过：办不了，也不能更正（更正会把改过的记成他说的）；改回来又办得', async () => {
    const says = (title: string) =>
      asOwner(url(), `UPDATE hotline.work_order SET title = '${title}' WHERE no = '${no}'`);
    const [{ title } = { title: '' }] = await ownersRows<{ title: string }>(
      url(),
      `SELECT title FROM hotline.work_order WHERE no = '${no}'`,
    );
    const [task] = order.tasks;
    const unit = await served().people.doing(task?.role ?? null, '经办人', '某水务局');
    const completion = `/api/tasks/${encodeURIComponent(task?.id ?? '')}/completion`;
    const correct = () =>
      post(served().url, `/api/work-orders/${no}/corrections`, {
        ...{ basedOn: 0, reason: '记错了', content: '晚上没有水。' },
      });
    await says('感谢水务局');
    for (const reply of [
      await post(served().url, completion, { answers: fill(task as never) }, {}, unit),
      await correct(),
    ]) {
      const problem = problemIn(reply);
      expect(problem).to.include({ status: 409, code: 'case.altered' });
      expect(problem.detail).to.equal(`工单 ${no} 的标题不是轨迹所记的`);
    }
    await says(title);
    expect((await correct()).status).to.equal(200);
  });

  it('最后一条不见了、工单记着的不是现在那一条：办不了', async () => {
    await keep();
    const { seq } = (await trail()).at(-1) ?? { seq: 0 };
    await change(`standing = jsonb_set(standing::jsonb, '{3,0}', '${seq + 1}')::json`);
    expect((await amended())?.refusal?.code).to.equal('trail.broken');
    await change(`standing = jsonb_set(standing::jsonb, '{3}', '[${seq}, "AAAA"]')::json`);
    expect((await amended())?.refusal?.message).to.match(/条目被换过/);
    await putBack();
  });

  it('届满的期限：不触发，是一件异常；恢复了这一行，照原来的法定时刻触发，异常了结', async () => {
    const { system } = served();
    const before = await trail();
    await keep();
    await change(`variables = (variables::jsonb || '{"unit": "别的局"}')::json`);
    system.clock.moveTo(new Date('2026-03-20T10:00:00+08:00'));
    for (let round = 0; round < 3; round += 1) expect(await system.executor.fireDue(100)).to.equal(0);
    const after = await trail();
    const opened = after.slice(before.length);
    expect(new Set(opened.map(({ type }) => type))).to.deep.equal(new Set(['incident.opened']));
    expect(stateOf(opened.at(-1)), '轨迹所记的现状不变').to.equal(stateOf(before.at(-1)));
    const [first] = await incidents();
    expect(first).to.include({ code: 'case.altered', process: 'handling' });
    expect((await incidents()).length).to.equal(opened.length);
    const { findings } = await verifyTrail(system);
    expect(findings.map(({ row }) => row?.table)).to.include('process_case');
    expect(findings.map(({ detail }) => detail).filter((one) => one.includes('链头'))).to.deep.equal([]);

    await putBack();
    system.clock.moveTo(new Date('2026-03-20T11:00:00+08:00'));
    await system.executor.fireDue(100);
    const fired = (await trail()).slice(after.length);
    expect(fired.map(({ type }) => type)).to.include('timer.fired');
    expect(fired.find(({ type }) => type === 'timer.fired')?.at).to.deep.equal(opened[0]?.at);
    expect(await incidents()).to.deep.equal([]);
    expect(await rows('incident')).to.deep.equal([]);
    expect((await verifyTrail(system)).findings.filter(({ attack }) => attack !== 'unguarded')).to.deep.equal(
      [],
    );
  });

  it('现状里删了期限的，期限表里届满的照样是异常', async () => {
    const { system } = served();
    order = await dispatched(served().url);
    no = order.sheet.no;
    const [row] = await ownersRows<{ id: string }>(
      url(),
      `SELECT id::text AS id FROM hotline.process_case WHERE business_key = '${no}'`,
    );
    caseId = row?.id ?? '';
    await keep();
    await change(`standing = '[[],[],[],null]'`);
    system.clock.moveTo(new Date('2026-04-20T10:00:00+08:00'));
    await system.executor.fireDue(100);
    expect((await incidents()).map(({ code }) => code)).to.include('case.altered');
    await putBack();
    system.clock.moveTo(new Date('2026-04-20T12:00:00+08:00'));
    await system.executor.fireDue(100);
    expect(await incidents()).to.deep.equal([]);
    expect((await trail()).map(({ type }) => type)).to.include('timer.fired');
  });

  it('换过的流程图不运行；塞进来的一版谁也不用', async () => {
    const { system } = served();
    const named = async () => {
      const definitions = createDefinitionStore(system);
      return system.database.transaction(async (transaction) => {
        await definitions.prepare(transaction, []);
        return definitions.inForce('handling', system.clock.now())?.version;
      });
    };
    const present = await named();
    const spoilt = `UPDATE definition SET xml = xml || ' ', sha256 = encode(sha256(convert_to(xml || ' ', 'UTF8')), 'hex') WHERE key = 'handling'`;
    await whileTampered(url(), ['definition'], [[spoilt]], async () => {
      const refusal = await refusalFrom(named());
      expect(refusal).to.include({ code: 'definition.altered', where: 'definition:handling' });
    });
    const slipped = `INSERT INTO definition (key, version, name, sha256, xml, deployed_at, in_force_from)
      SELECT key, 9, name, sha256, xml, now(), '2026-01-01' FROM definition WHERE key = 'handling'`;
    await whileTampered(url(), ['definition'], [[slipped]], async () => {
      expect(await named()).to.equal(present);
    });
  });

  it('提议转给谁的决策表被换过：不提议，不妨碍受理', async () => {
    const { system } = served();
    const proposing = () =>
      system.database.transaction((transaction) =>
        proposingTable({ definitions: createDefinitionStore(system) }, transaction, system.clock.now()),
      );
    expect((await proposing())?.key).to.equal('dispatch');
    const spoilt = `UPDATE definition SET xml = xml || ' ', sha256 = encode(sha256(convert_to(xml || ' ', 'UTF8')), 'hex') WHERE key = 'dispatch'`;
    await whileTampered(url(), ['definition'], [[spoilt]], async () => {
      expect(await proposing()).to.equal(undefined);
    });
  });

  it('政策只凭轨迹所记的批准；改过的提案批准不了', async () => {
    const { system } = served();
    const [policy] = system.policies.catalogue.all;
    const key = policy?.key ?? '';
    const inForce = async () => {
      const keeper = createPolicyKeeper(system.clock);
      await system.database.transaction(keeper.refresh);
      return keeper.at(new Date('2030-01-01T00:00:00+08:00')).version;
    };
    const before = await inForce();
    const slipped = [
      [
        `INSERT INTO policy_proposal (key, value, author, login, reason, effective_on, proposed_at) VALUES ('${key}', '9', '无', '无', '无', '2026-03-03', now())`,
      ],
      [
        `INSERT INTO policy_ruling (proposal_id, decision, actor, login, reason, ruled_at) SELECT max(id), 'approve', '无', '无', '无', now() FROM policy_proposal`,
      ],
    ] as const;
    await whileTampered(url(), ['policy_ruling', 'policy_proposal'], slipped, async () => {
      expect(await inForce()).to.equal(before);
    });
    const proposal = await proposePolicy(
      system,
      {
        ...{ key, value: policy?.value ?? '', effectiveOn: '2029-01-01' },
        ...{ reason: '试行', document: null },
      },
      somebody('林晓红'),
    );
    const ruling = { decision: 'approve', reason: '同意' } as const;
    const approve = () => rulePolicy(system, proposal.id, ruling, somebody('王建国'));
    for (const set of [`effective_on = '2028-01-01'`, `login = '别人'`, `machine = '别人'`])
      await whileTampered(url(), ['policy_proposal'], [[`UPDATE policy_proposal SET ${set}`]], async () => {
        expect((await refusalFrom(approve()))?.code, set).to.equal('policy.altered');
      });
    await approve();
    expect(await inForce()).to.equal(before + 1);
  });

  it('改过的条例不据以认定：用同一摘要的随附内容；塞进来的一版不算', async () => {
    const { database, clock, laws } = served().system;
    const read = () =>
      database.transaction((transaction) => createCatalogues(laws).at(transaction, clock.now()));
    const { catalogue, recorded } = await read();
    const spoilt = `UPDATE regulation_version SET content = convert_to('{}', 'UTF8')`;
    await whileTampered(url(), ['regulation_version'], [[spoilt]], async () => {
      expect((await read()).catalogue.norms).to.deep.equal(catalogue.norms);
    });
    const slipped = `INSERT INTO regulation_version (regulation, version, file, sha256, content, valid_from, valid_to, recorded_at)
      SELECT regulation, '2027', 'x.json', sha256, content, '2026-03-01', NULL, now() FROM regulation_version`;
    await whileTampered(url(), ['regulation_version'], [[slipped]], async () => {
      expect((await read()).recorded?.file).to.equal(recorded?.file);
    });
  });
});
