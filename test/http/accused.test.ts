/** The accused is a subject: its body corrects, its superior orders, whoever holds the matter (Jinan 40, Beijing 35). */
import { join } from 'node:path';
import { expect } from 'chai';
import { usePackage, packageRoot } from '../../src/kernel/package-root.js';
import { newcomer, type Newcomer, type SignedIn } from '../support/people.js';
import {
  accept,
  answered,
  completeOnly,
  dispatched,
  fill,
  post,
  problemIn,
  send,
  useServer,
  waterCut,
  type Reply,
  type Served,
  type WorkOrderView,
} from './serving.js';

type Given = { readonly [key: string]: unknown };
type People<Who extends string> = { readonly [who in Who]: SignedIn };

async function everybody<Who extends string>(
  { system }: Served,
  people: { readonly [who in Who]: Omit<Newcomer, 'login'> },
): Promise<People<Who>> {
  const made: [string, SignedIn][] = [];
  for (const [login, person] of Object.entries<Omit<Newcomer, 'login'>>(people))
    made.push([login, await newcomer(system, { ...person, login })]);
  return Object.fromEntries(made) as People<Who>;
}

/** Acts on a proceeding by the names of the deeds. */
function proceedingOf(served: () => Served, inspector: () => SignedIn) {
  const read = async (no: string, as = inspector()): Promise<WorkOrderView> =>
    answered('readWorkOrder', await send(served().url, `/api/work-orders/${no}`, { as })) as WorkOrderView;
  const taskOf = async (no: string, deed: string) =>
    (await read(no)).tasks.find(({ deeds }) => deeds.includes(deed)) ?? expect.fail(`${deed} is not open`);
  const attempt = async (no: string, deed: string, as: SignedIn, given: Given = {}): Promise<Reply> => {
    const task = await taskOf(no, deed);
    const path = `/api/tasks/${encodeURIComponent(task.id)}/completion`;
    return post(served().url, path, { answers: fill(task, given) }, {}, as);
  };
  const act = async (no: string, deed: string, as: SignedIn, given?: Given): Promise<WorkOrderView> =>
    answered('completeTask', await attempt(no, deed, as, given)) as WorkOrderView;
  const clue = async (no: string, as: SignedIn, given: Given): Promise<void> => {
    const body = { message: 'accountability-clue', answers: {} };
    answered('sendMessage', await post(served().url, `/api/work-orders/${no}/messages`, body, {}, as));
    await act(no, 'clue.registered', as, { clueSource: 'caller', clueFacts: '见案卷', ...given });
  };
  /** Established and delivered, in the ordinary case. */
  const established = async (no: string, others: { finder: SignedIn }): Promise<void> => {
    await act(no, 'investigation.made', inspector());
    await act(no, 'hearing.held', inspector(), { hearing: 'heard' });
    await act(no, 'finding.made', others.finder, {
      established: true,
      severity: 'ordinary',
      tolerated: false,
    });
    await act(no, 'finding.delivered', others.finder, { reviewRequested: false });
  };
  return { read, taskOf, attempt, act, clue, established };
}

const inspection = { unit: '市监察机关', kind: 'inspection', roles: ['inspector'] } as const;

