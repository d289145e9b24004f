/** Checks for operators and auditors whether every stored file is still the one that the trail recorded. */
import { attachmentsAfter, type Attachment } from '../../sheet/attachment/index.js';
import { Refusal } from '../../kernel/index.js';
import { proveContent } from './read.js';
import type { Using } from '../parts.js';

type Deps = Using<'attachments' | 'database' | 'trail' | 'vault'>;

export interface Verified {
  readonly checked: number;
  readonly findings: readonly {
    readonly workOrder: string;
    readonly attachment: string;
    /** `attachment.missing` or `attachment.altered`. */
    readonly code: string;
    readonly what: string;
  }[];
}

const page = 100;

/**
 * Reads every file; files erased meanwhile are skipped.
 *
 * @throws {Refusal} `attachment.store-failed` if the store itself does not answer
 */
export async function verifyAttachments(
  deps: Deps,
  onProgress: (checked: number) => void = () => undefined,
): Promise<Verified> {
  const findings: Verified['findings'][number][] = [];
  let checked = 0;
  let after = '';
  for (;;) {
    const some = await deps.database.transaction((transaction) =>
      attachmentsAfter(transaction, deps.vault, after, page),
    );
    for (const one of some) {
      const fault = await faultOf(deps, one);
      if (fault)
        findings.push({
          workOrder: one.workOrder,
          attachment: one.id,
          code: fault.code,
          what: fault.message,
        });
      onProgress(++checked);
    }
    const last = some.at(-1);
    if (!last) return { checked, findings };
    after = last.id;
  }
}

async function faultOf(deps: Deps, one: Attachment): Promise<Refusal | undefined> {
  try {
    await proveContent(deps, one);
    if (one.thumbnailBytes !== null) for await (const _ of await deps.attachments.open(one, 'thumbnail'));
    return undefined;
  } catch (error) {
    if (!(error instanceof Refusal) || !/^attachment\.(missing|altered)$/.test(error.code)) throw error;
    return error;
  }
}
