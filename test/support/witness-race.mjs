/**
 * Several programs on one witness's folder, for its race test: each reads its head, waits until all
 * have, and only then continues. Prints each one's answer.
 */
import { URL } from 'node:url';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { openWitness } from '../../verifier/witness-server.mjs';

if (isMainThread) {
  const [folder, ...requests] = process.argv.slice(2);
  const ready = new Int32Array(new SharedArrayBuffer(4));
  const answers = await Promise.all(
    requests.map(
      (file) =>
        new Promise((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), {
            workerData: { folder, file, ready, programs: requests.length },
          });
          worker.once('message', resolve).once('error', reject);
        }),
    ),
  );
  process.stdout.write(JSON.stringify(answers));
} else {
  const { folder, file, ready, programs } = workerData;
  const request = readFileSync(file, 'utf8');
  const witness = openWitness(folder, () => 1_772_416_800_000);
  Atomics.add(ready, 0, 1);
  while (Atomics.load(ready, 0) < programs);
  parentPort.postMessage(witness.addCheckpoint(request));
}
