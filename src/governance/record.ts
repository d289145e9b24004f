/** Every act on a draft stands twice, in one transaction: in its thread and in the trail of its process. */
import type { Trail } from '../accountability/index.js';
import type { JsonObject } from '../kernel/index.js';
import type { Transaction } from '../persistence/index.js';
import type { ActName, Draft, Person } from './draft.js';
import { addAct } from './store/draft-store.js';

export async function record(
  trail: Trail,
  transaction: Transaction,
  draft: Pick<Draft, 'id' | 'key' | 'revision' | 'sha256' | 'submission'>,
  act: {
    readonly act: ActName;
    readonly by: Person;
    readonly at: Date;
    readonly text?: string | null;
    readonly element?: string | null;
    /** More that the trail shall say. */
    readonly body?: JsonObject;
  },
): Promise<void> {
  await addAct(transaction, draft, act);
  const { id, revision, sha256 } = draft;
  await trail.append(transaction, [
    {
      stream: `definition:${draft.key}`,
      type: `draft.${act.act}`,
      at: act.at,
      body: {
        draft: id,
        revision,
        sha256,
        actor: act.by.actor,
        ...(act.text == null ? {} : { reason: act.text }),
        ...(act.element == null ? {} : { element: act.element }),
        ...act.body,
      },
    },
  ]);
}
