/** Adds a message's files to its sheet after its words: each once, even if the program dies in between. */
import { Refusal } from '../kernel/index.js';
import type { SentFile } from './mapping.js';
import type { TakingDeps } from './ports.js';
import { knownMessage, noteFilesDone, type MessageKey } from './store/message-store.js';

/** Most files of one message that are examined; no sheet takes as many. */
const most = 50;

/** Milliseconds after the message during which a failure of ours is retried; later it is recorded as a refusal. */
const patience = 6 * 3_600_000;

/** @throws {Refusal} with status 500 and above, which must be retried */
export async function keepFiles(
  deps: TakingDeps,
  key: MessageKey,
  no: string,
  files: readonly SentFile[],
): Promise<void> {
  const { database, clock, vault } = deps;
  if (files.length === 0) return;
  const known = await database.transaction((transaction) => knownMessage(transaction, vault, key));
  if (!known || known.filesDone) return;
  const isLast = clock.now().getTime() - known.receivedAt.getTime() > patience;
  let failure: Refusal | undefined;
  // A file that must wait does not hold up the others.
  const over = files.length - most;
  const rest: SentFile = {
    name: `另外 ${over} 个文件`,
    content: Buffer.alloc(0),
    problem: `一件消息至多看 ${most} 个文件`,
  };
  for (const file of over > 0 ? [...files.slice(0, most), rest] : files) {
    try {
      await deps.attach(no, file, isLast);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      failure ??= error;
    }
  }
  if (failure) throw failure;
  await database.transaction((transaction) => noteFilesDone(transaction, key, clock.now()));
}
