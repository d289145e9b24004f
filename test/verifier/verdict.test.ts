/** One verdict with three states, the same from the program and from the verifier, which shares no code with it. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { verdictOf, type Looked } from '../../src/accountability/audit/verdict.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { Finding } from '../../verifier/finding.mjs';
import { verdictOf as verdictOfVerifier } from '../../verifier/verdict.mjs';

const at = new Date('2026-03-02T10:00:00+08:00');
const looked: Looked = {
  ...{ entries: 12, size: 12, findings: [], listed: { at, size: 11 }, vouchers: [] },
  unused: false,
};
const seen = {
  what: '包里的 3 条',
  listed: { at: at.toISOString(), size: 11, after: 0 },
  vouchers: [],
  ownKeys: true,
  size: 12,
};

describe('结论：真不真、全不全、谁作证', () => {
  it('三种结论，程序和核验程序分得一样；每一种都写明下一步', () => {
    const cases = [
      [[], 'genuine'],
      [['edited'], 'not-genuine'],
      [['damaged'], 'damaged'],
      [['damaged', 'edited'], 'not-genuine'],
    ] as const;
    for (const [attacks, state] of cases) {
      const ours = verdictOf({ ...looked, findings: attacks.map((attack) => ({ attack })) });
      const theirs = verdictOfVerifier(
        attacks.map((attack) => new Finding(attack, '')),
        seen,
      );
      expect([ours.state, theirs.state]).to.deep.equal([state, state]);
      expect(ours.next).to.not.have.length(0);
      expect(theirs.next).to.not.have.length(0);
    }
  });

  it('只有程序自己装上的，不说成立；装上的被改过，照样不真', () => {
    const { state, conclusion, next } = verdictOf({ ...looked, unused: true });
    expect({ state, conclusion }).to.deep.equal({ state: 'unused', conclusion: '判断不了：没有可以核验的' });
    expect(next.join()).to.include('没有恢复成');
    expect(verdictOf({ ...looked, unused: true, findings: [{ attack: 'edited' }] }).state).to.equal(
      'not-genuine',
    );
  });

  it('写明到全库第几条、哪一天为止；没有外面的人作证的，不说有', () => {
    const { sentences, conclusion } = verdictOf(looked);
    expect(conclusion).to.equal('成立，到全库第 12 条为止；没有外面的人作证');
    expect(sentences[1]).to.include('到全库第 11 条、2026-03-02 10:00（北京时间）为止，没有少一条');
    expect(sentences[2]).to.include('没有外面的人作证');
    const vouched = verdictOf({ ...looked, vouchers: [{ name: '数据局', size: 10, at }] });
    expect(vouched.sentences[2]).to.include('数据局 于 2026-03-02 10:00').and.include('其后的 2 条只有系统');
    expect(verdictOfVerifier([], { ...seen, ownKeys: false }).sentences[2]).to.include(
      '连公钥也取自这份文件',
    );
    expect(verdictOfVerifier([], { ...seen, listed: undefined }).sentences[1]).to.include('没有凭据');
  });

  it('坏了的文件以 3 退出，不说有人改过；命令写错以 2 退出', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hotline-verdict-'));
    try {
      const file = join(folder, 'x.zip');
      await writeFile(file, 'PK');
      const run = (...words: string[]) =>
        spawnSync(process.execPath, [join(packageRoot, 'verifier', 'verify.mjs'), ...words], {
          encoding: 'utf8',
        });
      const damaged = run(file);
      expect(damaged).to.include({ status: 3, stderr: '' });
      expect(damaged.stdout).to.include('判断不了').and.include('下一步：请向系统的运行单位重新要一份');
      expect(run()).to.include({ status: 2 });
      expect(run(file, '--loose')).to.include({ status: 2 });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
