/** Witnesses: a separate program that co-signs only continuations of what it has seen. */
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { after, before } from 'mocha';
import {
  askWitnesses,
  createTrail,
  sequence,
  signCheckpoint,
  acceptCosignature,
  cosignatureRequest,
  type Witness,
} from '../../src/accountability/index.js';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import { parseWitnesses } from '../../src/accountability/witness/policy.js';
import { witnessRequest } from '../../src/accountability/witness/request.js';
import { latestCheckpoint, type Checkpoint } from '../../src/accountability/store/checkpoint-store.js';
import { movableClock } from '../../src/kernel/index.js';
import { onlyLaw } from '../../src/kernel/law.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { packageRoot } from '../../src/kernel/package-root.js';
import {
  openWitness,
  runWitness,
  serveWitness,
  type Witness as Cosigner,
} from '../../verifier/witness-server.mjs';
import { useDatabase, type TestDatabase } from '../support/database.js';
import { refusalFrom } from '../support/refusal.js';
import { note } from '../support/note.js';

const signer = ed25519Signer('test.example/trail', Buffer.alloc(32, 7));
const thief = ed25519Signer('test.example/trail', Buffer.alloc(32, 8));
const clock = movableClock(new Date('2026-03-02T10:00:00+08:00'));

/** A witness in a folder of its own, with its public key for the log. */
function useWitness() {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-witness-'));
    await runWitness(['init', folder, '--name', 'witness.example/w', '--log', signer.vkey], () => undefined);
  });
  after(() => rm(folder, { recursive: true, force: true }));
  return {
    folder: () => folder,
    open: (): Cosigner => openWitness(folder, () => clock.now().getTime()),
    known: (url = ''): Witness => {
      const [witness] = parseWitnesses(`witness w ${openWitness(folder, () => 0).vkey} ${url}\n`, 'policy');
      if (!witness) throw new Error('no witness');
      return witness;
    },
  };
}

const laws = onlyLaw(shippedLaw('2026-03-02'));
const trail = createTrail(createVault(newKeyRing()), laws);

function useLog() {
  const database = useDatabase();
  const grow = async (): Promise<Checkpoint> => {
    await database().transaction((transaction) => trail.append(transaction, [note('S', clock.now())]));
    await sequence(database());
    const checkpoint = await signCheckpoint({ database: database(), clock, laws, signer });
    if (!checkpoint) throw new Error('nothing was signed');
    return checkpoint;
  };
  const requestOf = (checkpoint: Checkpoint, old: number): Promise<string> =>
    database().transaction((transaction) => witnessRequest(transaction, checkpoint, old));
  return { database, grow, requestOf };
}

async function forged(size: number, by = signer): Promise<string> {
  const text = `${signer.name}\n${size}\n${Buffer.alloc(32, 1).toString('base64')}\n`;
  const signature = Buffer.concat([by.keyId, await by.sign(Buffer.from(text))]);
  return `${text}\n— ${signer.name} ${signature.toString('base64')}\n`;
}

describe('见证人：只联署自己见过的轨迹的继续（C2SP tlog-witness）', () => {
  const { grow, requestOf } = useLog();
  const witness = useWitness();

  it('第一次从头开始；再来的须从它见过的大小证明前后一致，否则答以那个大小（409）', async () => {
    const first = await grow();
    expect(witness.open().addCheckpoint(await requestOf(first, 0))).to.include({ status: 200 });
    const second = await grow();
    expect(witness.open().addCheckpoint(await requestOf(second, 0))).to.deep.equal({
      status: 409,
      type: 'text/x.tlog.size',
      body: `${first.size}\n`,
    });
    expect(witness.open().addCheckpoint(await requestOf(second, first.size))).to.include({ status: 200 });
    // The same request again is signed anew, with the present time.
    expect(witness.open().addCheckpoint(await requestOf(second, second.size))).to.include({ status: 200 });
    // A smaller size is never signed again.
    expect(witness.open().addCheckpoint(await requestOf(first, 0))).to.include({ status: 409 });
  });

  it('同一大小另一个根、不连续的、别人签的、不认识的、写错的，都不联署', async () => {
    const seen = await grow();
    const request = await requestOf(seen, seen.size - 1);
    const answer = (body: string): number => witness.open().addCheckpoint(body).status;
    expect(answer(request)).to.equal(200);
    expect(answer(`old ${seen.size}\n\n${await forged(seen.size)}`), 'two histories').to.equal(409);
    const zero = Buffer.alloc(32).toString('base64');
    expect(answer(`old ${seen.size}\n${zero}\n\n${await forged(seen.size + 1)}`), 'no continuation').to.equal(
      422,
    );
    expect(answer(`old ${seen.size}\n\n${await forged(seen.size + 1, thief)}`), 'stolen name').to.equal(403);
    expect(answer(`old 0\n\n${(await forged(5)).replaceAll('test.example', 'other.example')}`)).to.equal(404);
    expect(answer(`old ${seen.size + 9}\n\n${seen.note}`), 'old above new').to.equal(400);
    for (const broken of [
      '',
      'old',
      'old 01\n\n',
      `old 1\n\n${seen.note.slice(1)}x`,
      `old -1\n\n${seen.note}`,
    ])
      expect(answer(broken), broken).to.equal(400);
    expect(answer(await requestOf(seen, seen.size)), 'still at its own head').to.equal(200);
    const kept = await readdir(join(witness.folder(), 'logs'), { recursive: true });
    expect(kept.filter((name) => name.includes('evidence'))).to.have.length(2);
  });

  it('两个请求同时来，只有一个前进：谁也不能把它见过的退回去', async () => {
    const base = await grow();
    const last = witness.open();
    expect(last.addCheckpoint(await requestOf(base, base.size - 1))).to.include({ status: 200 });
    const [near, far] = [await grow(), await grow()];
    // Several programs on one folder, each with its request, all at once.
    const files = await Promise.all(
      [near, far, near, far].map(async (checkpoint, number) => {
        const file = join(witness.folder(), `request-${number}`);
        await writeFile(file, await requestOf(checkpoint, base.size));
        return file;
      }),
    );
    const program = join(packageRoot, 'test', 'support', 'witness-race.mjs');
    const run = spawnSync(process.execPath, [program, witness.folder(), ...files], { encoding: 'utf8' });
    const outcomes = JSON.parse(run.stdout) as { status: number; body: string }[];
    const won = outcomes.filter(({ status }) => status === 200);
    expect(won, run.stdout + run.stderr).to.have.length(1);
    const final = witness.open().addCheckpoint(await requestOf(base, base.size));
    const winner = outcomes[0]?.status === 200 || outcomes[2]?.status === 200 ? near : far;
    expect(final).to.include({ status: 409, body: `${winner.size}\n` });
  });

  it('见过的记在盘上，程序死在写完之前等于没有见过', async () => {
    const [log] = await readdir(join(witness.folder(), 'logs'));
    const place = join(witness.folder(), 'logs', log ?? '');
    await writeFile(join(place, 'half-written.tmp'), 'test.exam');
    const names = (await readdir(place)).filter((name) => name.endsWith('.note'));
    expect(names.length).to.be.within(1, 2);
    const next = await grow();
    const { body } = witness.open().addCheckpoint(await requestOf(next, 0));
    expect(witness.open().addCheckpoint(await requestOf(next, Number(body)))).to.include({ status: 200 });
  });
});

