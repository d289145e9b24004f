/** A second machine on the same database, with other keys or none, does not start, and leaves nothing behind. */
import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import pg from 'pg';
import type { KeyRing } from '../../src/identity/index.js';
import { hotlineWith } from '../cli/hotline.js';
import { emptyDatabase, useDatabase } from '../support/database.js';
import { launchServe, startServing, type ServingProgram } from '../support/serve-program.js';

describe('第二台机器的密钥', () => {
  const database = useDatabase();
  let folder = '';
  let first: ServingProgram;
  const dataOf = (machine: string): string => join(folder, machine);
  const environment = (machine: string, url = database().url) => ({
    ...process.env,
    DATABASE_URL: url,
    HOTLINE_DATA: dataOf(machine),
    HOTLINE_LOG_LEVEL: 'warn',
  });
  const keysOf = (machine: string) => readdir(join(dataOf(machine), 'keys')).catch(() => []);
  /** @returns why it does not start */
  const refusalOf = async (machine: string): Promise<string> => {
    const program = launchServe(environment(machine));
    const outcome = await program.prints(/已启动/).then(
      () => 'it serves',
      () => program.ended,
    );
    if (outcome === 'it serves') await program.stop();
    expect(outcome, program.output()).to.equal(1);
    return program.output();
  };
  const copy = (name: string, from: string, to: string) =>
    cp(join(dataOf(from), 'keys', name), join(dataOf(to), 'keys', name), { recursive: true });
  const noted = async (): Promise<unknown[]> =>
    (await database().pool.query<object>('SELECT * FROM hotline.vault_key')).rows;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-other-keys-'));
    first = await startServing(environment('first'));
    // Keys of another system.
    const other = await startServing(environment('other', await emptyDatabase()));
    await other.stop();
  });
  after(async () => {
    await first.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('没有密钥：不启动，说明从哪里取来，不另造一把', async () => {
    const said = await refusalOf('bare');
    expect(said)
      .to.include(join(dataOf('bare'), 'keys', 'vault.key'))
      .and.include('从第一台机器的 keys 目录');
    expect(await keysOf('bare')).to.deep.equal([]);
  });

  it('资料库的密钥是另一把：不启动，数据库记的不变', async () => {
    const before = await noted();
    expect(before).to.have.length(2);
    expect(await refusalOf('other')).to.include('与数据库所用的不是同一把');
    expect(await noted()).to.deep.equal(before);
  });

  it('轨迹的签名密钥没有、是另一把：不启动', async () => {
    await copy('vault.key', 'first', 'half');
    expect(await refusalOf('half')).to.include('轨迹已经签过名');
    expect(await keysOf('half')).to.deep.equal(['vault.key']);
    await copy('trail.key', 'other', 'half');
    expect(await refusalOf('half')).to.include('轨迹此前由');
  });

  it('签名密钥丢了：--unsigned 不签名也启动，不另造一把', async () => {
    await copy('vault.key', 'first', 'lost');
    const program = await startServing(environment('lost'), '--unsigned');
    expect((await fetch(`${program.url}/readyz`)).status).to.equal(200);
    await program.prints(/轨迹已经签过名/);
    expect(await keysOf('lost')).to.deep.equal(['vault.key']);
    await program.stop();
  });

  it('资料库的密钥丢了：库主去掉核对值，程序另造一把', async () => {
    const url = await emptyDatabase();
    const run = () => hotlineWith({ HOTLINE_DATA: dataOf('burnt') }, url, 'retention', 'show');
    expect((await run()).code).to.equal(0);
    await rm(join(dataOf('burnt'), 'keys', 'vault.key'));
    expect((await run()).code).to.equal(1);
    const owner = new pg.Client({ connectionString: url });
    await owner.connect();
    await owner.query('DELETE FROM hotline.vault_key');
    await owner.end();
    expect((await run()).code).to.equal(0);
  });

  it('密钥相同：启动；先前的一直在服务', async () => {
    await copy('', 'first', 'second');
    const second = await startServing(environment('second'));
    expect((await fetch(`${second.url}/readyz`)).status).to.equal(200);
    expect(await second.stop()).to.equal(0);
    expect((await fetch(`${first.url}/readyz`)).status).to.equal(200);
  });

  it('两台机器各带各的，同时在空的数据库上启动：只有一台启动，另一台不留下密钥', async () => {
    const url = await emptyDatabase();
    const programs = ['east', 'west'].map((machine) => ({
      machine,
      program: launchServe(environment(machine, url)),
    }));
    const outcomes = await Promise.all(
      programs.map(({ program }) =>
        program.prints(/已启动/).then(
          () => 'serves',
          () => 'ended',
        ),
      ),
    );
    expect([...outcomes].sort(), programs.map(({ program }) => program.output()).join('\n')).to.deep.equal([
      'ended',
      'serves',
    ]);
    const loser = programs[outcomes.indexOf('ended')] ?? expect.fail();
    expect(await keysOf(loser.machine)).to.deep.equal([]);
    await Promise.all(programs.map(({ program }) => program.stop()));
  });

  it('换密钥：旧的在换完以前撤不得，hotline vault rotate 之后可以撤去', async () => {
    const url = await emptyDatabase();
    const file = join(dataOf('turn'), 'keys', 'vault.key');
    const run = (...words: string[]) => hotlineWith({ HOTLINE_DATA: dataOf('turn') }, url, ...words);
    const newKey = () => randomBytes(32).toString('base64');
    expect((await run('retention', 'show')).code).to.equal(0);
    const { keys, ...names } = JSON.parse(await readFile(file, 'utf8')) as KeyRing;
    const put = (current: string, more: KeyRing['keys']) =>
      writeFile(file, JSON.stringify({ ...names, current, keys: { ...keys, ...more } }));
    const [k2, k3] = [newKey(), newKey()];
    await put('k2', { k2 });
    expect((await run('retention', 'show')).code).to.equal(0);
    await put('k3', { k3 });
    expect((await run('retention', 'show')).error).to.include('没有名为“k2”的密钥');
    await put('k3', { k2, k3 });
    expect((await run('vault', 'rotate')).code).to.equal(0);
    await put('k3', { k3 });
    expect((await run('retention', 'show')).code).to.equal(0);
  });
});
