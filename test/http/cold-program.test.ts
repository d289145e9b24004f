/** A freshly started program serves the first request, even of a person who sees only their own unit's sheets. */
import { expect } from 'chai';
import { secondProgram } from '../support/second-program.js';
import { answered, dispatched, fill, post, send, useServer } from './serving.js';

describe('刚启动的程序', () => {
  const served = useServer();

  it('第一个来的是承办单位：看工单、看接着要办的、办理，都不出错', async () => {
    const { system, url, people } = served();
    const order = await dispatched(url);
    const officer = await people.doing('unit', '某水务局经办人', '某水务局');
    const [task] = order.tasks;
    const at = `/api/tasks/${encodeURIComponent(task?.id ?? '')}`;
    const answers = task ? fill(task) : {};
    const asked = [
      ['readWorkOrder', (one: string) => send(one, `/api/work-orders/${order.sheet.no}`, { as: officer })],
      ['lookAhead', (one: string) => post(one, `${at}/ahead`, {}, {}, officer)],
      ['completeTask', (one: string) => post(one, `${at}/completion`, { answers }, {}, officer)],
    ] as const;
    for (const [id, ask] of asked) {
      const cold = await secondProgram(system);
      try {
        answered(id, await ask(cold.url));
        expect(cold.reported, id).to.deep.equal([]);
      } finally {
        await cold.stop();
      }
    }
  });
});
