/** Asks witnesses to co-sign the latest checkpoint, and stores their signatures. */
import { Refusal } from '../../kernel/index.js';
import type { Database } from '../../platform/database/index.js';
import { latestCheckpoint, type Checkpoint } from '../store/checkpoint-store.js';
import { lastCosigned, saveCosignature } from '../store/cosignature-store.js';
import { cosignatureIn } from './cosignature.js';
import type { Witness } from './policy.js';
import { witnessRequest } from './request.js';

export interface WitnessDeps {
  readonly database: Database;
  readonly witnesses: readonly Witness[];
  /** Called with the reason if a witness does not co-sign; the other witnesses are asked all the same. */
  readonly onError: (error: unknown) => void;
}

/** Timeout per witness in milliseconds. */
const patience = 5000;

/** Asks the reachable witnesses that have not co-signed the latest checkpoint yet. @returns how many co-signed */
export async function askWitnesses({ database, witnesses, onError }: WitnessDeps): Promise<number> {
  const outcomes = await Promise.all(
    witnesses.map((witness) =>
      askOne(database, witness).catch((error: unknown) => {
        onError(error);
        return false;
      }),
    ),
  );
  return outcomes.filter(Boolean).length;
}

async function askOne(database: Database, witness: Witness): Promise<boolean> {
  if (witness.url === undefined) return false;
  let old = await database.transaction((transaction) => lastCosigned(transaction, witness.vkey));
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const asked = await requestFor(database, old);
    if (asked === undefined || (attempt === 0 && asked.checkpoint.size === old)) return false;
    const response = await fetch(`${witness.url}/add-checkpoint`, {
      method: 'POST',
      body: asked.body,
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
    const answer = (await response.text()).slice(0, 10_000);
    if (response.status === 409 && /^\d{1,15}\n$/.test(answer) && Number(answer) !== old) {
      // The witness has seen another size than the one recorded here.
      old = Number(answer);
      continue;
    }
    if (response.status !== 200) throw declined(witness, `${response.status} ${answer.trim()}`);
    await keep(database, witness, asked.checkpoint, answer);
    return true;
  }
  throw declined(witness, '它所见过的检查点一直在变');
}

async function requestFor(database: Database, old: number) {
  return database.transaction(async (transaction) => {
    await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
    const checkpoint = await latestCheckpoint(transaction);
    if (!checkpoint) return undefined;
    if (old > checkpoint.size) {
      throw new Refusal('trail.witness', `见证人已联署到 ${old} 条，本系统只签到 ${checkpoint.size} 条`, {
        remedy: '轨迹变短了：是不是恢复了旧的备份？先查明，再与见证人商定',
      });
    }
    return { checkpoint, body: await witnessRequest(transaction, checkpoint, old) };
  });
}

/** @throws {Refusal} `trail.witness` if the answer holds no valid signature of this witness over the checkpoint */
async function keep(
  database: Database,
  witness: Witness,
  checkpoint: Checkpoint,
  answer: string,
): Promise<void> {
  const cosignature = cosignatureIn(answer, witness, checkpoint.note);
  if (!cosignature) throw declined(witness, '答复里没有它对这个检查点的有效联署');
  await database.transaction((transaction) => saveCosignature(transaction, checkpoint.size, cosignature));
}

const declined = ({ name }: Witness, what: string): Refusal =>
  new Refusal('trail.witness', `见证人 ${name} 没有联署：${what}`, {
    remedy: '核对见证人是否在运行、它认的是不是本系统的公钥',
  });

/**
 * The request for an offline witness, to be carried there as a file.
 *
 * @param old size that the witness last co-signed, if it differs from the recorded one
 * @throws {Refusal} `trail.witness` before the first checkpoint
 */
export async function cosignatureRequest(
  database: Database,
  witness: Witness,
  old?: number,
): Promise<string> {
  const last = old ?? (await database.transaction((transaction) => lastCosigned(transaction, witness.vkey)));
  const asked = await requestFor(database, last);
  if (!asked) throw new Refusal('trail.witness', '还没有签过检查点', { remedy: '先启动系统' });
  return asked.body;
}

/** Accepts an offline witness's answer to any of our checkpoints. @throws {Refusal} `trail.witness` */
export async function acceptCosignature(
  database: Database,
  witness: Witness,
  request: string,
  answer: string,
) {
  const size = Number(/\n\n[^\n]+\n(\d{1,15})\n/.exec(request)?.[1] ?? Number.NaN);
  const checkpoint = Number.isSafeInteger(size)
    ? await database.transaction((transaction) => latestCheckpoint(transaction, size))
    : undefined;
  if (checkpoint?.size !== size || !request.endsWith(checkpoint.note)) {
    throw new Refusal('trail.witness', '请求文件不是本系统开出的', { remedy: '给出当时写出的那一份' });
  }
  await keep(database, witness, checkpoint, answer);
  return checkpoint;
}
