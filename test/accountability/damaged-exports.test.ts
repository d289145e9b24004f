/** Whatever is damaged, an export contains what is known, and the verifier's report on it is true. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { signCheckpoint, sequence } from '../../src/accountability/index.js';
import { exportLog, exportTrail } from '../../src/cases/index.js';
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { onlyLaw } from '../../src/kernel/law.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { assemble } from '../../src/main.js';
import type { TestDatabase } from '../support/database.js';
import { refusalFrom } from '../support/refusal.js';
import { testPremises } from '../support/system.js';
import { asSuperuser } from '../support/tamper.js';
import { clock, lived, shown, signer } from '../support/trail-attacks.js';

const who = {
  requester: '审计员甲',
  exporter: { program: 'hotline test', systemUser: 'shenji' },
  purpose: '年度审计',
};
const flipTile =
  'UPDATE trail_tile SET hashes = set_byte(hashes, 40, get_byte(hashes, 40) # 1) WHERE level = 0';

describe('坏了的轨迹也导得出来', () => {
  let database: TestDatabase;
  let folder = '';
  beforeEach(async () => {
    database = await lived();
    folder = await mkdtemp(join(tmpdir(), 'hotline-damaged-'));
  });
  afterEach(async () => {
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  const verified = (...parameters: string[]): { state: string; findings: string[] } => {
    const program = join(packageRoot, 'verifier', 'verify.mjs');
    const { stdout } = spawnSync(process.execPath, [program, ...parameters, '--json'], { encoding: 'utf8' });
    const { verdict, findings } = JSON.parse(stdout) as {
      verdict: { state: string };
      findings: { attack: string }[];
    };
    return { state: verdict.state, findings: [...new Set(findings.map(({ attack }) => attack))] };
  };
  const exported = async () => {
    const system = assemble(database, clock, createVault(newKeyRing()), testPremises(folder));
    const deps = { ...system, signer };
    const [bundle, log] = [join(folder, 'bundle.zip'), join(folder, 'log')];
    await exportTrail(deps, { selection: { stream: '甲' }, format: 'bundle', ...who }, bundle);
    await exportTrail(deps, { selection: { stream: '甲' }, format: 'csv', ...who }, join(folder, '表.csv'));
    await exportLog(deps, who, log);
    return { bundle: verified(bundle), log: verified('log', log) };
  };

  for (const [what, statement] of [
    ['一位翻转', flipTile],
    ['一片不见', 'DELETE FROM trail_tile WHERE level = 0'],
  ] as const) {
    it(`树的片${what}：导出到此前签了名的为止，路径由条目重算，核验成立；坏的树不再签名`, async () => {
      // Records the shipped policies, as the first export of every database does.
      await exported();
      await rm(join(folder, 'log'), { recursive: true });
      const before = await shown(database);
      await asSuperuser(database.url, [statement]);
      const { bundle, log } = await exported();
      expect(bundle).to.deep.equal({ state: 'genuine', findings: [] });
      expect(log).to.deep.equal({ state: 'genuine', findings: [] });
      expect(await shown(database)).to.equal(before);
      const refused = await refusalFrom(
        (async () => {
          await sequence(database);
          await signCheckpoint({ database, clock, laws: onlyLaw(shippedLaw('2026-03-02')), signer });
        })(),
      );
      expect(refused?.code).to.equal('trail.broken');
    });
  }

  it('截去末几号的位置和签它们的检查点：照样导得出来，整本的核验点名', async () => {
    await asSuperuser(
      database.url,
      ['DELETE FROM trail_leaf WHERE index >= 6'],
      ['DELETE FROM trail_checkpoint WHERE size > 6'],
    );
    // The bundle goes up to the entries that have a place; its manifest says that others were passed over.
    expect(await exported()).to.deep.equal({
      bundle: { state: 'not-genuine', findings: ['passed-over'] },
      log: { state: 'not-genuine', findings: ['deleted'] },
    });
  });

  it('中间一号的位置不见了、一条条目不见了：照样导得出来，核验点名', async () => {
    await asSuperuser(
      database.url,
      ['DELETE FROM trail_leaf WHERE index = 3'],
      ["DELETE FROM trail_entry WHERE stream = '甲' AND seq = 2"],
    );
    const { bundle, log } = await exported();
    expect(bundle.state).to.equal('not-genuine');
    expect(log.state).to.equal('not-genuine');
  });
});
