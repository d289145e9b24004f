/** The real program updates the duties automatically, without a call of its follower. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { after, before } from 'mocha';
import type { z } from 'zod';
import { defaultCalendar } from '../../src/calendar/index.js';
import { civilDateOf } from '../../src/kernel/civil-date.js';
import type { regulationOperations } from '../../src/http/contract/regulation.js';
import { systemClock } from '../../src/kernel/index.js';
import {
  answered,
  completeOnly,
  dispatched,
  fill,
  post,
  send,
  useServer,
  type WorkOrderView,
} from '../http/serving.js';
import { builtProgram } from '../support/built.js';
import { newcomer, type SignedIn } from '../support/people.js';

type Duties = z.input<(typeof regulationOperations)['listDuties']['answers'][200]['schema']>;

describe('法定义务由运行中的程序自己记下', () => {
  // The fifth working day has passed, and a working day has begun since, so that supervision is ordered; its limit has
  // not passed.
  const calendar = defaultCalendar();
  const today = civilDateOf(systemClock.now());
  const last = calendar.addWorkingDays(today, calendar.isWorkingDay(today) ? -1 : -2);
  const served = useServer({ at: `${calendar.addWorkingDays(last, -5)}T10:00:00+08:00` });
  let folder = '';
  let program: ChildProcess | undefined;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-duties-followed-'));
    await mkdir(join(folder, 'keys'), { mode: 0o700 });
    const keep = (file: string, text: string) =>
      writeFile(join(folder, 'keys', file), `${text}\n`, { mode: 0o600 });
    await keep('trail.key', `test.example/trail ${Buffer.alloc(32, 7).toString('base64')}`);
    await keep('vault.key', JSON.stringify(served().system.ring));
  });
  after(async () => {
    program?.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  async function started(): Promise<string> {
    const parameters = [builtProgram(), 'serve', '--port', '0'];
    const DATABASE_URL = served().system.database.url;
    program = spawn(process.execPath, parameters, {
      env: { ...process.env, DATABASE_URL, HOTLINE_DATA: folder, HOTLINE_LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (program.stdout === null) return expect.fail('nothing to read');
    for await (const line of createInterface(program.stdout)) {
      const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(line) ?? [];
      if (url !== undefined) return url;
    }
    return expect.fail('the program has ended before it served');
  }

  /** All that the trail says of the sheet by now has been followed. */
  async function followed(no: string): Promise<void> {
    const asked = `
      SELECT NOT EXISTS (SELECT FROM hotline.trail_entry e
                           LEFT JOIN hotline.trail_leaf l ON l.stream = e.stream AND l.seq = e.seq
                          WHERE e.stream = $1 AND (l.index IS NULL OR l.index >= (SELECT place FROM hotline.duty_cursor)))
        AND NOT EXISTS (SELECT FROM hotline.deadline d JOIN hotline.process_case c ON c.id = d.case_id
                         WHERE c.business_key = $1 AND d.due_at < $2) AS followed`;
    const { pool } = served().system.database;
    for (;;) {
      const { rows } = await pool.query<{ followed: boolean }>(asked, [no, systemClock.now()]);
      if (rows[0]?.followed) return;
      if (program?.exitCode !== null) expect.fail(`the program has ended while ${no} was waited for`);
    }
  }

  it('第二十四条、第二十八条：期限过了是暂时违反；经接口办理、回复、反馈以后，已补救', async function () {
    this.timeout(120_000);
    const { system } = served();
    const order = await dispatched(served().url);
    const { no } = (await completeOnly(served().url, order, { receipt: 'accept' }, '经办人')).sheet;
    system.clock.moveTo(systemClock.now());
    const supervisor = await newcomer(system, { login: 'duban', name: '督办', roles: ['supervisor'] });
    const handler = await newcomer(system, {
      login: 'jingban',
      name: '经办',
      unit: '某水务局',
      kind: 'department',
      roles: ['handler'],
    });
    const url = await started();
    const replyDuty = async (query: string) => {
      await followed(no);
      const reply = await send(url, `/api/duties${query}`, { as: supervisor });
      const { items } = answered('listDuties', reply) as Duties;
      return items.find((item) => item.no === no && item.norm === 'J27');
    };
    const act = async (element: string, given: { readonly [key: string]: unknown }, as: SignedIn) => {
      const path = `/api/work-orders/${no}`;
      const { tasks } = answered('readWorkOrder', await send(url, path, { as })) as WorkOrderView;
      const task = tasks.find((one) => one.element === element);
      if (!task) return expect.fail(`${element} is not open`);
      const body = { answers: fill(task, given) };
      answered(
        'completeTask',
        await post(url, `/api/tasks/${encodeURIComponent(task.id)}/completion`, body, {}, as),
      );
    };

    expect(await replyDuty('')).to.include({ state: 'temporarily-violated', compensatedBy: null });
    expect(await replyDuty('?state=compensated')).to.equal(undefined);
    await act('Task_Handle', { branch: 'within-limit' }, handler);
    await act('Task_ReplyCaller', { replyChannel: 'phone' }, handler);
    await act('Task_Feedback', {}, handler);
    expect(await replyDuty('?state=compensated')).to.include({ state: 'compensated', compensatedBy: 'J39' });
    expect(await replyDuty('')).to.equal(undefined);
    if (!program) return expect.fail('nothing runs');
    const exited = once(program, 'exit');
    program.kill('SIGTERM');
    expect(await exited).to.deep.equal([0, null]);
  });
});
