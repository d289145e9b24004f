/**
 * A month's assessment through the interface: closed, published, objected to, decided, confirmed,
 * circulated, corrected.
 */
import { expect } from 'chai';
import { sequence } from '../../src/accountability/index.js';
import { followTrail, sampleMethod } from '../../src/measures/assessment/index.js';
import { closeDuePeriods, draftDuePublications } from '../../src/cases/index.js';
import { createLife } from '../measures/assessment/life.js';
import { newcomer, type SignedIn } from '../support/people.js';
import { answered, post, problemIn, send, useServer } from './serving.js';

interface View {
  readonly closedAt: string | null;
  readonly circulated: boolean;
  readonly received: number;
  readonly units: readonly {
    readonly unit: string;
    readonly rank: number | null;
    readonly score: number;
    readonly counts: readonly { readonly measure: string; readonly met: number; readonly of: number }[];
  }[];
  readonly run: null | {
    readonly objectionsUntil: string | null;
    readonly objections: readonly {
      readonly number: number;
      readonly ground: string;
      readonly raisedBy: string;
      readonly entry: number;
      readonly result: string | null;
    }[];
    readonly tasks: readonly { readonly id: string; readonly element: string; readonly mine: boolean }[];
  };
}

describe('http 考核', () => {
  const served = useServer({ at: '2026-09-28T10:00:00+08:00' });
  const life = createLife(() => served().system);
  const people: { [name: string]: SignedIn } = {};
  const as = (name: string): SignedIn => people[name] ?? expect.fail(`there is no ${name}`);
  const october = '/api/assessments/2026-10';
  const read = async (name: string): Promise<View> =>
    answered('readAssessment', await send(served().url, october, { as: as(name) })) as View;
  const settle = async (): Promise<void> => {
    await sequence(served().system.database);
    while ((await followTrail(served().system.database, served().system.catalogues)) > 0);
  };
  const arrive = (text: string): void => served().system.clock.moveTo(new Date(`2026-${text}:00+08:00`));
  /** Keeps the people logged in. */
  const stay = () =>
    served().system.database.pool.query(
      'UPDATE hotline.session SET started_at = $1, seen_at = $1, auth_at = $1',
      [served().system.clock.now()],
    );
  const at = async (text: string): Promise<void> => {
    arrive(text);
    await stay();
  };
  const finish = async (element: string, answers: object, name: string) => {
    const { run } = await read(name);
    const task = run?.tasks.find((one) => one.element === element) ?? expect.fail(`${element} is not open`);
    return post(
      served().url,
      `${october}/tasks/${encodeURIComponent(task.id)}/completion`,
      { answers },
      {},
      as(name),
    );
  };
  /** Approved by one, published by another. */
  const publish = async (kind: string, documentNumber: string): Promise<void> => {
    const { url } = served();
    const listed = await send(url, `${october}/publications`, { as: as('second') });
    const { items } = answered('listMonthPublications', listed) as { items: { id: number; kind: string }[] };
    const { id } = items.find((one) => one.kind === kind) ?? expect.fail(`no ${kind} is drafted`);
    const path = `/api/assessment-publications/${id}`;
    const ruling = { decision: 'approve', reason: '核对过' };
    answered('rulePublication', await post(url, `${path}/ruling`, ruling, {}, as('second')));
    answered('issuePublication', await post(url, `${path}/issue`, { documentNumber }, {}, as('third')));
  };
  const scoreOf = async (unit: string) => (await read('assessor')).units.find((one) => one.unit === unit);

  before(async () => {
    const { system } = served();
    for (const [login, unit, kind, roles] of [
      ['assessor', '市热线工作机构', 'hotline', ['assessor']],
      ['second', '市热线工作机构', 'hotline', ['assessor']],
      ['third', '市热线工作机构', 'hotline', ['assessor']],
      ['approver', '市热线工作机构', 'hotline', ['compliance-approver']],
      ['water', '市水务局', 'department', ['handler']],
      ['city', '市城管局', 'department', ['handler']],
    ] as const) {
      people[login] = await newcomer(system, { login, unit, kind, roles });
    }
  });

  it('第三十一条：提出、试算、批准考核办法', async () => {
    const { url } = served();
    const content = sampleMethod(served().system.laws.today());
    const proposed = answered(
      'proposeMethod',
      await post(
        url,
        '/api/assessment-methods',
        { content, effectiveFrom: '2026-10', reason: '首次' },
        {},
        as('assessor'),
      ),
    ) as { id: number };
    const path = `/api/assessment-methods/${proposed.id}/ruling`;
    const own = await post(url, path, { decision: 'approve', reason: '同意' }, {}, as('assessor'));
    expect(problemIn(own).code).to.equal('access.denied');
    const bare = await post(url, path, { decision: 'approve', reason: '同意' }, {}, as('approver'));
    expect(problemIn(bare)).to.include({ code: 'assessment.invalid', where: 'document' });
    const ruling = { decision: 'approve', reason: '同意', document: '济政〔2026〕9号' };
    answered('ruleMethod', await post(url, path, ruling, {}, as('approver')));
    const [first, ...others] = content.indicators;
    const wrong = { ...content, indicators: [{ ...first, formula: 'reply.met +' }, ...others] };
    const refused = await post(
      url,
      '/api/assessment-methods/preview',
      { content: wrong, period: '2026-10' },
      {},
      as('assessor'),
    );
    expect(problemIn(refused).code).to.equal('assessment.invalid');
  });

  it('第二十二条：每个数字打开所计的工单，写明轨迹的条目；单位只看自己的', async () => {
    const good = await life.dispatched('10-12T09:00', '市水务局', '历下区');
    await life.handled(good, '10-14T10:00', 'unsatisfied', 'close');
    const late = await life.dispatched('10-12T10:00', '市城管局', '历城区');
    await life.receive(late, '10-12T11:00');
    await life.fallDue('10-31T00:00');
    await settle();
    await stay();
    const facts = async (name: string, query: string) =>
      answered(
        'listAssessedFacts',
        await send(served().url, `${october}/facts?${query}`, { as: as(name) }),
      ) as {
        total: number;
        next: string | null;
        items: { no: string; opened: number; decided: number; met: boolean }[];
      };
    const { items, total } = await facts('assessor', 'measure=reply');
    expect(total).to.equal(2);
    expect(items.map(({ no, met }) => [no, met])).to.deep.equal([
      [late, false],
      [good, true],
    ]);
    const [whose, none] = ['市水务局', '市城管局'].map(
      (unit) => `measure=reply&unit=${encodeURIComponent(unit)}`,
    );
    expect((await facts('assessor', whose ?? '')).items.map(({ no }) => no)).to.deep.equal([good]);
    expect(await facts('water', none ?? '')).to.include({ total: 0, next: null });
    expect(await facts('assessor', 'measure=reply&met=true')).to.deep.include({
      total: 1,
      items: [items[1]],
    });
    const first = await facts('assessor', 'measure=reply&limit=1');
    expect(first.items).to.deep.equal([items[0]]);
    const onward = `measure=reply&limit=1&cursor=${encodeURIComponent(first.next ?? '')}`;
    expect(await facts('assessor', onward)).to.deep.include({ total: 2, next: null, items: [items[1]] });
    const wrong = await send(served().url, `${october}/facts?measure=reply&cursor=abc`, {
      as: as('assessor'),
    });
    expect(problemIn(wrong)).to.include({ code: 'input.invalid', where: 'cursor' });
    const own = await facts('city', 'measure=reply');
    expect(own.items.map(({ no }) => no)).to.deep.equal([late]);
    expect((await read('city')).units.map(({ unit }) => unit)).to.deep.equal(['市城管局']);
    expect((await read('assessor')).units).to.have.length(2);
    const trend = await send(
      served().url,
      '/api/assessments?unit=市水务局'.replace('市水务局', encodeURIComponent('市水务局')),
      { as: as('city') },
    );
    const { periods } = answered('listAssessments', trend) as { periods: { counts: unknown[] }[] };
    expect(periods.flatMap(({ counts }) => counts)).to.deep.equal([]);
    const spread = await send(served().url, `${october}/spread?measure=accepted`, { as: as('assessor') });
    const { cells } = answered('readAssessmentSpread', spread) as {
      cells: { district: string; of: number }[];
    };
    expect(cells.map(({ district, of }) => [district, of])).to.deep.equal([
      ['历下区', 1],
      ['历城区', 1],
    ]);
  });

  it('第三十八条：公布之后异议期内可以异议；只能就本单位；公布、确认的人和本单位的人不能裁定', async () => {
    arrive('11-02T00:01');
    await settle();
    expect(await closeDuePeriods(served().system)).to.deep.equal(['2026-10']);
    await stay();
    const objection = { unit: '市水务局', measure: 'satisfaction', ground: '来电人认错了单位' };
    const object = (name: string) => post(served().url, `${october}/objections`, objection, {}, as(name));
    expect(problemIn(await object('water')).code).to.equal('assessment.closed');
    await finish('Task_Preliminary', { preliminaryNotice: '考公〔2026〕1号' }, 'assessor');
    expect(problemIn(await object('city')).code).to.equal('assessment.not-yours');
    answered('raiseObjection', await object('water'));
    answered(
      'raiseObjection',
      await post(
        served().url,
        `${october}/objections`,
        { ...objection, measure: 'resolution', ground: '证据是第二张回访记录' },
        {},
        as('water'),
      ),
    );
    expect((await read('city')).run?.objections).to.deep.equal([]);
    const raised = (await read('water')).run?.objections ?? [];
    expect(raised.map(({ number }) => number)).to.deep.equal([1, 2]);
    expect(raised.map(({ ground }) => ground)).to.deep.equal(['来电人认错了单位', '证据是第二张回访记录']);
    expect((await read('second')).run?.objections).to.deep.equal(raised);
    const { rows: proofs } = await served().system.database.pool.query<{ seq: number; actor: string }>(
      `SELECT seq, convert_from(body, 'UTF8')::json ->> 'actor' AS actor FROM hotline.trail_entry
        WHERE stream = '考核-2026-10' AND type = 'message.received' ORDER BY seq`,
    );
    expect(raised.map(({ entry, raisedBy }) => [entry, raisedBy])).to.deep.equal(
      proofs.map(({ seq, actor }) => [seq, actor]),
    );
    const ruling = { upheld: true, corrected: { met: 1, of: 1 }, reason: '属实' };
    const decide = (name: string, number: number, body: object = ruling) =>
      post(served().url, `${october}/objections/${number}/ruling`, body, {}, as(name));
    expect(problemIn(await decide('assessor', 1)).code).to.equal('task.not-yours');
    const absurd = await decide('second', 1, { ...ruling, corrected: { met: 2, of: 1 } });
    expect(problemIn(absurd).code).to.equal('assessment.invalid');
    const before = (await scoreOf('市水务局'))?.score ?? 0;
    answered('decideObjection', await decide('second', 1));
    expect(problemIn(await decide('second', 1)).code).to.equal('assessment.settled');
    expect((await scoreOf('市水务局'))?.score).to.equal(before + 2000);
    expect(problemIn(await decide('second', 3)).code).to.equal('assessment.not-found');
  });

  it('第三十八条：有一件异议没有裁定，结果就不能确认；裁定之后通报，各单位看到全部', async () => {
    await life.fallDue('11-10T00:00');
    await stay();
    const late = await post(
      served().url,
      `${october}/objections`,
      { unit: '市水务局', measure: 'reply', ground: '晚了' },
      {},
      as('water'),
    );
    expect(problemIn(late).code).to.equal('assessment.closed');
    answered(
      'completeAssessmentTask',
      await finish('Task_ConfirmResults', { objectionsDecided: true }, 'third'),
    );
    expect((await read('assessor')).run?.tasks.map(({ element }) => element)).to.include(
      'Task_ConfirmResults',
    );
    const rejected = { upheld: false, corrected: null, reason: '不成立' };
    answered(
      'decideObjection',
      await post(served().url, `${october}/objections/2/ruling`, rejected, {}, as('second')),
    );
    answered(
      'completeAssessmentTask',
      await finish('Task_ConfirmResults', { objectionsDecided: true }, 'third'),
    );
    expect((await read('city')).units).to.have.length(1);
    const byHand = () => finish('Task_Circulate', { circular: '考通〔2026〕1号' }, 'third');
    expect(problemIn(await byHand())).to.include({
      code: 'publication.missing',
      provision: '第三十八条',
      detail: '2026-10 的通报还没有发布，“通报考核结果”不能办结',
    });
    await draftDuePublications(served().system);
    expect(problemIn(await byHand()).code).to.equal('publication.missing');
    await publish('circular', '考通〔2026〕1号');
    const after = await read('assessor');
    expect(after.run?.tasks.map(({ element }) => element)).to.include('Task_Publish');
    const address = { publicationAddress: 'https://例子', lawfulDisclosure: true };
    expect(problemIn(await finish('Task_Publish', address, 'third'))).to.include({
      code: 'publication.missing',
      provision: '第三十三条',
    });
    await draftDuePublications(served().system);
    await publish('public', '热公〔2026〕1号');
    expect((await read('assessor')).run?.tasks.map(({ element }) => element)).to.not.include('Task_Publish');
    const { units, circulated } = await read('city');
    expect([circulated, units.length]).to.deep.equal([true, 2]);
  });

  it('别的工单的待办，不能从考核这里办', async () => {
    const { rows } = await served().system.database.pool.query<{ id: string }>(
      "SELECT concat_ws('~', case_id, instance, token, 'x', element) AS id FROM hotline.task WHERE process = 'handling'",
    );
    const path = `${october}/tasks/${encodeURIComponent(rows[0]?.id ?? '')}/completion`;
    const refused = await post(served().url, path, { answers: {} }, {}, as('assessor'));
    expect(problemIn(refused).code).to.equal('task.closed');
    await at('11-11T09:00');
    const unknown = await send(served().url, '/api/assessments/2026-13', { as: as('assessor') });
    expect(problemIn(unknown)).to.include({ code: 'assessment.invalid', where: 'period' });
  });
});
