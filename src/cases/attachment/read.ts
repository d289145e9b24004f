/** Decides who sees a sheet's files, and proves that a file is the recorded one. */
import { createHash } from 'node:crypto';
import type { Trail } from '../../accountability/index.js';
import { attachmentsOf, type Attachment } from '../../sheet/attachment/index.js';
import { loadCasesByKey } from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Database, Transaction } from '../../platform/database/index.js';
import { withheldFrom, type Reader, type Withheld } from '../personal-data/withheld.js';
import { unknownCase } from '../read-case.js';
import { refusedFiles, type RefusedFile } from './refused.js';
import type { Using } from '../parts.js';

interface ReadDeps extends Using<'laws' | 'sheets' | 'trail' | 'vault'> {
  /** Access with the reader's rights. */
  readonly database: Database;
}

interface SeenAttachments {
  readonly items: readonly Attachment[];
  /** Files that came with a message and were refused. */
  readonly refused: readonly RefusedFile[];
  /** Why some files are missing from the list: they may show who called. */
  readonly withheld: Withheld | undefined;
}

/**
 * Whoever may see the sheet may see its files, with two exceptions: units do not see the caller's
 * files if the caller asked for confidentiality, and recused people see none.
 *
 * @throws {Refusal} `case.not-found`
 */
export async function listAttachments(
  { database, laws, sheets, trail, vault }: ReadDeps,
  reader: Reader,
  no: string,
): Promise<SeenAttachments> {
  return database.transaction(async (transaction) => {
    const sheet = await sheets.find(transaction, no);
    const file = (await loadCasesByKey(transaction, [no])).get(no);
    if (!sheet || !file) throw unknownCase(no, laws.today());
    const withheld = withheldFrom(reader, sheet, file, laws.ofCase(file));
    const there = await attachmentsOf(transaction, vault, no);
    const isRecused = withheld?.recused === true;
    const refused = withheld ? [] : await refusedFiles({ trail }, transaction, no);
    return {
      refused,
      withheld,
      items: isRecused ? [] : there.filter(({ shows }) => !withheld || shows !== 'matter'),
    };
  });
}

/** @throws {Refusal} `attachment.not-found` */
export function attachmentAmong(items: readonly Attachment[], id: string): Attachment {
  const found = items.find((one) => one.id === id);
  if (found) return found;
  throw new Refusal('attachment.not-found', '没有这个附件，或者您不能看', {
    remedy: '刷新工单页，看现在有哪些附件',
  });
}

type ProofDeps = Using<'attachments' | 'database' | 'trail'>;

/**
 * Returns the file after checking that all of it is what the trail recorded.
 *
 * @throws {Refusal} `attachment.missing`, `attachment.altered`
 */
export async function provenContent(deps: ProofDeps, one: Attachment): Promise<AsyncIterable<Buffer>> {
  await proveContent(deps, one);
  return deps.attachments.open(one, 'content');
}

/** @throws {Refusal} like `provenContent` */
export async function proveContent(deps: ProofDeps, one: Attachment): Promise<void> {
  const recorded = await deps.database.transaction((transaction) =>
    recordedHash(deps.trail, transaction, one),
  );
  if (recorded !== one.keptSha256) throw deps.attachments.altered(one);
  const hash = createHash('sha256');
  for await (const piece of await deps.attachments.open(one, 'content')) hash.update(piece);
  if (hash.digest('hex') !== recorded) throw deps.attachments.altered(one);
}

/** A sequence number larger than that of any trail. */
const last = 2_147_483_647;

async function recordedHash(
  trail: Trail,
  transaction: Transaction,
  { workOrder, id }: Attachment,
): Promise<string | undefined> {
  for (const entry of await trail.between(transaction, [[workOrder, 1, last]])) {
    if (entry.type === 'attachment.added' && entry.body.attachment === id) return entry.body.keptSha256;
  }
  return undefined;
}
