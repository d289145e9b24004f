/** 缘由: why a duty of a sheet is owed or not, over HTTP and on the command line. */
import { expect } from 'chai';
import type { z } from 'zod';
import type { regulationOperations } from '../../src/http/contract/regulation.js';
import { answered, dispatched, problemIn, send, useServer } from './serving.js';

type Reasons = z.input<(typeof regulationOperations)['explainDuty']['answers'][200]['schema']>;

describe('义务的缘由的接口', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  let no = '';
  before(async () => {
    no = (await dispatched(served().url)).sheet.no;
  });
  const why = async (norm: string, as?: object): Promise<Reasons> =>
    answered(
      'explainDuty',
      await send(served().url, `/api/work-orders/${no}/duties/${norm}`, as ? { as: as as never } : {}),
    ) as Reasons;
  const said = (lines: Reasons['absent'], about: string): readonly string[] =>
    lines.filter((line) => line.about === about).map(({ text }) => text);

  it('第二十四条：回复的义务由哪一条引起、期限怎样来的，还须由谁、最迟何时做什么；正好届满不算违反，过了写明本应', async () => {
    const { duties, absent, provisions } = await why('J27');
    expect([absent, provisions.map(({ label }) => label)]).to.deep.equal([[], ['第二十四条第一款']]);
    const [reply] = duties;
    expect(reply).to.include({ state: 'open', due: '2026-03-10T00:00:00+08:00', ceased: false });
    const lines = reply?.lines ?? [];
    expect(said(lines, '结论')).to.deep.equal(['还没有办到，最迟 2026-03-09 24:00']);
    expect(said(lines, '还须')).to.deep.equal([
      '在 2026-03-09 24:00 以前由承办单位（某水务局）做“办理并写明情形”、“回复来电人”',
    ]);
    expect(lines.find(({ about }) => about === '由来')?.entry).to.equal(reply?.openedBy);
    served().system.clock.moveTo(new Date('2026-03-10T00:00:00+08:00'));
    expect((await why('J27')).duties[0]?.state).to.equal('open');
    served().system.clock.moveTo(new Date('2026-03-10T00:00:01+08:00'));
    const [late] = (await why('J27')).duties;
    expect(late?.state).to.equal('temporarily-violated');
    expect(said(late?.lines ?? [], '结论')).to.deep.equal([
      '2026-03-09 24:00 届满时没有办到，违反；还可以办或者补救',
    ]);
    expect(said(late?.lines ?? [], '本应')).to.have.length(1);
  });

  it('第二十三条：没有产生的，说须是什么、做的是什么；不逐件计的也说为什么；第十六条：谁有权要求说明', async () => {
    const spot = await why('J26e');
    expect(spot.duties).to.deep.equal([]);
    expect(said(spot.absent, '由来')[0]).to.match(
      /^须是“确定处理方式（当场）”，2026-03-02 10:00 做的是“确定处理方式（转办）”$/,
    );
    expect(said((await why('J21a')).absent, '由来')).to.include('有权要求的：来电人，以“来电人要求说明”');
    expect(said((await why('J08')).absent, '结论')[0]).to.match(/^这一项不逐件计：/);
  });

  it('看得到工单的义务的才看得到缘由；条例没有的一项 404，写明到哪里查', async () => {
    const { url, people } = served();
    const own = await people.doing('unit', '某水务局经办人', '某水务局');
    expect((await why('J27', own)).duties).to.have.length(1);
    const foreign = await people.doing('unit', '某城管局经办人', '某城管局');
    const path = `/api/work-orders/${no}/duties/J27`;
    expect(problemIn(await send(url, path, { as: foreign }))).to.include({ code: 'case.not-found' });
    const problem = problemIn(await send(url, `/api/work-orders/${no}/duties/J99`));
    expect(problem).to.include({ status: 404, code: 'norm.not-found' });
    expect(JSON.stringify(problem)).to.include('hotline regulation coverage');
  });
});
