/** The whole trail in a folder, with the second tree: the original is valid, and changes to the folder are named. */
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before } from 'mocha';
import { rotate, writeManifest } from '../../src/accountability/index.js';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import { sm2Signer } from '../../src/accountability/log/sm2-signer.js';
import { exportLog } from '../../src/cases/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { refusalFrom } from '../support/refusal.js';
import { useSystem } from '../support/system.js';
import { plainTrails } from '../support/entries.js';
import { note } from '../support/note.js';

const main = ed25519Signer('test.example/trail', Buffer.alloc(32, 7));
const second = sm2Signer('test.example/trail/sm', Buffer.alloc(32, 9));
const next = ed25519Signer('test.example/trail', Buffer.alloc(32, 11));
const signer = { ...main, second };
const who = {
  requester: '审计员甲',
  exporter: { program: 'hotline test', systemUser: 'shenji' },
  purpose: '年度审计',
};

describe('全库的轨迹写到文件夹（第二十二条）', () => {
  const system = useSystem();
  let folder = '';
  let copies = 0;
  const write = (text: string) =>
    system().database.transaction((transaction) =>
      system().trail.append(transaction, [note('甲', system().clock.now(), text)]),
    );
  const verified = (...parameters: string[]) => {
    const program = join(packageRoot, 'verifier', 'verify.mjs');
    const { status, stdout } = spawnSync(process.execPath, [program, ...parameters, '--json'], {
      encoding: 'utf8',
    });
    const { facts, findings, verdict } = JSON.parse(stdout) as {
      facts: string[];
      findings: { attack: string }[];
      verdict: { sentences: string[] };
    };
    return {
      status,
      facts: [...facts, ...verdict.sentences].join('\n'),
      attacks: findings.map(({ attack }) => attack),
    };
  };
  /** A copy of the log with a change. */
  const changed = async (change: (place: string) => Promise<unknown>): Promise<string[]> => {
    const place = join(folder, `copy-${(copies += 1)}`);
    await cp(join(folder, 'log'), place, { recursive: true });
    await change(place);
    return verified('log', place).attacks;
  };
  const rewritten = (name: string, by: (bytes: Buffer) => Buffer | string) => (place: string) =>
    readFile(join(place, name)).then((bytes) => writeFile(join(place, name), by(bytes)));

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-log-'));
    for (const text of ['一', '二', '三']) await write(text);
    await exportLog({ ...system(), signer }, who, join(folder, 'older'));
    await writeManifest(system());
    await write('四');
    await exportLog({ ...system(), signer }, who, join(folder, 'log'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('两棵树都成立，也用核验人自己的两把公钥核得过；导出记入轨迹', async () => {
    const policy = join(folder, 'own');
    await writeFile(policy, `log ${main.vkey}\nlog ${second.vkey}\nquorum none\n`);
    for (const own of [[], ['--policy', policy]]) {
      const verdict = verified('log', join(folder, 'log'), ...own);
      expect(verdict).to.deep.include({ status: 0, attacks: [] });
      expect(verdict.facts).to.include('国密：SM2 签名、SM3 的树').and.include('全不全：全。');
    }
    const { database, trail } = system();
    const entries = await database.transaction((transaction) => plainTrails(trail, transaction, ['exports']));
    const { exporter, ...asked } = who;
    expect(entries.get('exports')?.at(-1)?.body).to.include({ ...asked, ...exporter, format: 'log' });
    expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).to.deep.equal([]);
  });

  it('旧的文件夹里的检查点与新的比对，前后一致；反过来是回放', () => {
    const [older, newer] = ['older', 'log'].map((name) => join(folder, name, 'checkpoint'));
    expect(verified('compare', older ?? '', newer ?? '').attacks).to.deep.equal([]);
    expect(verified('compare', newer ?? '', older ?? '').attacks).to.deep.equal(['replayed']);
  });

  it('国密的检查点被改、被拿走、被旧的替换，都点得出来', async () => {
    const flipped = (bytes: Buffer): Buffer => {
      const copy = Buffer.from(bytes);
      // Only this Base64 letter gives another signature; any other byte would be damage.
      copy.write(copy.toString('latin1').at(-30) === 'A' ? 'B' : 'A', bytes.length - 30, 'latin1');
      return copy;
    };
    expect(await changed(rewritten('sm/checkpoint', flipped))).to.have.members(['forged']);
    expect(await changed((place) => rm(join(place, 'sm'), { recursive: true }))).to.deep.equal(['unproved']);
    const older = await readFile(join(folder, 'older', 'sm', 'checkpoint'));
    expect(
      await changed(rewritten('sm/checkpoint', () => older)),
      'an earlier one still holds',
    ).to.deep.equal([]);
  });

  it('改一条、删一条、调换、截尾，两棵树都不认', async () => {
    const lines = (change: (all: string[]) => string[]) =>
      rewritten('entries.jsonl', (bytes) =>
        change(bytes.toString('utf8').trimEnd().split('\n'))
          .map((line) => `${line}\n`)
          .join(''),
      );
    const at = (all: string[], text: string): number =>
      all.findIndex((line) => line.includes(`"of":"${text}"`));
    expect(
      await changed(lines((all) => all.map((line) => line.replace('"of":"二"', '"of":"贰"')))),
    ).to.deep.equal(['edited', 'rewritten']);
    expect(await changed(lines((all) => all.filter((_, index) => index !== at(all, '二'))))).to.deep.equal([
      'deleted',
      'log-cut',
    ]);
    expect(
      await changed(
        lines((all) => {
          const [one, other] = [at(all, '一'), at(all, '二')];
          return all.map((line, index) => all[index === one ? other : index === other ? one : index] ?? line);
        }),
      ),
    ).to.include('reordered');
    expect(await changed(lines((all) => all.slice(0, -1)))).to.deep.equal(['log-cut', 'log-cut']);
    expect(await changed(lines((all) => all.filter((line) => !line.includes('"of":"四"'))))).to.deep.equal([
      'case-cut',
      'log-cut',
    ]);
    expect(await changed(rewritten('entries.jsonl', (bytes) => bytes.subarray(0, -3)))).to.deep.equal([
      'damaged',
    ]);
  });

  it('换过密钥的，凭换钥的条目核得过', async () => {
    await rotate(system(), main, next);
    const place = join(folder, 'rotated');
    await exportLog({ ...system(), signer: { ...next, second } }, who, place);
    const policy = join(folder, 'old-key');
    await writeFile(policy, `log ${main.vkey}\nquorum none\n`);
    expect(verified('log', place, '--policy', policy)).to.include({ status: 0 });
  });

  it('文件夹里已有东西的，不写；写不下去的，说明白，不留下半份', async () => {
    const deps = { ...system(), signer: { ...next, second } };
    expect(await refusalFrom(exportLog(deps, who, folder))).to.include({ code: 'file.unreadable' });
    const blocked = join(folder, 'blocked');
    await writeFile(blocked, '');
    expect(await refusalFrom(exportLog(deps, who, join(blocked, 'log')))).to.include({
      code: 'file.unreadable',
    });
    const free = join(folder, 'empty');
    await mkdir(free);
    expect(await exportLog(deps, who, free)).to.be.above(10);
    expect(verified('log', free).attacks).to.deep.equal([]);
  });
});
