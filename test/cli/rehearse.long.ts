import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { packageRoot } from '../../src/kernel/package-root.js';
import { builtProgram } from '../support/built.js';

describe('hotline rehearse、regulation deeds：不用屏幕试条例', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rehearse-'));
  after(() => rmSync(folder, { recursive: true }));
  const hotline = (...parameters: string[]) =>
    spawnSync(process.execPath, [builtProgram(), ...parameters], { cwd: folder, encoding: 'utf8' });
  const script = (content: unknown): string => {
    const path = join(folder, 'script.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };

  it('每一步一行 JSON，拒绝的写明代码；给出文件夹的，用那里的图和条例', () => {
    const steps = [
      { at: '2026-03-02T09:05:00+08:00', do: 'reply.given' },
      { at: '2026-03-03T09:05:00+08:00', do: 'wait' },
    ];
    const path = script({ start: { at: '2026-03-02T09:00:00+08:00', with: {} }, steps });
    for (const parameters of [[], ['--package', packageRoot]]) {
      const { status, stdout } = hotline('rehearse', path, '--json', ...parameters);
      expect(status).to.equal(0);
      const lines = stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { readonly [key: string]: unknown });
      expect(lines.map(({ refused }) => refused)).to.deep.equal(['deed.not-possible', null]);
      expect(Object.keys(lines[1] ?? {})).to.include.members([
        'at',
        'do',
        'refused',
        'holder',
        'duties',
        'levels',
        'can',
        'ended',
      ]);
      expect(lines[1]?.can).to.deep.equal([
        'accountability.opened',
        'explanation.asked',
        'matter.registered',
        'matter.withdrawn',
        'recusal.stated',
        'supervision.proposed',
      ]);
    }
    expect(hotline('rehearse', path).stdout)
      .to.include('持有：市热线工作机构')
      .and.include('被拒绝：deed.not-possible');
  });

  it('不是 JSON、不合格式、没有的包：一句话说清', () => {
    expect(hotline('rehearse', script('{')).stderr)
      .to.include('不是合格的 JSON（第 2 个字符附近）')
      .and.include('办法：')
      .and.not.match(/[A-Za-z]{4,} [a-z]+/);
    const odd = { at: '2026-03-02T09:05:00+08:00', do: 'matter.registered', with: { weather: 'fine' } };
    const begun = { at: '2026-03-02T09:00:00+08:00', with: {} };
    const told = hotline('rehearse', script({ start: begun, steps: [odd] })).stdout;
    const named = /可以写：(\S+)/.exec(told)?.[1]?.split('、') ?? [];
    expect(named).to.include('channel').and.have.length(new Set(named).size);
    expect(hotline('rehearse', script({ start: {} })).stderr)
      .to.include('start.at：没有填写')
      .and.include('办法：');
    const valid = script({ start: { at: '2026-03-02T09:00:00+08:00' }, steps: [] });
    const { status, stderr } = hotline('rehearse', valid, '--package', join(folder, 'nowhere'));
    expect(status).to.equal(1);
    expect(stderr).to.include('条例包没有清单').and.include('办法：');
  });

  it('词汇：每个行为谁做、带什么、引起和履行哪些义务', () => {
    const { status, stdout } = hotline('regulation', 'deeds', '--json', '--on', '2026-03-02');
    expect(status).to.equal(0);
    const uses = JSON.parse(stdout) as { readonly name: string }[];
    expect(uses.find(({ name }) => name === 'hotline.informed')).to.deep.include({
      who: ['unit'],
      subject: 'matter',
      opens: ['J37', 'J37a'],
    });
    const words = hotline('regulation', 'deeds').stdout;
    expect(words).to.include('reply.given 回复来电人').and.include('谁：承办单位（unit）；关于：热线事项');
  });
});
