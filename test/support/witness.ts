/** A real witness in a folder of its own, asked over HTTP. */
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'mocha';
import type { Witness } from '../../src/accountability/index.js';
import { parseWitnesses } from '../../src/accountability/witness/policy.js';
import { openWitness, runWitness, serveWitness } from '../../verifier/witness-server.mjs';

/** For the tests of one `describe`. @param log the public key of the log that it watches @param now its clock */
export function useWitness(log: string, now: () => Date): () => Witness {
  let server: Server | undefined;
  let folder = '';
  let known: Witness | undefined;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-witness-'));
    await runWitness(['init', folder, '--name', 'witness.example/w', '--log', log], () => undefined);
    const witness = openWitness(folder, () => now().getTime());
    server = await serveWitness(witness, '127.0.0.1', 0);
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    [known] = parseWitnesses(`witness w ${witness.vkey} ${url}\n`, 'policy');
  });
  after(async () => {
    server?.closeAllConnections();
    server?.close();
    await rm(folder, { recursive: true, force: true });
  });
  return () => {
    if (!known) throw new Error('the witness is there only while the tests of this describe run');
    return known;
  };
}
