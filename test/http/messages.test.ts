import { expect } from 'chai';
import { accept, answered, dispatched, post, problemIn, useServer, type WorkOrderView } from './serving.js';

describe('http messages to a work order', () => {
  const served = useServer({ at: '2026-03-02T10:00:00+08:00' });

  it('第十六条:来电人要求作出说明,承办单位即多一项待办,轨迹记明由谁提出', async () => {
    const { url } = served();
    const order = await dispatched(url);
    const reply = await post(url, `/api/work-orders/${order.sheet.no}/messages`, {
      message: 'explanation-requested',
    });
    expect(reply.status).to.equal(200);
    const after = answered('sendMessage', reply) as WorkOrderView;
    expect(after.tasks.map((task) => task.element)).to.include('Task_GiveExplanation');
    expect(after.trail.at(-1)).to.include({ type: 'message.received' });
    expect(JSON.parse(after.trail.at(-1)?.body ?? '')).to.include({
      of: 'explanation-requested',
      actor: '受理员甲(p1)',
    });
  });

  it('refuses a message that nobody waits for, and one to a work order that is not there', async () => {
    const { url } = served();
    const order = await accept(url);
    const early = await post(url, `/api/work-orders/${order.sheet.no}/messages`, {
      message: 'explanation-requested',
    });
    expect(problemIn(early)).to.include({ code: 'stimulus.not-waiting' });
    const gossip = await post(url, `/api/work-orders/${order.sheet.no}/messages`, { message: 'gossip' });
    expect(problemIn(gossip)).to.include({ code: 'access.denied' });
    const nowhere = await post(url, '/api/work-orders/20260302-999999/messages', {
      message: 'explanation-requested',
    });
    expect(problemIn(nowhere)).to.include({ code: 'case.not-found' });
  });
});
