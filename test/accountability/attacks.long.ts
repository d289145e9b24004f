/**
 * Every attack carried out with all rights on a live database, and what is seen of it by each who looks: the table of
 * `docs/reference/trail-tables.md` is what comes out here.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before } from 'mocha';
import { verifyTrail, type Witness } from '../../src/accountability/index.js';
import { consistencyProof } from '../../src/accountability/log/tree.js';
import { tileReader } from '../../src/accountability/store/log-store.js';
import { exportLog, exportTrail } from '../../src/cases/index.js';
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import { onlyLaw } from '../../src/kernel/law.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { assemble } from '../../src/main.js';
import type { TestDatabase } from '../support/database.js';
import { testPremises } from '../support/system.js';
import { attacksIn } from '../support/tamper.js';
import { attacks, clock, cosign, lived, shown, signer, type Attack } from '../support/trail-attacks.js';
import { useWitness } from '../support/witness.js';

const laws = onlyLaw(shippedLaw('2026-03-02'));

const who = {
  requester: '审计员甲',
  exporter: { program: 'hotline test', systemUser: 'shenji' },
  purpose: '年度审计',
};
const document = join(packageRoot, 'docs', 'reference', 'trail-tables.md');

/** The document's name for each kind of finding. */
const called: Readonly<Record<string, string>> = {
  edited: '改动内容',
  rechained: '重算链',
  deleted: '删去',
  reordered: '调换',
  'case-cut': '截尾',
  'log-cut': '截尾',
  rewritten: '重写',
  'two-histories': '两本账',
  replayed: '回放',
  'key-swapped': '换钥',
  inserted: '插入',
  forged: '签名不符',
  'passed-over': '越过',
  unproved: '没有证明',
  'head-moved': '改链头',
};
const inWords = (found: readonly string[]): string =>
  [...new Set(found.map((attack) => called[attack] ?? attack))].join('、') || '—';

/** A C2SP witness's answers to checkpoints that it does not co-sign. */
const refused: Readonly<Record<number, string>> = {
  400: 'replayed',
  403: 'key-swapped',
  409: 'two-histories',
  422: 'rewritten',
};

const sizeOf = (note: string): number => Number(note.split('\n')[1]);

describe('对数据库的每一种攻击：谁看得出来（第二十二条、第四十条）', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-attacks-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const verifier = (...parameters: string[]): string[] => {
    const program = join(packageRoot, 'verifier', 'verify.mjs');
    const { stdout } = spawnSync(process.execPath, [program, ...parameters, '--json'], { encoding: 'utf8' });
    const { findings } = JSON.parse(stdout) as { findings: { attack: string }[] };
    return findings.map(({ attack }) => attack);
  };

  /** Asks what the log shows now, as somebody who knows its earlier size. */
  const asked = async (
    database: TestDatabase,
    { url = '' }: Witness,
    old: number,
    note: string,
  ): Promise<string[]> => {
    const size = sizeOf(note);
    const proof =
      old >= size
        ? []
        : await database.transaction((transaction) => consistencyProof(tileReader(transaction), old, size));
    const body = [`old ${old}`, ...proof.map((hash) => hash.toString('base64')), '', note].join('\n');
    const { status } = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
    return status === 200 ? [] : [refused[status] ?? String(status)];
  };

  const seenBy = async (attack: Attack | undefined, witness: Witness): Promise<string[][]> => {
    const database = await lived();
    await attack?.before?.(database);
    expect(await cosign(database, witness)).to.equal(1);
    const kept = await shown(database);
    await attack?.does(database);
    const place = await mkdtemp(join(folder, 'one-'));
    const [older, newer] = [join(place, 'kept.note'), join(place, 'shown.note')];
    const now = await shown(database);
    const ofWitness = await asked(database, witness, sizeOf(kept), now);
    const live = await verifyTrail({ database, clock, laws, projections: [], kept: [kept] });
    const system = assemble(database, clock, createVault(newKeyRing()), testPremises(folder));
    const deps = { ...system, signer: attack?.by ?? signer };
    const log = join(place, 'log');
    await exportLog(deps, who, log);
    await writeFile(older, kept);
    await writeFile(newer, now);
    const policy = join(place, 'own');
    // The keys that the auditor trusts: the log's and the witness's, each obtained from its owner.
    const own = `log ${signer.vkey}\nwitness w ${witness.vkey}\nquorum none\n`;
    await writeFile(policy, own);
    const mine = ['--policy', policy];
    const ofLog = verifier('log', log, ...mine);
    const compared = [newer, join(log, 'checkpoint')].flatMap((note) =>
      verifier('compare', older, note, '--log', log, ...mine),
    );
    const bundle = join(place, 'bundle.zip');
    await exportTrail(deps, { selection: { stream: '甲' }, format: 'bundle', ...who }, bundle);
    const ofBundle = attacksIn(await readFile(bundle), own);
    await database.close();
    const seen = [...new Set(live.findings.map(({ attack: one }) => one))];
    // Each attack switched off the triggers first, which is always reported.
    expect(seen.includes('unguarded')).to.equal(attack !== undefined);
    return [ofBundle, ofLog, compared, ofWitness, seen.filter((one) => one !== 'unguarded')];
  };

  describe('没有动过', () => {
    const witness = useWitness(signer.vkey, () => clock.now());

    it('都成立', async () => {
      expect(await seenBy(undefined, witness())).to.deep.equal([[], [], [], [], []]);
    });
  });

  for (const [what, attack] of Object.entries(attacks)) {
    describe(what, () => {
      const witness = useWitness(signer.vkey, () => clock.now());

      it('文档的表里写的是谁看得出来、叫作什么', async () => {
        const row = [what, ...(await seenBy(attack, witness())).map(inWords)];
        const written = tableIn(await readFile(document, 'utf8')).get(what) ?? [];
        expect(written.join(' | ')).to.equal(row.join(' | '));
      });
    });
  }

  it('表里没有多写的', async () => {
    expect([...tableIn(await readFile(document, 'utf8')).keys()]).to.deep.equal(Object.keys(attacks));
  });
});

/** The rows of the table of attacks, by their first cell. */
function tableIn(text: string): ReadonlyMap<string, readonly string[]> {
  const [, table = ''] = /\| 攻击 [^\n]*\n\|[- |]+\n((?:\|[^\n]*\n)+)/.exec(text) ?? [];
  const rows = table
    .trimEnd()
    .split('\n')
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
  return new Map(rows.map((row) => [row[0] ?? '', row]));
}
