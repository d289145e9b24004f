/**
 * Adds a file to a sheet. The file is stored first, then row and entry in one transaction; a
 * failure leaves nothing behind.
 */
import { randomUUID } from 'node:crypto';
import {
  attachmentsOf,
  fileName,
  forgetLeftovers,
  insertAttachment,
  lockAttachments,
  nameWithEnding,
  noteLeftovers,
  type Attachment,
  type Shows,
} from '../../sheet/attachment/index.js';
import { Refusal } from '../../kernel/index.js';
import { hotlineTitle, restingOn } from '../../kernel/law.js';
import type { Transaction } from '../../platform/database/index.js';
import { amendCase, caseOf } from '../amend-case.js';
import type { Using } from '../parts.js';

export type AddDeps = Using<'attachments' | 'clock' | 'database' | 'executor' | 'laws' | 'vault'>;

interface AttachmentOrder {
  readonly no: string;
  /** The sender's file name; it is shortened and cleaned. */
  readonly name: string;
  readonly shows: Shows;
  /** Undefined if the caller sent the file. */
  readonly actor: string | undefined;
  readonly source: AsyncIterable<Buffer>;
  /** Size in bytes, if the sender declares it. */
  readonly declared: number | undefined;
}

const day = 86_400_000;

/**
 * @returns the attachment, and whether the same file was there before
 * @throws {Refusal} `case.not-found`, `attachment.too-many` and those of `AttachmentKeeper.take`
 */
export async function addAttachment(
  deps: AddDeps,
  order: AttachmentOrder,
): Promise<{ readonly attachment: Attachment; readonly isNew: boolean }> {
  const { attachments, clock, database, vault } = deps;
  const id = randomUUID();
  await database.transaction(async (transaction) => {
    assertRoom(deps, order, await attachmentsOf(transaction, vault, order.no), order.declared ?? 1);
    // If this program dies before the row is written, another program removes the files.
    await noteLeftovers(transaction, [id], new Date(clock.now().getTime() + day));
  });
  const taken = await attachments.take(id, order.source, order.declared);
  try {
    const kept = await database.transaction(async (transaction) => {
      await lockAttachments(transaction, order.no);
      const there = await attachmentsOf(transaction, vault, order.no);
      const same = there.find(({ receivedSha256 }) => receivedSha256 === taken.receivedSha256);
      if (same) return { attachment: same, isNew: false };
      assertRoom(deps, order, there, taken.keptBytes);
      const { ending, ...rest } = taken;
      const attachment: Attachment = {
        ...rest,
        workOrder: order.no,
        shows: order.shows,
        name: nameWithEnding(fileName(order.name), ending),
        addedAt: clock.now(),
        addedBy: order.actor ?? null,
      };
      await insertAttachment(transaction, vault, attachment);
      await forgetLeftovers(transaction, [id]);
      await record(deps, transaction, attachment);
      return { attachment, isNew: true };
    });
    if (!kept.isNew) await attachments.drop(id);
    return kept;
  } catch (error) {
    await attachments.drop(id);
    throw error;
  }
}

async function record(deps: AddDeps, transaction: Transaction, one: Attachment): Promise<void> {
  const file = await caseOf(deps, transaction, one.workOrder);
  await amendCase(deps, transaction, file, {
    at: one.addedAt,
    type: 'attachment.added',
    body: {
      attachment: one.id,
      shows: one.shows,
      mediaType: one.mediaType,
      receivedBytes: one.receivedBytes,
      receivedSha256: one.receivedSha256,
      keptBytes: one.keptBytes,
      keptSha256: one.keptSha256,
      provisions: restingOn('sheet', deps.laws.ofCase(file)),
    },
    actor: one.addedBy ?? '来电人',
  });
}

function assertRoom(
  { attachments: { limits }, laws }: AddDeps,
  { actor }: Pick<AttachmentOrder, 'actor'>,
  there: readonly Attachment[],
  bytes: number,
): void {
  const held = there.reduce((sum, { keptBytes }) => sum + keptBytes, 0);
  const ofCaller = there.filter(({ addedBy }) => addedBy === null).length;
  const full = (why: string): Refusal =>
    new Refusal('attachment.too-many', why, {
      remedy: `挑要紧的传；确需更多的，由${hotlineTitle(laws.today())}另行收取`,
    });
  if (actor === undefined && ofCaller >= limits.mostOfCaller)
    throw full(`来电人至多传 ${limits.mostOfCaller} 个文件`);
  if (there.length >= limits.most) throw full(`一张工单至多 ${limits.most} 个附件`);
  if (held + bytes > limits.perSheet)
    throw full(`一张工单的附件合计至多 ${Math.floor(limits.perSheet / 1024 / 1024)} MiB`);
}
