/**
 * A small log of its own for the test vectors of docs/trail-format.md: what the real program writes with fixed keys and a
 * fixed clock, so that it writes the same bytes on every machine.
 */
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import {
  askWitnesses,
  createTrail,
  latestCheckpoint,
  rotate,
  sequence,
  signCheckpoint,
  writeBundle,
  writeLogFolder,
  writeManifest,
  type LogSigner,
  type TrailAppend,
} from '../../../src/accountability/index.js';
import { ed25519Signer } from '../../../src/accountability/log/ed25519-signer.js';
import { sm2Signer } from '../../../src/accountability/log/sm2-signer.js';
import { witnessed as withCosignatures } from '../../../src/accountability/store/cosignature-store.js';
import { parseWitnesses } from '../../../src/accountability/witness/policy.js';
import { onlyLaw } from '../../../src/kernel/law.js';
import { shippedLaw } from '../../../src/law/regulation/index.js';
import { createVault, newKeyRing } from '../../../src/identity/index.js';
import { movableClock } from '../../../src/kernel/index.js';
import { openWitness, serveWitness } from '../../../verifier/witness-server.mjs';
import { unzip, zip } from '../../../verifier/verify.mjs';
import type { AddressInfo } from 'node:net';
import type { TestDatabase } from '../database.js';
import { asSuperuser } from '../tamper.js';

const logName = 'test.example/trail';
export const signers = {
  first: ed25519Signer(logName, Buffer.alloc(32, 7)),
  next: ed25519Signer(logName, Buffer.alloc(32, 9)),
  thief: ed25519Signer(logName, Buffer.alloc(32, 8)),
  sm: sm2Signer(`${logName}/sm`, Buffer.alloc(32, 9)),
};
export const witnessKey = `witness.example/w ${Buffer.alloc(32, 3).toString('base64')}\n`;

export interface VectorLog {
  /** At this instant of 2026-03-02, UTC; placed at once. */
  add(time: string, ...entries: readonly Omit<TrailAppend, 'at'>[]): Promise<void>;
  /** With its own instant, whatever the clock shows. */
  addDated(at: string, entry: Omit<TrailAppend, 'at'>): Promise<void>;
  manifest(time: string): Promise<void>;
  /** Puts back the head of a chain, as somebody with all rights. */
  putBack(stream: string, seq: number): Promise<void>;
  /** From the first key to the next one. */
  rotate(time: string): Promise<void>;
  /** Signs the present log; the witness co-signs it. */
  witness(time: string): Promise<void>;
  /** Without copies of the verifier and words for people, which nothing depends on. */
  bundle(streams: readonly string[], order: BundleOrder): Promise<Buffer>;
  /** The whole log. @returns files by name */
  folder(by: LogSigner): Promise<ReadonlyMap<string, Buffer>>;
  close(): Promise<void>;
}

export interface BundleOrder {
  readonly by: LogSigner;
  readonly witnessed: boolean;
  readonly diagrams: ReadonlyMap<string, string>;
  readonly regulation: ReadonlyMap<string, Buffer>;
}

