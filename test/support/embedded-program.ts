/** A program on the embedded database of a directory, for tests that kill it: says when it is in, then waits to be told to leave. */
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
