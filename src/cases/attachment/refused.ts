/** Files that came with a message and were refused. The sheet lists each of them once. */
import { createHash } from 'node:crypto';
import { isSound } from '../../accountability/events/index.js';
import { fileName } from '../../sheet/attachment/index.js';
import { seal, type Refusal } from '../../kernel/index.js';
import { restingOn } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { amendCase, caseOf } from '../amend-case.js';
import { unknownCase } from '../read-case.js';
import type { Using } from '../parts.js';

type RefusedDeps = Using<'clock' | 'database' | 'executor' | 'laws' | 'sheets' | 'trail'>;

export interface RefusedFile {
  /** Null once the name is erased. */
  readonly name: string | null;
  readonly at: Date;
  readonly why: string;
}

export async function noteRefusedFile(
  deps: RefusedDeps,
  file: {
    readonly no: string;
    readonly name: string;
    readonly content: Buffer;
    readonly refusal: Refusal;
  },
): Promise<void> {
  const { no, name, content, refusal } = file;
  // A file without content is identified by its name.
  const identity = content.length > 0 ? content : name;
  const receivedSha256 = createHash('sha256').update(identity).digest('hex');
  await deps.database.transaction(async (transaction) => {
    if (!(await deps.sheets.lock(transaction, no))) throw unknownCase(no, deps.laws.today());
    const there = await trailOf(deps, transaction, no);
    if (there.some((entry) => refusedIn(entry)?.sha256 === receivedSha256)) return;
    const found = await caseOf(deps, transaction, no);
    await amendCase(deps, transaction, found, {
      type: 'attachment.refused',
      body: {
        code: refusal.code,
        why: refusal.message,
        receivedBytes: content.length,
        receivedSha256,
        provisions: restingOn('sheet', deps.laws.ofCase(found)),
      },
      sealed: [seal('name', fileName(name))],
      actor: '系统',
    });
  });
}

type Entry = Awaited<ReturnType<typeof trailOf>>[number];

const trailOf = async ({ trail }: Pick<RefusedDeps, 'trail'>, transaction: Transaction, no: string) =>
  (await trail.read(transaction, [no])).get(no) ?? [];

function refusedIn(entry: Entry): (RefusedFile & { readonly sha256: string }) | undefined {
  if (!isSound(entry) || entry.type !== 'attachment.refused') return undefined;
  const { why, receivedSha256: sha256 } = entry.body;
  return { name: entry.sealed.name ?? null, at: entry.at, why, sha256 };
}

/** Oldest first. */
export async function refusedFiles(
  deps: Pick<RefusedDeps, 'trail'>,
  transaction: Transaction,
  no: string,
): Promise<readonly RefusedFile[]> {
  return (await trailOf(deps, transaction, no)).flatMap((entry) => refusedIn(entry) ?? []);
}
