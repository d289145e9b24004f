import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { loadCalendarNotice, readNoticeFile } from '../../src/cases/index.js';
import { deploy } from '../../src/engine/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { builtProgram } from '../support/built.js';
import { limitedProcess } from '../support/limited-process.js';
import { document2027, notice2027 } from '../support/notice-2027.js';
import { handlersOf, useSystem } from '../support/system.js';
import { plainTrails } from '../support/entries.js';

interface Change {
  readonly applied: boolean;
  readonly days: readonly { date: string }[];
  readonly deadlines: readonly { workOrder: string; element: string; from: string; to: string }[];
  readonly revoked: readonly unknown[];
  readonly counts: { cases: number; moved: number; settled: number; revoked: number };
}

describe('hotline calendar load', () => {
  const system = useSystem({
    at: '2026-12-28T10:00:00+08:00',
    shipped: false,
    handlers: handlersOf({ card: () => ({ variables: {} }) }),
  });
  let directory = '';
  let file = '';

  const load = (name: string, ...more: string[]) => hotline('calendar', 'load', name, ...more);
  const hotline = async (...words: string[]) => {
    const child = spawn(process.execPath, [builtProgram(), ...words], {
      cwd: packageRoot,
      env: { ...process.env, DATABASE_URL: system().database.url, HOTLINE_DATA: join(directory, 'data') },
    });
    const closed = once(child, 'close') as Promise<[number]>;
    const [out, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: (await closed)[0], out, error };
  };
  const loadJson = async (...more: string[]) => {
    const { code, out, error } = await load(file, '--document', document2027, '--json', ...more);
    expect({ code, error }).to.deep.equal({ code: 0, error: '' });
    return JSON.parse(out) as Change;
  };
  const trail = async (stream: string) =>
    (
      await system().database.transaction((transaction) => plainTrails(system().trail, transaction, [stream]))
    ).get(stream) ?? [];

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'hotline-notice-'));
    file = join(directory, '2027.json');
    await writeFile(file, JSON.stringify(notice2027));
    await deploy({ ...system(), journal: system().trail }, limitedProcess);
    const at = system().clock.now();
    await system().executor.execute([
      { kind: 'start', businessKey: 'L1', process: 'limited', realm: 'live', at },
      { kind: 'start', businessKey: 'R1', process: 'limited', realm: 'replay', at },
    ]);
    // By the provisional calendar the yellow card comes three days too early.
    system().clock.moveTo(new Date('2027-01-05T00:00:00+08:00'));
    expect(await system().executor.fireDue(10)).to.equal(1);
  });
  after(() => rm(directory, { recursive: true, force: true }));

  it('refuses a bad file with a sentence; nothing has changed then', async () => {
    const [notice] = notice2027.notices;
    const changed = (more: object) => JSON.stringify({ notices: [{ ...notice, ...more }] });
    const day = (date: string) => ({ date, off: true, name: '元旦' });
    for (const [content, sentence] of [
      ['不是 JSON', '不是 JSON 文件'],
      [Buffer.from([0xff, 0xfe]), '不是 UTF-8'],
      [changed({ days: [day('2027-02-30')] }), '日期不存在'],
      [changed({ days: [day('2027-01-01'), day('2027-01-01')] }), '出现两次'],
      [changed({ days: [day('2029-01-01')] }), '却写了 2029-01-01'],
      [changed({ document: '别的文号' }), '给出的文号却是'],
      [changed({ year: 2026, days: [day('2026-01-01')] }), '已有年度安排'],
      [JSON.stringify({ notices: [notice, { ...notice, kind: 'amendment' }] }), '不是恰好一份通知'],
    ] as const) {
      const refusal = await (async () =>
        loadCalendarNotice(
          system(),
          readNoticeFile(Buffer.from(content), '安排.json', document2027),
          '测试员',
        ))().then(
        () => '',
        (error: unknown) => (error as Error).message,
      );
      expect(refusal).to.contain(sentence);
    }
    const missing = await load(join(directory, 'missing.json'), '--document', document2027);
    expect(missing).to.include({ code: 1, out: '' });
    expect(missing.error).to.contain('读不了文件').and.not.contain('    at ');
    expect(await trail('calendar')).to.deep.equal([]);
  });

  it('without --apply it says what would change and changes nothing', async () => {
    const change = await loadJson();
    expect(change.applied).to.equal(false);
    expect(change.deadlines).to.deep.equal([
      {
        workOrder: 'L1',
        element: 'limit',
        from: '2027-01-06T00:00:00+08:00',
        to: '2027-01-08T00:00:00+08:00',
        provisional: false,
      },
    ]);
    expect(change.revoked).to.deep.equal([
      {
        workOrder: 'L1',
        element: 'warn',
        levels: ['yellow'],
        entry: 2,
        at: '2027-01-05T00:00:00+08:00',
        due: '2027-01-07T00:00:00+08:00',
      },
    ]);
    expect(change.counts).to.deep.equal({ cases: 1, moved: 1, settled: 0, revoked: 1 });
    expect(change.days.map(({ date }) => date)).to.include.members(['2026-12-30', '2026-12-31']);
    expect(await trail('L1')).to.have.length(2);
    expect(await trail('calendar')).to.deep.equal([]);
  });

  it('with --apply the limit moves, the card is revoked by an entry, and a second time nothing changes', async () => {
    const first = await loadJson('--apply');
    expect(first.counts).to.deep.equal({ cases: 1, moved: 1, settled: 0, revoked: 1 });
    const again = await loadJson('--apply');
    expect([again.days, again.counts]).to.deep.equal([[], first.counts]);
    const entries = await trail('L1');
    expect(entries.map(({ type }) => type)).to.deep.equal([
      'instance.started',
      'timer.fired',
      'deadline.recomputed',
      'escalation.revoked',
      'deadline.rearmed',
    ]);
    expect(entries.at(3)?.body).to.include({ revokes: 2, of: 'warn', document: document2027 });
    expect((await trail('calendar')).map(({ type }) => type)).to.deep.equal([
      'calendar.loaded',
      'calendar.recomputed',
    ]);
    expect(await trail('R1')).to.have.length(1);
    const verdict = await system().database.transaction((transaction) =>
      system().trail.verify(transaction, 'L1'),
    );
    expect(verdict).to.include({ holds: true });
  });

  it('due and day go by what is loaded only where they are asked to', async () => {
    const run = async (...words: string[]) =>
      JSON.parse((await hotline('calendar', ...words, '--json')).out) as object;
    expect(await run('day', '2026-12-30')).to.include({ working: true, provisional: true });
    expect(await run('day', '2026-12-30', '--loaded')).to.include({ working: false, provisional: false });
    const due = ['due', '2026-12-28T10:00:00+08:00', '5'];
    expect(await run(...due)).to.include({ due: '2027-01-06T00:00:00+08:00', provisional: true });
    expect(await run(...due, '--loaded')).to.include({
      due: '2027-01-08T00:00:00+08:00',
      provisional: false,
    });
  });

  it('this program, which has the case in mind as it was, gives the card again at its right instant, once', async () => {
    system().clock.moveTo(new Date('2027-01-06T23:59:59+08:00'));
    expect(await system().executor.fireDue(10)).to.equal(0);
    system().clock.moveTo(new Date('2027-01-08T00:00:00+08:00'));
    expect(await system().executor.fireDue(10)).to.equal(1);
    const fired = (await trail('L1')).slice(5);
    expect(fired.map(({ type, body, at }) => [type, body.of, at.toISOString()])).to.deep.equal([
      ['timer.fired', 'warn', '2027-01-06T16:00:00.000Z'],
      ['timer.fired', 'limit', '2027-01-07T16:00:00.000Z'],
    ]);
  });
});
