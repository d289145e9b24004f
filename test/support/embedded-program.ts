/**
 * A program on a directory's embedded database, for tests that kill it: reports when it has joined,
 * then waits for the order to leave.
 */
import { Refusal } from '../../src/kernel/index.js';
import { startEmbedded } from '../../src/platform/database/embedded/index.js';

process.on('SIGINT', () => console.log('interrupted'));
try {
  const embedded = await startEmbedded({ directory: process.argv[2] ?? '', settings: { fsync: 'off' } });
  console.log(`in ${embedded.ownerUrl}`);
  for await (const _ of process.stdin) break;
  await embedded.stop();
  console.log('left');
} catch (error) {
  console.log(
    error instanceof Refusal ? `refused ${error.code} ${error.message}` : `failed ${String(error)}`,
  );
}
process.stdin.destroy();
