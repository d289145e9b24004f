/** A signing module for tests, as an operator's command: `signing-command.ts ALGORITHM SECRET vkey|sign`. */
import { buffer } from 'node:stream/consumers';
import { ed25519Signer } from '../../src/accountability/log/ed25519-signer.js';
import { sm2Signer } from '../../src/accountability/log/sm2-signer.js';

const [algorithm, secret = '', verb] = process.argv.slice(2);
const made = algorithm === 'sm2' ? sm2Signer : ed25519Signer;
const signer = made('module.example/trail', Buffer.from(secret, 'hex'));
const signature = async (): Promise<string> =>
  (await signer.sign(await buffer(process.stdin))).toString('base64');
process.stdout.write(`${verb === 'vkey' ? signer.vkey : await signature()}\n`);
