/** The program that repeats a leading sheet's acts on 200 members is killed: nothing is lost, nothing happens twice. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { expect } from 'chai';
import {
  accept,
  completeTaskIn,
  doWithMembers,
  mergeSheets,
  mergingOf,
  taskId,
} from '../../src/cases/index.js';
import { loadCasesByKey } from '../../src/engine/index.js';
import { createJobRunner } from '../../src/platform/jobs/index.js';
import type { JsonObject } from '../../src/kernel/index.js';
import { builtTestProgram } from '../support/built-program.js';
import { useSystem } from '../support/system.js';

const members = 200;
const numbers = Array.from(
  { length: members + 1 },
  (_, index) => `20260302-${String(index + 1).padStart(6, '0')}`,
);
const [lead = '', ...rest] = numbers;
const unit = '某水务局';
const actor = '经办人甲（jia）';
const performer = { actor, does: () => true };

describe('kill -9 while a leading sheet is carried to its members', () => {
  const system = useSystem({ at: '2026-03-02T10:00:00+08:00' });
  const states = async () => {
    const { carried } = await mergingOf(system().database, lead);
    return carried.map(({ state }) => state);
  };
  const settled = async () => (await states()).filter((state) => state !== 'waiting').length;
  const act = async (answers: JsonObject): Promise<number> => {
    const began = performance.now();
    const files = await system().database.transaction((transaction) => loadCasesByKey(transaction, [lead]));
    const file = files.get(lead) ?? expect.fail('no case');
    const [task] = [...file.tasks.values()];
    const id = taskId(file.id, task ?? expect.fail('nothing is open'));
    await doWithMembers(system(), id, performer, { told: null }, (transaction) =>
      completeTaskIn(system(), transaction, id, answers, performer),
    );
    return performance.now() - began;
  };

  let folder = '';
  before(async function () {
    this.timeout(600_000);
    folder = await mkdtemp(join(tmpdir(), 'hotline-carrying-'));
    await writeFile(join(folder, 'vault.key'), JSON.stringify(system().ring), { mode: 0o600 });
    await system().identity.people.addUnit({ name: unit, kind: 'department' }, '测试');
    for (const no of numbers) {
      const accepted = await system().database.transaction((transaction) =>
        accept(
          system(),
          transaction,
          {
            ...{ title: '停水', content: '停水', kind: 'help', channel: 'phone', replyWanted: true },
            ...{ confidential: false, language: 'zh', messagesWanted: false },
          },
          {
            actor,
            atOnce: {
              answers: { conduct: 'orderly', wayOut: 'dispatch', unit, dispatchBasis: 'duty' },
              performer,
            },
          },
        ),
      );
      expect(accepted.no).to.equal(no);
    }
    await mergeSheets(system(), { lead, members: rest, reason: '同一处停水', actor: '受理员甲（p1）' });
  });

  after(() => rm(folder, { recursive: true, force: true }));

  it('别的程序接着办完：两次都带到，先签收、后办理，每张成员各恰好一次；主单上的一次办结不等成员', async function () {
    this.timeout(600_000);
    const took = [
      await act({ receipt: 'accept' }),
      await act({ branch: 'within-limit', handlingResult: '修好了' }),
    ];
    expect(await settled()).to.equal(0);
    expect(Math.max(...took), 'milliseconds of the leading sheet').to.be.below(30_000);
    const child = fork(await builtTestProgram('recompute-program.ts'), [system().database.url], {
      execArgv: [],
      env: { ...process.env, HOTLINE_VAULT_KEY_FILE: join(folder, 'vault.key') },
    });
    const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
    while (child.exitCode === null && (await settled()) === 0);
    child.kill('SIGKILL');
    expect((await ended)[1]).to.equal('SIGKILL');
    expect(await settled(), 'by the killed program').to.be.within(1, 2 * members - 1);

    const stopping = new AbortController();
    const running = createJobRunner({
      ...system(),
      onError: (error) => expect.fail(String(error)),
    }).run(stopping.signal);
    try {
      while ((await settled()) < 2 * members);
    } finally {
      stopping.abort();
      await running;
    }
    expect(new Set(await states())).to.deep.equal(new Set(['done']));
    const { rows } = await system().database.pool.query<{ type: string; streams: number; n: number }>(
      `SELECT type, count(*)::int AS streams, max(n)::int AS n FROM (
         SELECT stream, type, count(*) AS n FROM hotline.trail_entry
          WHERE stream = ANY ($1) AND convert_from(body, 'UTF8')::jsonb ->> 'actor' = $2
            AND (type = 'sheet.carried' OR convert_from(body, 'UTF8')::jsonb ->> 'of' IN ('Task_Receive', 'Task_Handle'))
          GROUP BY 1, 2) told
        GROUP BY type ORDER BY type`,
      [rest, actor],
    );
    expect(rows).to.deep.equal([
      { type: 'sheet.carried', streams: members, n: 2 },
      { type: 'task.completed', streams: members, n: 2 },
    ]);
  });
});