export const witnessVkey = async (): Promise<string> => {
  const folder = await witnessFolder();
  try {
    return openWitness(folder, () => 0).vkey;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

async function witnessFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hotline-vectors-'));
  await writeFile(join(folder, 'witness.key'), witnessKey);
  await writeFile(
    join(folder, 'policy'),
    `log ${signers.first.vkey}\nlog ${signers.next.vkey}\nquorum none\n`,
  );
  return folder;
}

export async function vectorLog(database: TestDatabase): Promise<VectorLog> {
  await forgetSchema(database.url);
  const clock = movableClock(new Date('2026-03-02T00:00:00Z'));
  const laws = onlyLaw(shippedLaw('2026-03-02'));
  const trail = createTrail(createVault(newKeyRing()), laws);
  const deps = { database, clock, laws, trail };
  const folder = await witnessFolder();
  const watching = openWitness(folder, () => clock.now().getTime());
  const server = await serveWitness(watching, '127.0.0.1', 0);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [witness] = parseWitnesses(`witness w ${watching.vkey} ${url}\n`, 'policy');
  let signer = signers.first;
  const at = (time: string): Date => {
    clock.moveTo(new Date(`2026-03-02T${time}Z`));
    return clock.now();
  };
  const append = async (entries: readonly TrailAppend[]): Promise<void> => {
    await database.transaction((transaction) => trail.append(transaction, entries));
    await sequence(database);
  };
  const ask = () =>
    askWitnesses({
      database,
      witnesses: witness ? [witness] : [],
      onError: (error) => {
        throw error;
      },
    });
  /** Without a manifest of its own, unlike an export: the story places its manifests itself. */
  const signedBy = async (by: LogSigner) => {
    await signCheckpoint({ database, clock, laws, signer: by });
    return database.transaction(async (transaction) => {
      const checkpoint = await latestCheckpoint(transaction);
      if (!checkpoint) throw new Error('nothing was signed');
      const { note, witnesses } = (await withCosignatures(transaction, checkpoint.size)) ?? {
        note: checkpoint.note,
        witnesses: [],
      };
      const second = by.second && (await latestCheckpoint(transaction, undefined, 'trail_sm_checkpoint'));
      return { checkpoint, note, witnesses, second };
    });
  };
  return {
    add: (time, ...entries) => append(entries.map((entry) => ({ ...entry, at: at(time) }))),
    addDated: (instant, entry) => append([{ ...entry, at: new Date(instant) }]),
    manifest: async (time) => {
      at(time);
      await writeManifest(deps);
      await sequence(database);
    },
    putBack: (stream, seq) =>
      asSuperuser(database.url, [
        'UPDATE trail_head SET seq = $2, leaf = (SELECT leaf FROM trail_entry WHERE stream = $1 AND seq = $2) WHERE stream = $1',
        stream,
        seq,
      ]),
    rotate: async (time) => {
      at(time);
      await rotate(deps, signers.first, signers.next);
      await sequence(database);
      signer = signers.next;
    },
    witness: async (time) => {
      at(time);
      await signCheckpoint({ database, clock, laws, signer });
      await ask();
    },
    bundle: async (streams, { by, witnessed, diagrams, regulation }) => {
      await signedBy(by);
      if (witnessed) await ask();
      const place = await mkdtemp(join(tmpdir(), 'hotline-vectors-'));
      const file = join(place, 'bundle.zip');
      const handle = await open(file, 'w');
      await writeBundle(
        { ...deps, signer: by },
        {
          title: '',
          about: [],
          streams,
          signed: await signedBy(by),
          regulation,
          diagramOf: ({ key, version }) => Promise.resolve(diagrams.get(`${key}-${version}`)),
          onEntries: () => Promise.resolve(),
        },
        handle,
      );
      await handle.close();
      const files = unzip(await readFile(file));
      await rm(place, { recursive: true });
      return zip(new Map([...files].filter(([name]) => !/^(verifier\/|README)/.test(name))));
    },
    folder: async (by) => {
      const signed = await signedBy(by);
      const place = await mkdtemp(join(tmpdir(), 'hotline-vectors-'));
      await writeLogFolder({ database, signed, vkey: by.vkey }, join(place, 'log'));
      const names = ['entries.jsonl', 'checkpoint', 'policy'];
      const files = new Map(
        await Promise.all(
          names.map(async (name) => [name, await readFile(join(place, 'log', name))] as const),
        ),
      );
      await rm(place, { recursive: true });
      return files;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The stream `schema` contains this database's time; without it all bytes are the same everywhere. */
async function forgetSchema(url: string): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    await owner.query('SET search_path = hotline');
    const { rows } = await owner.query<{ evtname: string }>('SELECT evtname FROM pg_event_trigger');
    for (const { evtname } of rows) await owner.query(`ALTER EVENT TRIGGER ${evtname} DISABLE`);
    for (const table of ['trail_entry', 'trail_head', 'trail_leaf', 'trail_tile', 'trail_log']) {
      await owner.query(`ALTER TABLE ${table} DISABLE TRIGGER ALL`);
      await owner.query(
        table === 'trail_log' ? `UPDATE trail_log SET size = 0, horizon = '0'` : `DELETE FROM ${table}`,
      );
      await owner.query(`ALTER TABLE ${table} ENABLE TRIGGER ALL`);
    }
  } finally {
    await owner.end();
  }
}
