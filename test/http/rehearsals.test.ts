import { expect } from 'chai';
import { shippedSources } from '../support/case-runner.js';
import { answered, post, problemIn, send, useServer } from './serving.js';

interface Rehearsed {
  readonly now: string;
  readonly ended: boolean;
  readonly level: string | null;
  readonly waiting: readonly { element: string; name: string }[];
  readonly tasks: readonly { element: string; form: readonly { key: string }[] }[];
  readonly deadlines: readonly { element: string; due: string; derivation: object }[];
  readonly entries: readonly { title: string; levels: readonly string[] }[];
  readonly refused: { act: number; code: string; message: string } | null;
}

describe('http rehearsals:用草案推演,什么也不留下', () => {
  const served = useServer();
  const rehearse = async (body: object): Promise<Rehearsed> =>
    answered('rehearse', await post(served().url, '/api/rehearsals', body)) as Rehearsed;

  const draft = (length: string): string => {
    const handling = shippedSources()[1] ?? '';
    const changed = handling.replace(
      /(<bpmn:boundaryEvent id="Timer_ReplyLimit"[\s\S]*?<bpmn:timeDuration[^>]*>)P5D/,
      `$1${length}`,
    );
    expect(changed).not.to.equal(handling);
    return changed;
  };
  const begin = {
    message: 'dispatch',
    at: '2026-10-12T09:00:00+08:00',
    facts: { channel: 'phone', kind: 'complaint', wishesReply: true, confidential: false, unit: '市水务局' },
  };

  it('第二十四条:草案改为 4 个工作日,期限早一个工作日,逐日说明', async () => {
    const due = async (diagrams: string[]) => {
      const { deadlines } = await rehearse({ diagrams, begin, acts: [] });
      return deadlines.find(({ element }) => element === 'Timer_ReplyLimit');
    };
    expect((await due([]))?.due).to.equal('2026-10-20T00:00:00+08:00');
    const shorter = await due([draft('P4D')]);
    expect(shorter?.due).to.equal('2026-10-17T00:00:00+08:00');
    expect(shorter?.derivation).to.have.property('dueDate', '2026-10-16');
  });

  it('逐步办理、拨动时钟:待办、令牌、升级都看得见,条目用中文', async () => {
    const acts = [
      { complete: 'Task_Receive', with: { receipt: 'accept' } },
      { clock: '2026-10-20T00:00:00+08:00' },
    ];
    const after = await rehearse({ diagrams: [], begin, acts });
    expect(after.refused).to.equal(null);
    expect(after.now).to.equal('2026-10-20T00:00:00+08:00');
    expect(after.tasks.map(({ element }) => element)).to.include('Task_Handle');
    expect(after.waiting.map(({ element }) => element)).to.include('Task_Handle');
    expect(after.entries.flatMap(({ levels }) => levels)).to.include.members(['reminder', 'yellow', 'red']);
    expect(after.entries.map(({ title }) => title).join()).not.to.match(/[A-Za-z]{3,}/);
  });

  it('办不成的一步说是第几步、为什么,其后的不走', async () => {
    const { refused, tasks } = await rehearse({
      diagrams: [],
      begin,
      acts: [{ complete: 'Task_Receive', with: { receipt: '也许' } }, { complete: 'Task_Handle' }],
    });
    expect(refused).to.include({ act: 0, code: 'input.invalid' });
    expect(tasks.map(({ element }) => element)).to.include('Task_Receive');
    const back = await rehearse({ diagrams: [], begin, acts: [{ clock: '2020-01-01T00:00:00+08:00' }] });
    expect(back.refused?.message).to.equal('时间不能往回走');
  });

  it('不能执行的草案拒绝,说哪里不行;库里没有多出工单', async () => {
    const count = async () =>
      (
        await served().system.database.transaction((transaction) =>
          transaction.query('SELECT id FROM hotline.process_case'),
        )
      ).length;
    const before = await count();
    await rehearse({ diagrams: [], begin, acts: [] });
    expect(await count()).to.equal(before);
    const unknown = draft('P4D').replace(/duty:handler="[^"]+"/, 'duty:handler="nobody"');
    const refused = await post(served().url, '/api/rehearsals', { diagrams: [unknown], begin, acts: [] });
    expect(problemIn(refused)).to.include({ status: 422, code: 'definition.unsupported' });
  });

  it('随附的情景可以逐步照走,走到底都不被拒绝', async () => {
    const { items } = answered('listScenarios', await send(served().url, '/api/scenarios')) as {
      items: { name: string; begin: object; steps: { text: string; act: object | null }[] }[];
    };
    const told = items.find(({ name }) => name === 'art24-in-time');
    const acts = told?.steps.flatMap(({ act }) => act ?? []) ?? [];
    expect(acts.length).to.be.greaterThan(4);
    const { refused, ended } = await rehearse({ diagrams: [], begin: told?.begin, acts });
    expect({ refused, ended }).to.deep.equal({ refused: null, ended: true });
  });
});
