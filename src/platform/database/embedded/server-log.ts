import { open, readFile, rename, stat } from 'node:fs/promises';
import type { Cluster } from './cluster.js';
import type { ServerUser } from './server-user.js';

const largestLog = 16 * 1024 * 1024;

/** Opens the server's log for appending; `tail` returns what was written since. */
export async function openLog(cluster: Cluster, user: ServerUser) {
  const before = await stat(cluster.log).catch(() => undefined);
  if (before && before.size > largestLog) await rename(cluster.log, `${cluster.log}.1`);
  const handle = await open(cluster.log, 'a', 0o600);
  await user.own(cluster.log);
  const from = (await handle.stat()).size;
  const tail = async (): Promise<string> => {
    const lines = (await readFile(cluster.log)).subarray(from).toString('utf8').trim().split('\n');
    const telling = lines.filter((line) => /FATAL|PANIC|ERROR|HINT|DETAIL|error:/.test(line));
    return (telling.length > 0 ? telling : lines).slice(-5).join('\n');
  };
  return { handle, tail };
}
