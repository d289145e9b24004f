import { expect } from 'chai';
import { loadNotice, readNotices } from '../../../src/calendar/index.js';
import { toShanghaiIso } from '../../../src/kernel/civil-date.js';
import { deploy, type Answer } from '../../../src/engine/index.js';
import { isJsonObject } from '../../../src/kernel/index.js';
import { limitedProcess } from '../../support/limited-process.js';
import { document2027, notice2027 } from '../../support/notice-2027.js';
import { handlersOf, useSystem } from '../../support/system.js';
import { plainTrails } from '../../support/entries.js';

describe('executor: open deadlines under a calendar that has changed', () => {
  const at = new Date('2026-12-28T10:00:00+08:00');
  const system = useSystem({
    at: at.toISOString(),
    shipped: false,
    handlers: handlersOf({ card: () => ({ variables: {} }) }),
  });
  let id = '';

  const trail = async () =>
    (
      await system().database.transaction((transaction) => plainTrails(system().trail, transaction, ['L1']))
    ).get('L1') ?? [];
  const recompute = (): Promise<readonly Answer[]> =>
    system().executor.execute([
      { kind: 'recompute', caseId: id, at, actor: '测试员', document: document2027, revoke: [] },
    ]);
  const dueOf = (answer: Answer | undefined) =>
    Object.fromEntries(
      [...(answer?.file?.deadlines.values() ?? [])].map((one) => [one.element, toShanghaiIso(one.dueAt)]),
    );

  before(async () => {
    await deploy({ ...system(), journal: system().trail }, limitedProcess);
    const [started] = await system().executor.execute([
      { kind: 'start', businessKey: 'L1', process: 'limited', realm: 'live', at },
    ]);
    id = started?.file?.id ?? '';
    expect(dueOf(started)).to.deep.equal({
      limit: '2027-01-06T00:00:00+08:00',
      warn: '2027-01-05T00:00:00+08:00',
    });
  });

  it('changes nothing while the calendar is the same', async () => {
    const [answer] = await recompute();
    expect(answer?.refusal).to.equal(undefined);
    expect(await trail()).to.have.length(1);
  });

  it('moves a limit and the card that hangs on it, each with an entry that says why; a second time nothing', async () => {
    const [notice] = readNotices(JSON.stringify(notice2027), '2027.json');
    if (!notice) throw new Error('the notice is missing');
    await system().database.transaction((transaction) =>
      loadNotice(transaction, { ...notice, document: document2027 }, { file: 'a', at, by: '测试员' }),
    );
    system().calendar.forget();
    const moved = { limit: '2027-01-08T00:00:00+08:00', warn: '2027-01-07T00:00:00+08:00' };
    expect(dueOf((await recompute())[0])).to.deep.equal(moved);
    expect(dueOf((await recompute())[0])).to.deep.equal(moved);
    const entries = (await trail()).slice(1);
    expect(entries.map(({ type, body }) => [type, body.of, body.from, body.document])).to.have.deep.members([
      ['deadline.recomputed', 'limit', '2027-01-05T16:00:00.000Z', document2027],
      ['deadline.recomputed', 'warn', '2027-01-04T16:00:00.000Z', document2027],
    ]);
    const derivations = entries.map(({ body }) => body.derivation).filter(isJsonObject);
    const explain = await system().database.transaction((transaction) =>
      system().calendar.explainer(transaction, derivations, system().laws.today()),
    );
    expect(JSON.stringify(derivations.map(explain))).to.contain(`元旦（${document2027}）`);
  });

  it('the scheduler fires at the new instant, not at the old one', async () => {
    system().clock.moveTo(new Date('2027-01-06T12:00:00+08:00'));
    expect(await system().executor.fireDue(10)).to.equal(0);
    system().clock.moveTo(new Date('2027-01-08T00:00:00+08:00'));
    expect(await system().executor.fireDue(10)).to.equal(1);
    const fired = (await trail()).filter(({ type }) => type === 'timer.fired');
    expect(fired.map((entry) => [entry.body.of, toShanghaiIso(entry.at)])).to.deep.equal([
      ['warn', '2027-01-07T00:00:00+08:00'],
      ['limit', '2027-01-08T00:00:00+08:00'],
    ]);
  });
});