describe('第四十条：被指控的是一名受理人员', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  type Who = 'rude' | 'chief' | 'office' | 'inspector' | 'finder' | 'water' | 'mayor';
  let people: People<Who>;
  const { read, taskOf, attempt, act, clue, established } = proceedingOf(served, () => people.inspector);
  before(async () => {
    const hotline = { unit: '市热线工作机构', kind: 'hotline' } as const;
    people = await everybody(served(), {
      rude: { ...hotline, roles: ['intake', 'supervisor'] },
      chief: { ...hotline, roles: ['supervisor'] },
      office: { unit: '市政府办公厅', kind: 'general-office', roles: ['supervisor'] },
      mayor: { unit: '市人民政府', kind: 'government', roles: ['supervisor'] },
      water: { unit: '某水务局', kind: 'department', roles: ['handler'] },
      inspector: inspection,
      finder: inspection,
    });
  });
  const answeredOnTheSpot = async (): Promise<string> => {
    const { url } = served();
    const order = await completeOnly(url, await accept(url), { conduct: 'orderly' });
    const { sheet } = await completeOnly(url, await completeOnly(url, order, { wayOut: 'on-the-spot' }));
    return sheet.no;
  };
  const rudeness = { clueGround: 'art40.p1.i4', accused: 'agent:rude' };

  it('当场答复、没有承办单位的：上级机关责令，热线改正，问责结束；轨迹里只有编号', async () => {
    const no = await answeredOnTheSpot();
    await clue(no, people.inspector, rudeness);
    await established(no, people);
    expect((await taskOf(no, 'correction.ordered')).locals).to.include({ unit: '市政府办公厅' });
    for (const who of ['rude', 'chief', 'mayor', 'inspector'] as const)
      expect((await attempt(no, 'correction.ordered', people[who])).status, who).to.equal(403);
    await act(no, 'correction.ordered', people.office);
    expect((await taskOf(no, 'correction.reported')).locals).to.include({ unit: '市热线工作机构' });
    expect((await attempt(no, 'correction.reported', people.office)).status).to.equal(403);
    await act(no, 'correction.reported', people.chief);
    const { tasks, trail } = await read(no);
    expect(tasks).to.deep.equal([]);
    const facts = JSON.stringify(trail);
    expect(facts).to.include('agent:rude');
  });

  it('单位正持有工单的：单位没有改正的待办，照常办理自己的', async () => {
    const { url } = served();
    const { sheet } = await dispatched(url);
    await clue(sheet.no, people.inspector, rudeness);
    await established(sheet.no, people);
    await act(sheet.no, 'correction.ordered', people.office);
    const ofUnit = await read(sheet.no, people.water);
    expect(ofUnit.tasks.map(({ element }) => element)).to.deep.equal(['Task_Receive']);
    expect((await attempt(sheet.no, 'correction.reported', people.water)).status).to.equal(403);
    for (const path of ['', '/trail', '/duties'])
      expect(
        (await send(url, `/api/work-orders/${sheet.no}${path}`, { as: people.water })).text,
        path,
      ).not.to.match(/agent:rude|accountability/);
    await act(sheet.no, 'correction.reported', people.chief);
  });

  it('还不知道是谁的，须先查明才能认定成立、责令改正', async () => {
    const no = await answeredOnTheSpot();
    await clue(no, people.inspector, { ...rudeness, accused: 'unknown' });
    await act(no, 'investigation.made', people.inspector);
    await act(no, 'hearing.held', people.inspector, { hearing: 'nobody' });
    const refused = await attempt(no, 'finding.made', people.finder, {
      established: true,
      severity: 'ordinary',
    });
    expect(problemIn(refused).detail).to.include('还没有查明指控的是谁');
    const named = await answeredOnTheSpot();
    await clue(named, people.inspector, { ...rudeness, accused: 'unknown' });
    await act(named, 'investigation.made', people.inspector, { accused: 'agent:rude' });
    expect(
      problemIn(await attempt(named, 'hearing.held', people.inspector, { hearing: 'nobody' })).detail,
    ).to.include('须听取');
    await act(named, 'hearing.held', people.inspector, { hearing: 'heard' });
    await act(named, 'finding.made', people.finder, { established: true, severity: 'ordinary' });
  });

  it('按姓名找得到，写下的是编号；只有监察人员可以找', async () => {
    const path = `/api/accused?q=${encodeURIComponent('rud')}`;
    expect(answered('findAccused', await send(served().url, path, { as: people.inspector }))).to.deep.equal({
      items: [{ accused: 'agent:rude', name: 'rude', unit: '市热线工作机构' }],
    });
    expect((await send(served().url, path, { as: people.water })).status).to.equal(403);
  });

  it('没有的单位、人员，写成姓名的，拒绝', async () => {
    const no = await answeredOnTheSpot();
    const body = { message: 'accountability-clue', answers: {} };
    await post(served().url, `/api/work-orders/${no}/messages`, body, {}, people.inspector);
    const as = people.inspector;
    for (const accused of ['agent:nobody', 'unit:没有的局', 'agent:office', 'unit:市监察机关'])
      expect(
        problemIn(await attempt(no, 'clue.registered', as, { ...rudeness, accused })).code,
        accused,
      ).to.equal('accused.not-found');
    expect(
      problemIn(await attempt(no, 'clue.registered', as, { ...rudeness, accused: '王芳' })).code,
    ).to.equal('input.invalid');
  });

  it('两条线索各有各的被指控者：一条热线改正，一条单位改正', async () => {
    const { url } = served();
    const { sheet } = await dispatched(url);
    const { no } = sheet;
    await clue(no, people.inspector, rudeness);
    await established(no, people);
    await clue(no, people.inspector, { clueGround: 'art40.p1.i4', accused: 'unit:某水务局' });
    await established(no, people);
    const orders = (await read(no)).tasks.filter(({ deeds }) => deeds.includes('correction.ordered'));
    expect(orders.map(({ locals }) => locals?.unit).sort()).to.deep.equal(['市人民政府', '市政府办公厅']);
  });
});

