/** 并单计一次: if the method says so, merged sheets count with their leading sheet, and separately after a separation. */
import { expect } from 'chai';
import { sequence } from '../../src/accountability/index.js';
import { followTrail, sampleMethod } from '../../src/measures/assessment/index.js';
import { closeDuePeriods, recomputePeriod } from '../../src/cases/index.js';
import { parsePeriod } from '../../src/measures/assessment/index.js';
import { createLife } from '../measures/assessment/life.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { answered, post, send, useServer } from './serving.js';

interface View {
  readonly received: number;
  readonly units: readonly {
    readonly unit: string;
    readonly counts: readonly { readonly measure: string; readonly met: number; readonly of: number }[];
  }[];
}
interface Fact {
  readonly no: string;
  readonly countedWith: string | null;
  readonly merged: number;
}

describe('http 考核：并单计一次', () => {
  const served = useServer({ at: '2026-09-28T10:00:00+08:00' });
  const life = createLife(() => served().system);
  const [water, city] = ['市水务局', '市城管局'];
  let people: { readonly [name: string]: SignedIn } = {};
  const as = (name: string): SignedIn => people[name] ?? expect.fail(`there is no ${name}`);
  /** Keeps the people logged in. */
  const stay = async (): Promise<void> => {
    const { system } = served();
    await system.database.pool.query(
      'UPDATE hotline.session SET started_at = $1, seen_at = $1, auth_at = $1',
      [system.clock.now()],
    );
  };
  const at = async (text: string): Promise<void> => {
    served().system.clock.moveTo(new Date(`2026-${text}:00+08:00`));
    await stay();
  };
  const settle = async (): Promise<void> => {
    await stay();
    await sequence(served().system.database);
    while ((await followTrail(served().system.database, served().system.catalogues)) > 0);
  };
  const countOf = async (period: string, unit: string, measure: string): Promise<string> => {
    await settle();
    const view = answered(
      'readAssessment',
      await send(served().url, `/api/assessments/${period}`, { as: as('assessor') }),
    ) as View;
    const found = view.units.find((one) => one.unit === unit)?.counts.find((one) => one.measure === measure);
    return found ? `${found.met}/${found.of}` : '0/0';
  };
  const factsOf = async (period: string, unit: string, measure: string): Promise<readonly Fact[]> => {
    await settle();
    const path = `/api/assessments/${period}/facts?measure=${measure}&unit=${encodeURIComponent(unit)}`;
    return (
      answered('listAssessedFacts', await send(served().url, path, { as: as('assessor') })) as {
        items: Fact[];
      }
    ).items;
  };
  const merge = async (lead: string, members: readonly string[], when: string): Promise<void> => {
    await at(when);
    const path = `/api/work-orders/${lead}/members`;
    answered(
      'mergeWorkOrders',
      await post(served().url, path, { members, reason: '同一件事' }, {}, as('agent')),
    );
  };
  const separate = async (lead: string, member: string, when: string): Promise<void> => {
    await at(when);
    const path = `/api/work-orders/${lead}/members/${member}/separation`;
    answered('unmergeWorkOrder', await post(served().url, path, { reason: '不是同一件事' }, {}, as('agent')));
  };
  let [lead, one, two, elsewhere, later, lateLead] = ['', '', '', '', '', ''];

  before(async () => {
    const { system, url } = served();
    const made: [string, SignedIn][] = [];
    for (const [login, role] of [
      ['assessor', 'assessor'],
      ['agent', 'intake'],
      ['approver', 'compliance-approver'],
    ] as const) {
      made.push([
        login,
        await newcomer(system, { login, unit: '市热线工作机构', kind: 'hotline', roles: [role] }),
      ]);
    }
    for (const unit of [water, city]) {
      await newcomer(system, { login: `of-${unit}`, unit, kind: 'department', roles: ['handler'] });
    }
    people = Object.fromEntries(made);
    const content = { ...sampleMethod(system.laws.today()), mergedOnce: ['satisfaction', 'accepted'] };
    const { id } = answered(
      'proposeMethod',
      await post(
        url,
        '/api/assessment-methods',
        { content, effectiveFrom: '2026-10', reason: '并单计一次' },
        {},
        as('assessor'),
      ),
    ) as { id: number };
    const ruling = { decision: 'approve', reason: '批准', document: '济政发〔2026〕1号' };
    answered(
      'ruleMethod',
      await post(url, `/api/assessment-methods/${id}/ruling`, ruling, {}, as('approver')),
    );
    lead = await life.dispatched('10-12T09:00', water);
    one = await life.dispatched('10-12T09:10', water);
    two = await life.dispatched('10-12T09:20', water);
    elsewhere = await life.dispatched('10-12T09:30', city);
    await merge(lead, [one, two, elsewhere], '10-12T10:00');
    await life.handled(lead, '10-13T09:00', 'satisfied');
    await life.handled(one, '10-13T09:10', 'unsatisfied', 'close');
    await life.handled(two, '10-13T09:20', 'satisfied');
    await life.handled(elsewhere, '10-13T09:30', 'satisfied');
  });

  it('写明计一次的量，随主单计，以主单的为准；没有写明的、别的单位的，各计各的', async () => {
    expect(await countOf('2026-10', water, 'satisfaction')).to.equal('1/1');
    expect(await countOf('2026-10', water, 'resolution')).to.equal('2/3');
    expect(await countOf('2026-10', city, 'satisfaction')).to.equal('1/1');
    expect(await countOf('2026-10', city, 'resolution')).to.equal('1/1');
  });

  it('数字打开到工单：主单写明有几件并入，成员写明随哪张计', async () => {
    const facts = await factsOf('2026-10', water, 'satisfaction');
    expect(facts.map(({ no, countedWith, merged }) => [no, countedWith, merged])).to.have.deep.members([
      [lead, null, 2],
      [one, lead, 0],
      [two, lead, 0],
    ]);
    for (const fact of await factsOf('2026-10', water, 'resolution')) {
      expect(fact).to.include({ countedWith: null, merged: 0 });
    }
    expect((await factsOf('2026-10', city, 'satisfaction'))[0]).to.include({ countedWith: null, merged: 0 });
  });

  it('当月拆出的，另计', async () => {
    await separate(lead, one, '10-20T09:00');
    expect(await countOf('2026-10', water, 'satisfaction')).to.equal('1/2');
    const facts = await factsOf('2026-10', water, 'satisfaction');
    expect(facts.find(({ no }) => no === lead)?.merged).to.equal(1);
    expect(facts.find(({ no }) => no === one)?.countedWith).to.equal(null);
  });

  it('跨月的：主单当月没有这个量的，成员自己计；次月并入、拆出的，不改上个月的', async () => {
    lateLead = await life.dispatched('10-29T09:00', water);
    later = await life.dispatched('10-29T09:10', water);
    await merge(lateLead, [later], '10-29T10:00');
    await life.handled(later, '10-30T09:00', 'satisfied');
    expect(await countOf('2026-10', water, 'satisfaction')).to.equal('2/3');
    await life.handled(lateLead, '11-02T09:00', 'satisfied');
    expect(await countOf('2026-10', water, 'satisfaction')).to.equal('2/3');
    expect(await countOf('2026-11', water, 'satisfaction')).to.equal('1/1');
    await separate(lead, two, '11-02T10:00');
    expect(await countOf('2026-10', water, 'satisfaction')).to.equal('2/3');
  });

  it('关闭以后，流程的数字同样计一次；凭轨迹重算，没有差别', async () => {
    const { system } = served();
    await at('11-02T11:00');
    await settle();
    await closeDuePeriods(system);
    await settle();
    expect(await countOf('2026-10', water, 'satisfaction')).to.equal('2/3');
    expect(await countOf('2026-10', water, 'resolution')).to.equal('3/4');
    const found = await recomputePeriod(system, 'live', parsePeriod('2026-10'));
    expect(found.closed).to.equal(true);
    expect(found.differences).to.deep.equal([]);
  });
});
