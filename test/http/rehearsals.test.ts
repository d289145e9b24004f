import { expect } from 'chai';
import {
  answered as filledIn,
  instantsOf,
  placed,
  settled,
  waited,
  type EditedScenario,
  type Place,
} from '../../src/web/screens/designer/rehearsal/edit-steps.js';
import { shippedSources } from '../support/case-runner.js';
import { answered, post, problemIn, send, useServer } from './serving.js';
import { drawnLimit } from '../support/drawn-limit.js';

interface Rehearsed {
  readonly now: string;
  readonly ended: boolean;
  readonly level: string | null;
  readonly waiting: readonly { element: string; name: string }[];
  readonly tasks: readonly { element: string; form: readonly { key: string }[] }[];
  readonly deadlines: readonly {
    element: string;
    due: string;
    provisional: boolean;
    provisions: readonly { label: string }[];
    derivation: object;
  }[];
  readonly lapsed: readonly { element: string; at: string; provisions: readonly { label: string }[] }[];
  readonly duties: {
    readonly at: string;
    readonly regulation: { version: string } | null;
    readonly items: readonly {
      norm: string;
      state: string;
      due: string | null;
      violatedAt: string | null;
      entries: readonly number[];
      compensatedBy: string | null;
    }[];
  };
  readonly entries: readonly { seq: number; type: string; title: string; levels: readonly string[] }[];
  readonly refused: { act: number; code: string; message: string } | null;
  readonly steps: readonly (Place & { readonly act: number })[];
  readonly expectations: readonly {
    readonly act: number;
    readonly unmet: readonly string[];
    readonly came: Readonly<Record<string, unknown>>;
  }[];
}

