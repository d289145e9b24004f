/** Beijing's own rules where the program itself decides: on a server with its package. */
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot, usePackage } from '../../src/kernel/package-root.js';
import {
  accept,
  answered,
  completeOnly,
  post,
  problemIn,
  send,
  useServer,
  type WorkOrderView,
} from './serving.js';

const leak = {
  channel: 'phone',
  kind: 'help',
  title: '楼上漏水',
  content: '楼上漏水，墙都湿了。',
  callerName: '诉求人甲',
  callerContact: '13811110000',
};

describe('北京市接诉即办', () => {
  const city = process.env['HOTLINE_PACKAGE'];
  before(() => usePackage(join(packageRoot, 'packages', 'beijing')));
  after(() => {
    if (city === undefined) delete process.env['HOTLINE_PACKAGE'];
    else process.env['HOTLINE_PACKAGE'] = city;
  });
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });
  const again = (relatedSheet: string, callerContact = leak.callerContact) => ({
    ...leak,
    callerContact,
    answers: {
      ...{ conduct: 'orderly', wayOut: 'told-before', relatedSheet },
      ...{ nothingNew: true, progressTold: '承办单位已经接单' },
    },
  });

  it('第十一条第三款第三项：正在办理的，也告知办理进展；别人的、没有的工单不行', async () => {
    const { url } = served();
    const dispatch = { conduct: 'orderly', wayOut: 'dispatch', unit: '市城管局', dispatchBasis: 'duty' };
    const open = await accept(url, { ...leak, answers: dispatch });
    const told = await accept(url, again(open.sheet.no));
    expect(told.tasks).to.deep.equal([]);
    expect(JSON.stringify(told.trail)).to.include('已告知进展或者结果');
    for (const wrong of [again(open.sheet.no, '13922223333'), again('没有这张工单')]) {
      const refused = problemIn(await post(url, '/api/work-orders', wrong));
      expect(refused).to.include({ code: 'sheet.not-earlier', where: 'relatedSheet' });
      expect(refused.detail).not.to.include('已经办结');
    }
  });

  it('第十一条：选错的处理方式另行确定以后，不再欠它', async () => {
    const { url } = served();
    const chosen = await accept(url, { ...leak, answers: { conduct: 'orderly', wayOut: 'told-before' } });
    const { no } = chosen.sheet;
    const message = { message: 'way-out-reconsidered', answers: { reconsideredWhy: '有新情况' } };
    const anew = answered(
      'sendMessage',
      await post(url, `/api/work-orders/${no}/messages`, message),
    ) as WorkOrderView;
    const after = await completeOnly(url, anew, { wayOut: 'dispatch' });
    expect(after.tasks.flatMap(({ deeds }) => deeds)).to.deep.equal(['dispatch.decided']);
    const { items } = answered('readDuties', await send(url, `/api/work-orders/${no}/duties`)) as {
      items: { norm: string }[];
    };
    expect(items.map(({ norm }) => norm)).to.deep.equal(['B19', 'B21']);
  });
});
