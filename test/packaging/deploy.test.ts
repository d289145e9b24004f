/** The files of deploy/: they can be parsed, and the files they name exist. This test builds no container. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { createMetrics } from '../../src/platform/telemetry/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';

const read = (...path: string[]): string => readFileSync(join(packageRoot, ...path), 'utf8');

interface Rule {
  readonly alert: string;
  readonly expr: string;
}

describe('deploy/', () => {
  const metrics = createMetrics();
  before(() => metrics.watchProcess());
  const exposed = async (): Promise<ReadonlySet<string>> => {
    metrics.request('isReady', 200, 0.1);
    metrics.step('act', 'ok', 0.1);
    const text = await metrics.text({
      due: 0,
      dueOldest: 0,
      incidents: 0,
      incidentOldest: 0,
      jobs: { waiting: 0, working: 0, failed: 0 },
      jobOldest: 0,
      sessions: 0,
      unplacedOldest: 0,
      unsigned: 0,
      checkpointAge: 0,
      unanchored: 0,
      mailboxAge: 0,
      pool: { total: 0, idle: 0, waiting: 0 },
      clockSkew: 0,
    });
    return new Set([...text.matchAll(/^([a-z_0-9]+)[{ ]/gm)].map(([, name = '']) => name));
  };
  const namedIn = (expression: string): readonly string[] =>
    [...expression.matchAll(/\b(?:hotline|process|nodejs)_[a-z_0-9]+/g)].map(([name]) => name);

  it('报警规则：每条的指标都有；运行手册里要报警的指标都有规则', async () => {
    const { groups } = parse(read('deploy', 'alerts.yaml')) as { groups: { rules: Rule[] }[] };
    const rules = groups.flatMap((group) => group.rules);
    const names = await exposed();
    for (const { alert, expr } of rules)
      for (const name of namedIn(expr)) expect(names, alert).to.include(name);
    const watched = rules.flatMap(({ expr }) => namedIn(expr));
    const asked = read('docs', 'operations.md')
      .split('\n')
      .filter((line) => /^\| `hotline_.*大于/.test(line));
    expect(asked.length).to.be.greaterThan(5);
    for (const row of asked)
      expect(
        namedIn(row).some((name) => watched.some((one) => one.startsWith(name))),
        row,
      ).to.equal(true);
  });

  it('轨迹没有排号、没有签名：最早的条目等了多久、上次签名距今多久，都在报警里', () => {
    const { groups } = parse(read('deploy', 'alerts.yaml')) as { groups: { rules: Rule[] }[] };
    const watched = new Map(
      groups.flatMap((group) => group.rules.map(({ alert, expr }) => [alert, namedIn(expr)])),
    );
    expect(watched.get('轨迹没有排号')).to.include('hotline_trail_unplaced_oldest_seconds');
    expect(watched.get('检查点没有留存在外面')).to.include('hotline_trail_unanchored');
    expect(watched.get('轨迹没有签名'))
      .to.include('hotline_trail_checkpoint_age_seconds')
      .and.include('hotline_trail_unsigned');
  });

  it('每个报警在运行手册里有同名的一段：是什么、夜里做什么、能不能等到天亮；没有多出来的', () => {
    const { groups } = parse(read('deploy', 'alerts.yaml')) as { groups: { rules: Rule[] }[] };
    const [, section = ''] = /^## 报警和夜里怎么办$(.*?)^## /ms.exec(read('docs', 'operations.md')) ?? [];
    const parts = section.split(/^### /m).slice(1);
    const told = new Map(parts.map((part) => [/^.*/.exec(part)?.[0] ?? '', part]));
    told.delete('错误代码和别的现象');
    const alerts = groups.flatMap((group) => group.rules.map(({ alert }) => alert));
    expect([...told.keys()]).to.have.members(alerts);
    for (const [alert, part] of told)
      expect(part, alert).to.match(/^.+\n\n[^-\n].+\n\n- \*\*夜里\*\*：.+\n- \*\*等到天亮\*\*：.+/);
  });

  it('仪表板：每一格的指标都有，程序有的指标都在上面', async () => {
    const { panels } = JSON.parse(read('deploy', 'grafana.json')) as {
      panels: { targets: { expr: string }[] }[];
    };
    const shown = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => namedIn(expr)));
    const names = await exposed();
    for (const name of shown) expect(names).to.include(name);
    const own = [...names].filter((name) => name.startsWith('hotline_') && !/_(bucket|sum)$/.test(name));
    for (const name of own) expect(shown).to.include(name);
  });

  it('compose：两个程序、数据库、代理；设置都在配置一页上；挂载的文件都有', () => {
    const { services } = parse(read('deploy', 'compose.yaml'), { merge: true }) as {
      services: Readonly<Record<string, { environment: object; volumes: string[] }>>;
    };
    expect(Object.keys(services)).to.deep.equal(['hotline-1', 'hotline-2', 'database', 'proxy']);
    const page = read('docs', 'reference', 'configuration.md');
    for (const [name, { environment, volumes }] of Object.entries(services)) {
      for (const setting of Object.keys(environment))
        if (name.startsWith('hotline')) expect(page, setting).to.include(`\`${setting}`);
      for (const [file = ''] of volumes.map((volume) => volume.split(':')))
        if (file.startsWith('./')) expect(read('deploy', file.slice(2)), file).not.to.equal('');
    }
    expect(services['hotline-1']).to.deep.equal(services['hotline-2']);
  });

  it('映像和服务启动的就是包里的程序；数据库的命令与运行手册一致', () => {
    const { name, bin } = JSON.parse(read('package.json')) as { name: string; bin: { hotline: string } };
    const program = `/opt/hotline/node_modules/${name}/${bin.hotline}`;
    expect(read('deploy', 'Containerfile')).to.include(program);
    expect(read('deploy', 'hotline.service')).to.include(`ExecStart=/usr/bin/node ${program} serve`);
    const [, created = ''] = /^createdb (hotline .*)$/m.exec(read('docs', 'operations.md')) ?? [];
    expect(created).not.to.equal('');
    expect(read('deploy', 'database.sh')).to.include(created);
  });
});