describe('http rehearsals：用草案推演，什么也不留下', () => {
  const served = useServer();
  const rehearse = async (body: object): Promise<Rehearsed> =>
    answered('rehearse', await post(served().url, '/api/rehearsals', body)) as Rehearsed;

  const draft = (length: string): string => {
    const handling = shippedSources()[1] ?? '';
    const changed = drawnLimit(handling, length);
    expect(changed).not.to.equal(handling);
    return changed;
  };
  const begin = {
    message: 'dispatch',
    at: '2026-10-12T09:00:00+08:00',
    facts: { channel: 'phone', kind: 'complaint', wishesReply: true, confidential: false, unit: '市水务局' },
  };

  it('核查说期限宽了的，走得出一件工单：何时开始、走到哪里，引擎算出的期限晚于法定的', async () => {
    const diagram = draft('P9D');
    const checked = answered(
      'checkDiagram',
      await post(served().url, '/api/checks', { source: diagram }),
    ) as {
      findings: { rule: string; element: string; message: string; proof?: { path: string[] } }[];
    };
    const found = checked.findings.find(({ element }) => element === 'Timer_ReplyLimit');
    expect(found?.proof?.path).to.include('Start_Dispatched');
    const { rule = '', element = '', message = '' } = found ?? {};
    const asked = { diagram, finding: { rule, element, message } };
    const { run } = answered(
      'findCounterExample',
      await post(served().url, '/api/counter-examples', asked),
    ) as { run: { begin: object; steps: { act: object }[] } };
    const lived = await rehearse({
      diagrams: [diagram],
      begin: run.begin,
      acts: run.steps.map(({ act }) => act),
    });
    expect(lived.refused).to.equal(null);
    expect(lived.deadlines.map((one) => one.element)).to.include('Timer_ReplyLimit');
  });

  it('第二十四条：草案改为 4 个工作日，期限早一个工作日，逐日说明', async () => {
    const due = async (diagrams: string[]) => {
      const { deadlines } = await rehearse({ diagrams, begin, acts: [] });
      return deadlines.find(({ element }) => element === 'Timer_ReplyLimit');
    };
    expect((await due([]))?.due).to.equal('2026-10-20T00:00:00+08:00');
    const shorter = await due([draft('P4D')]);
    expect(shorter?.due).to.equal('2026-10-17T00:00:00+08:00');
    expect(shorter?.derivation).to.have.property('dueDate', '2026-10-16');
  });

  it('逐步办理、拨动时钟：待办、令牌、升级都看得见，条目用中文', async () => {
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

  it('办不成的一步说是第几步、为什么，其后的不走', async () => {
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

  const dutyIn = ({ duties }: Rehearsed, norm: string) => duties.items.find((duty) => duty.norm === norm);

  it('第二十四条：时钟拨过第五个工作日 24:00，期限届满，回复、反馈的义务由待履行变成暂时违反，写明自何时、凭哪一条', async () => {
    const received = [{ complete: 'Task_Receive', with: { receipt: 'accept' } }];
    const clockAt = (clock: string) => rehearse({ diagrams: [], begin, acts: [...received, { clock }] });
    const last = await clockAt('2026-10-19T23:59:00+08:00');
    expect(dutyIn(last, 'J27')).to.include({
      state: 'open',
      due: '2026-10-20T00:00:00+08:00',
      violatedAt: null,
    });
    const running = last.deadlines.find(({ element }) => element === 'Timer_ReplyLimit');
    expect(running?.provisional).to.equal(false);
    expect(running?.provisions.map(({ label }) => label)).to.include('第二十四条第一款');
    expect(last.lapsed.map(({ element }) => element)).to.not.include('Timer_ReplyLimit');

    const over = await clockAt('2026-10-20T00:00:00+08:00');
    expect(over.duties.at).to.equal('2026-10-20T00:00:00+08:00');
    const [reply, lapsed] = [
      dutyIn(over, 'J27'),
      over.lapsed.find(({ element }) => element === 'Timer_ReplyLimit'),
    ];
    expect(reply).to.include({
      state: 'temporarily-violated',
      violatedAt: '2026-10-20T00:00:00+08:00',
    });
    expect(lapsed).to.include({ at: '2026-10-20T00:00:00+08:00' });
    expect(over.deadlines.map(({ element }) => element)).to.not.include('Timer_ReplyLimit');
    const proof = over.entries.find(({ seq }) => seq === reply?.entries.at(-1));
    expect(proof?.type).to.equal('timer.fired');
  });

  it('草案的期限更短的，义务也更早违反；其间没有放假安排的期限是暂定', async () => {
    const acts = [{ clock: '2026-10-17T00:00:00+08:00' }];
    const state = async (diagrams: string[]) =>
      dutyIn(await rehearse({ diagrams, begin, acts }), 'J27')?.state;
    expect([await state([]), await state([draft('P4D')])]).to.deep.equal(['open', 'temporarily-violated']);
    const unplanned = { ...begin, at: '2031-10-13T09:00:00+08:00' };
    const { deadlines } = await rehearse({ diagrams: [], begin: unplanned, acts: [] });
    expect(deadlines.find(({ element }) => element === 'Timer_ReplyLimit')?.provisional).to.equal(true);
  });

  const told = async () =>
    (
      answered('listScenarios', await send(served().url, '/api/scenarios')) as {
        items: { name: string; begin: object; steps: { text: string; act: object }[] }[];
      }
    ).items;

  it('第二十四条、第二十八条：照情景一步步走，每一步看得到义务的状态，直到督办以后已补救', async () => {
    const scenario = (await told()).find(({ name }) => name === 'art24-late');
    const acts = scenario?.steps.map(({ act }) => act) ?? [];
    const states: (string | undefined)[] = [];
    for (let step = 0; step <= acts.length; step += 1) {
      const seen = await rehearse({ diagrams: [], begin: scenario?.begin, acts: acts.slice(0, step) });
      const state = dutyIn(seen, 'J27')?.state;
      if (state !== states.at(-1)) states.push(state);
    }
    expect(states).to.deep.equal(['open', 'temporarily-violated', 'compensated']);
  });

  it('草案使应当发生的没有发生的，逐条说哪里不符，其后的照样走', async () => {
    const scenario = (await told()).find(({ name }) => name === 'art24-late');
    const acts = scenario?.steps.map(({ act }) => act) ?? [];
    const { refused, expectations } = await rehearse({
      diagrams: [draft('P4D')],
      begin: scenario?.begin,
      acts,
    });
    expect(refused).to.equal(null);
    expect(expectations.flatMap(({ unmet }) => unmet).join('\n')).to.match(
      /^升级应为 .*red 2026-03-10 00:00.*，实际是 .*red 2026-03-09 00:00/,
    );
  });

  it('情景的步骤改了再走：各步在哪一项办、它的表单，核对不上的照走出来的改，存下来成立', async () => {
    const scenario = (await told()).find(({ name }) => name === 'art24-late');
    const asTold = { begin: scenario?.begin, steps: scenario?.steps } as unknown as EditedScenario;
    const run = ({ begin: from, steps }: EditedScenario) =>
      rehearse({ diagrams: [], begin: from, acts: steps.map(({ act }) => act) });
    const seen = await run(asTold);
    const { act: at = -1, form = [] } = seen.steps.find(({ name }) => name === '回复来电人') ?? {};
    expect(form.map(({ key }) => key)).to.include('replyChannel');
    const found = placed(asTold, seen.steps);
    const channel = form.find(({ key }) => key === 'replyChannel');
    const other = channel?.options.find(({ value }) => value !== 'phone')?.value ?? '';
    const longer = waited(filledIn(found, at, { replyChannel: other }), 1, 86_400_000);
    const { refused, expectations } = await run(longer);
    expect(refused).to.equal(null);
    expect(expectations.flatMap(({ unmet }) => unmet).join()).to.include('升级应为');
    const mended = expectations.reduce((all, { act, came }) => settled(all, act, came), longer);
    const { begin: from, steps } = mended;
    const body = { diagrams: [], begin: from, acts: steps.map(({ act }) => act), expected: {} };
    const kept = answered('recordScenario', await post(served().url, '/api/scenarios/recorded', body)) as {
      readonly steps: string;
      readonly unmet: readonly string[];
    };
    expect(kept.unmet).to.deep.equal([]);
    const content = JSON.parse(kept.steps) as { readonly steps: readonly object[] };
    expect(content.steps).to.have.length(steps.length);
    expect(instantsOf(mended).at(-1)).to.equal('2026-03-11T08:00:00+08:00');
    expect(kept.steps).to.include(`"way":"${other}"`).and.include('red 2026-03-11T00:00:00+08:00');
  });

  it('不能执行的草案拒绝，说哪里不行；库里没有多出工单', async () => {
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
});
