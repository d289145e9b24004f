/**
 * A program that places entries, for tests that kill it: `sequencer-program.ts URL STEP` dies at
 * statement number STEP of a round: places, both trees signed, the manifest. It exits with 0 if
 * there are fewer.
 */
import { createTrail, sequence, signCheckpoint, writeManifest } from '../../src/accountability/index.js';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import { sm2Signer } from '../../src/accountability/log/sm2-signer.js';
import { createVault, newKeyRing } from '../../src/identity/index.js';
import { systemClock as clock } from '../../src/kernel/index.js';
import { onlyLaw } from '../../src/kernel/law.js';
import { shippedLaw } from '../../src/law/regulation/index.js';
import { openDatabase } from '../../src/platform/database/index.js';
import { undisturbed } from './database.js';
import { mortal } from './killed-at.js';

const [url = '', step = ''] = process.argv.slice(2);
const opened = await openDatabase({ applicationName: 'sequencer', url });
const database = mortal(undisturbed(opened, new URL(url).pathname.slice(1)), Number(step));
const signer = {
  ...ed25519Signer('test.example/trail', Buffer.alloc(32, 7)),
  second: sm2Signer('test.example/trail/sm', Buffer.alloc(32, 9)),
};

const laws = onlyLaw(shippedLaw('2026-03-02'));

await sequence(database);
await signCheckpoint({ database, clock, laws, signer });
await writeManifest({ database, clock, trail: createTrail(createVault(newKeyRing()), laws) });
await opened.close();