describe('见证人：系统请它联署', () => {
  const { database, grow } = useLog();
  const witness = useWitness();
  const errors: unknown[] = [];
  const ask = (url: string): Promise<number> =>
    askWitnesses({
      database: database(),
      witnesses: [witness.known(url)],
      onError: (error) => void errors.push(error),
    });
  const cosigned = (on: TestDatabase) =>
    on.transaction((transaction) =>
      transaction.query<{ size: number; at: Date }>(
        'SELECT size, cosigned_at AS at FROM hotline.trail_cosignature ORDER BY size',
      ),
    );

  it('通过 HTTP：留下联署，也认得它比所记的见得多', async () => {
    const server = await serveWitness(witness.open(), '127.0.0.1', 0);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const first = await grow();
      expect(await ask(url)).to.equal(1);
      expect(await ask(url), 'the latest is co-signed already').to.equal(0);
      expect(await cosigned(database())).to.deep.equal([{ size: first.size, at: clock.now() }]);
      // The witness has co-signed a size unknown to us, for example because we died before storing
      // it.
      const second = await grow();
      witness.open().addCheckpoint(await cosignatureRequest(database(), witness.known()));
      const third = await grow();
      expect(await ask(url)).to.equal(1);
      expect((await cosigned(database())).map(({ size }) => size)).to.deep.equal([first.size, third.size]);
      expect(second.size).to.be.below(third.size);
      expect(errors).to.deep.equal([]);
    } finally {
      server.closeAllConnections();
      server.close();
    }
    await grow();
    expect(await ask(url), 'it cannot be reached').to.equal(0);
    expect(errors).to.have.length(1);
  });

  it('通过文件：请求带去，答复带回', async () => {
    const folder = join(witness.folder(), 'exchange');
    await mkdir(folder);
    const [asked, answered] = [join(folder, 'request'), join(folder, 'answer')];
    const checkpoint = await grow();
    const request = await cosignatureRequest(database(), witness.known());
    await writeFile(asked, request);
    const said: string[] = [];
    expect(await runWitness(['sign', witness.folder(), asked, answered], (text) => said.push(text))).to.equal(
      0,
    );
    const answer = await readFile(answered, 'utf8');
    for (const [wrongRequest, wrongAnswer] of [
      [request, answer.replace('witness.example', 'other.example')],
      [request, answer.replace(/(.)=*\n$/, (_, last: string) => `${last === 'A' ? 'B' : 'A'}\n`)],
      [request.replace('old', 'odd').slice(0, -5), answer],
    ] as const) {
      expect(
        await refusalFrom(acceptCosignature(database(), witness.known(), wrongRequest, wrongAnswer)),
      ).to.include({
        code: 'trail.witness',
      });
    }
    await acceptCosignature(database(), witness.known(), request, answer);
    expect((await cosigned(database())).at(-1)?.size).to.equal(checkpoint.size);
  });

  it('轨迹变短了（恢复旧备份、截尾）：见证人不肯，系统说明白', async () => {
    const latest = await database().transaction((transaction) => latestCheckpoint(transaction));
    const refusal = await refusalFrom(
      cosignatureRequest(database(), witness.known(), (latest?.size ?? 0) + 5),
    );
    expect(refusal).to.include({ code: 'trail.witness' });
    expect(refusal?.message).to.include('只签到');
  });
});
