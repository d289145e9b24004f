/** What is recommended reminds whoever holds the case and is counted; nobody violates it (GB/T 33358-2016, mailbox; `should`). */
import { expect } from 'chai';
import { sequence } from '../../src/accountability/index.js';
import { remindingOfAims } from '../../src/cases/index.js';
import { loadCasesByKey } from '../../src/engine/index.js';
import { followDuties, keptDuties } from '../../src/law/regulation/index.js';
import { followTrail, storedFacts } from '../../src/measures/assessment/index.js';
import { lookNow } from '../../src/measures/radar/index.js';
import {
  accept,
  answered,
  completeOnly,
  send,
  useServer,
  waterCut,
  type WorkOrderView,
} from '../http/serving.js';
import { copyOfPackage, type CityPackage } from '../support/city-package.js';

interface Aims {
  readonly aims: readonly {
    readonly id: string;
    readonly words: string;
    readonly cases: number;
    readonly within: number;
    readonly later: number;
    readonly open: number;
    readonly openPast: number;
  }[];
}

const mailbox = 'gbt-33358-2016 mailbox';

describe('推荐的期限', () => {
  let city: CityPackage;
  before(() => {
    city = copyOfPackage();
    // The city's law itself says that one should do the same within a day and a half.
    city.changeJson(
      'regulation/catalogue/2018/chapter-2.json',
      (chapter: { articles: { norms: Norm[] }[] }) => {
        for (const { norms } of chapter.articles) {
          const duty = norms.find(({ id }) => id === 'J13');
          if (duty) norms.push(shouldOf(duty));
        }
      },
    );
  });
  const served = useServer({ at: '2026-03-07T10:00:00+08:00' });
  after(() => city.leave());

  const at = (instant: string): void => served().system.clock.moveTo(new Date(`2026-03-${instant}:00+08:00`));
  const follow = async (): Promise<void> => {
    const { database, catalogues } = served().system;
    await sequence(database);
    while ((await followDuties(database, catalogues)) > 0);
    while ((await followTrail(database, catalogues)) > 0);
  };
  const remind = async (): Promise<void> => {
    await follow();
    await remindingOfAims(served().system).work({}, { attempt: 1, signal: new AbortController().signal });
  };
  const told = async (no: string, aim: string) => {
    const { rows } = await served().system.database.pool.query<{
      recipient: string;
      title: string;
      text: string;
      level: string | null;
    }>(
      'SELECT recipient, title, text, level FROM hotline.notification WHERE stream = $1 AND element = $2 ORDER BY id',
      [no, `aim-${aim}`],
    );
    return rows;
  };
  const judged = async (no: string) => {
    await follow();
    const { system } = served();
    const { hypotheses } = await lookNow(system, 'live');
    return system.database.transaction(async (transaction) => {
      const file = (await loadCasesByKey(transaction, [no])).get(no);
      return {
        duties: (await keptDuties(transaction, [no])).map(({ stream: _stream, ...duty }) => duty),
        facts: await storedFacts(transaction, [no]),
        lights: file?.lights,
        deadlines: [...(file?.deadlines.values() ?? [])].map(({ element, dueAt }) => [element, dueAt]),
        hypotheses: hypotheses.length,
      };
    });
  };
  const figures = async () =>
    (answered('readConformity', await send(served().url, '/api/regulation/conformity')) as Aims).aims;
  const figureOf = async (aim: string) => (await figures()).find(({ id }) => id === aim);
  let mail: WorkOrderView;
  let call: WorkOrderView;

  it('没有工单时写“还没有”，不是零', async () => {
    await follow();
    expect((await figureOf(mailbox))?.words).to.equal('近 30 日还没有这样的工单');
  });

  it('来信快到 24 小时还没有受理：持有的人得到一件通知，再做还是一件；电话没有', async () => {
    mail = await accept(served().url, { ...waterCut, channel: 'mailbox' });
    call = await accept(served().url, waterCut);
    const { no } = mail.sheet;
    at('08T07:59');
    await remind();
    expect(await told(no, mailbox)).to.deep.equal([]);
    at('08T11:00');
    const before = await judged(no);
    await Promise.all([remind(), remind()]);
    await remind();
    const notices = await told(no, mailbox);
    expect(notices.map(({ recipient, title, level }) => ({ recipient, title, level }))).to.deep.equal([
      { recipient: 'role:intake', title: '提醒：推荐的期限已过', level: null },
    ]);
    expect(notices[0]?.text).to.equal(
      `工单 ${no}：《GB/T 33358-2016 政府热线服务规范》（条号不知道）推荐“信箱的诉求 24 小时以内有反应”，到 2026-03-08 10:00，还没有办。这只是推荐的：超过了不是逾期，没有人违反什么，不计入考核、不问责。`,
    );
    expect(await told(call.sheet.no, mailbox)).to.deep.equal([]);
    expect(await judged(no)).to.deep.equal(before);
    const { trail, chain } = answered(
      'readWorkOrder',
      await send(served().url, `/api/work-orders/${no}`),
    ) as WorkOrderView;
    expect(trail.filter(({ type }) => type === 'aim.reminded')).to.have.length(1);
    expect(chain.holds).to.equal(true);
  });

  it('提前两小时提醒：还来得及', async () => {
    at('09T10:00');
    const { no } = (await accept(served().url, { ...waterCut, channel: 'mailbox' })).sheet;
    at('10T08:00');
    await remind();
    expect((await told(no, mailbox)).map(({ title }) => title)).to.deep.equal(['提醒：推荐的期限将到']);
  });

  it('条例自己“宜”的也提醒，不分渠道，没有违反', async () => {
    const { no } = call.sheet;
    const [notice] = await told(no, 'J13z');
    expect(notice?.text).to.include('《济南市').and.include('推荐的');
    const { duties } = await judged(no);
    expect(duties.find(({ norm }) => norm === 'J13z')).to.include({ due: null, violatedAt: null });
  });

  it('近 30 日的件数，由义务的状态数出来', async () => {
    at('11T10:00');
    const quick = await accept(served().url, { ...waterCut, channel: 'mailbox' });
    at('11T11:00');
    for (let order of [quick, mail])
      for (const given of [{ conduct: 'orderly' }, { wayOut: 'dispatch' }, { unit: '某水务局' }])
        order = await completeOnly(served().url, order, given);
    await follow();
    expect(await figureOf(mailbox)).to.include({ cases: 3, within: 1, later: 1, open: 1, openPast: 1 });
    expect((await figureOf(mailbox))?.words).to.equal(
      '近 30 日收到的 3 件：以内办的 1 件，过后办的 1 件，还没有办的 1 件（已过 1 件）',
    );
    at('31T10:00');
    expect((await figureOf('J13z'))?.cases).to.equal(4);
  });
});

interface Norm {
  readonly id: string;
  readonly duty: object;
}

const shouldOf = (norm: Norm): Norm => ({
  ...norm,
  ...{ id: 'J13z', modality: 'should', says: '宜一日半内办理', limit: { hours: 36 } },
  duty: { ...norm.duty, clock: null },
});