describe('北京第三十五条第二款：街道态度粗暴，由其上级机关责令改正', () => {
  const before_ = process.env['HOTLINE_PACKAGE'];
  before(() => usePackage(join(packageRoot, 'packages/beijing')));
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  type Who = 'agent' | 'office' | 'mayor' | 'district' | 'other' | 'street' | 'inspector' | 'finder';
  let people: People<Who>;
  const { taskOf, attempt, act, clue, established } = proceedingOf(served, () => people.inspector);
  before(async () => {
    const district = { kind: 'district', roles: ['supervisor'] } as const;
    people = await everybody(served(), {
      agent: { unit: '市民热线服务工作机构', kind: 'hotline', roles: ['intake', 'supervisor'] },
      office: { unit: '市政务服务部门', kind: 'general-office', roles: ['supervisor'] },
      mayor: { unit: '市人民政府', kind: 'government', roles: ['supervisor'] },
      district: { ...district, unit: '甲区人民政府' },
      other: { ...district, unit: '乙区人民政府' },
      street: { unit: '甲街道办事处', kind: 'township', parent: '甲区人民政府', roles: ['handler'] },
      inspector: inspection,
      finder: inspection,
    });
  });
  after(() => {
    if (before_ === undefined) delete process.env['HOTLINE_PACKAGE'];
    else process.env['HOTLINE_PACKAGE'] = before_;
  });

  it('区人民政府的人责令，街道改正；政务服务部门、别的区、街道自己都不能责令', async () => {
    const { url } = served();
    const order = answered(
      'acceptRequest',
      await post(url, '/api/work-orders', waterCut, {}, people.agent),
    ) as WorkOrderView;
    const { no } = order.sheet;
    await clue(no, people.inspector, { clueGround: 'art35.p2.i1', accused: 'unit:甲街道办事处' });
    await established(no, people);
    expect((await taskOf(no, 'correction.ordered')).locals).to.include({ unit: '甲区人民政府' });
    for (const who of ['office', 'agent', 'mayor'] as const)
      expect((await attempt(no, 'correction.ordered', people[who])).status, who).to.equal(403);
    for (const who of ['other', 'street'] as const)
      expect((await attempt(no, 'correction.ordered', people[who])).status, who).to.equal(404);
    await act(no, 'correction.ordered', people.district);
    await act(no, 'correction.reported', people.street);
  });
});
