/** Further contents of a bundle: the self-contained verifier, and the text of the regulation. */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { before } from 'mocha';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import { sm2Signer } from '../../src/accountability/log/sm2-signer.js';
import { recordShippedRegulation } from '../../src/law/regulation/index.js';
import { unzip, zip } from '../../verifier/verify.mjs';
import { exportedBundle } from '../support/exported-bundle.js';
import { useSystem } from '../support/system.js';
import { asSuperuser, attacksIn } from '../support/tamper.js';
import { note } from '../support/note.js';

const signer = {
  ...ed25519Signer('test.example/trail', Buffer.alloc(32, 7)),
  second: sm2Signer('test.example/trail/sm', Buffer.alloc(32, 9)),
};

describe('审计包里带着的：核验程序、条例目录、政策数据（第二十二条）', () => {
  const system = useSystem();
  const exported = () =>
    exportedBundle(system(), signer, { no: '甲', requester: '审计员甲', purpose: '年度审计' });
  const catalogues = (bytes: Buffer): string[] =>
    [...unzip(bytes).keys()].filter((name) => /^regulation\/catalogue-.+\.json$/.test(name));

  before(async () => {
    await recordShippedRegulation(system());
    await system().database.transaction((transaction) =>
      system().trail.append(transaction, [note('甲', system().clock.now(), '一')]),
    );
  });

  it('解开到空文件夹，用里面的核验程序核验，不用别的任何东西', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hotline-taken-'));
    try {
      const bytes = await exported();
      expect(unzip(bytes).get('README.txt')?.toString())
        .to.include('要求导出的人：审计员甲')
        .and.include('用途：年度审计')
        .and.include('谁作证  除了系统自己的签名');
      for (const [name, content] of unzip(bytes)) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), content);
      }
      const run = (content: Buffer) => {
        const file = join(folder, 'bundle.zip');
        return writeFile(file, content).then(() =>
          spawnSync(process.execPath, [join('verifier', 'verify.mjs'), 'bundle.zip'], {
            cwd: folder,
            encoding: 'utf8',
            // No program of this machine can help it.
            env: { PATH: '' },
          }),
        );
      };
      const good = await run(bytes);
      expect(good, good.stderr).to.include({ status: 0, stderr: '' });
      expect(good.stdout).to.include('结论：成立').and.include('国密：SM2 签名');
      const files = unzip(bytes);
      files.set('entries.jsonl', Buffer.from(String(files.get('entries.jsonl')).replace('"一"', '"壹"')));
      const bad = await run(zip(files));
      expect(bad).to.include({ status: 1 });
      expect(bad.stdout).to.include('【改动了条目的内容】');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('包里有记下的每一版条例目录和政策数据，哈希与条目所记的相符', async () => {
    const bytes = await exported();
    expect(catalogues(bytes)).to.have.length(1);
    expect([...unzip(bytes).keys()]).to.include('regulation/policies.json');
    expect(attacksIn(bytes)).to.deep.equal([]);
  });

  it('包里的条例、政策被改一个字，或者多塞一份：点名换规', async () => {
    const bytes = await exported();
    for (const name of [...catalogues(bytes), 'regulation/policies.json']) {
      const files = unzip(bytes);
      files.set(name, Buffer.concat([files.get(name) ?? Buffer.alloc(0), Buffer.from(' ')]));
      expect(attacksIn(zip(files)), name).to.deep.equal(['regulation-changed']);
    }
    const more = new Map([...unzip(bytes), ['regulation/catalogue-x.json', Buffer.from('{}')]]);
    expect(attacksIn(zip(more))).to.deep.equal(['regulation-changed']);
  });

  it('库里记下的条例被人改了，导出的包点名换规', async () => {
    await asSuperuser(
      system().database.url,
      ['ALTER TABLE regulation_version DISABLE TRIGGER ALL'],
      ["UPDATE regulation_version SET content = content || ' '::bytea"],
    );
    expect(attacksIn(await exported())).to.deep.equal(['regulation-changed']);
  });
});
