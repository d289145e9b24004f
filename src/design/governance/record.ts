/** Records an act on a draft in its thread and in the trail, and notifies the people concerned, in one transaction. */
import type { Trail } from '../../accountability/index.js';
import type { Clock, JsonObject } from '../../kernel/index.js';
import { addToInboxes } from '../../channel/notification/index.js';
import { insert, type Transaction } from '../../platform/database/index.js';
import type { Person } from '../../law/two-person/index.js';
import type { ActName, Draft } from './draft.js';
import { actEntity } from './store/draft-store.js';

interface Recorded {
  readonly act: ActName;
  readonly by: Person;
  readonly at: Date;
  readonly text?: string | null;
  readonly element?: string | null;
  /** Additional content of the entry. */
  readonly body?: JsonObject;
  readonly tells?: { readonly to: readonly string[]; readonly title: string; readonly text: string };
}

export async function record(
  { trail, clock }: { readonly trail: Trail; readonly clock: Clock },
  transaction: Transaction,
  draft: Pick<Draft, 'id' | 'key' | 'revision' | 'sha256' | 'submission'>,
  { tells, ...act }: Recorded,
): Promise<void> {
  const { id, revision, sha256, submission } = draft;
  const { by, body, ...said } = act;
  const { login, actor } = by;
  await insert(transaction, actEntity, { draft: id, revision, sha256, submission, login, actor, ...said });
  const stream = `definition:${draft.key}`;
  const bookmarks = await trail.append(transaction, [
    {
      stream,
      type: `draft.${act.act}`,
      at: act.at,
      body: {
        draft: id,
        revision,
        sha256,
        actor,
        login,
        ...(!act.text ? {} : { reason: act.text }),
        ...(!act.element ? {} : { element: act.element }),
        ...body,
      },
    },
  ]);
  const bookmark = bookmarks.get(stream);
  if (!tells || bookmark === undefined) return;
  const seq = trail.numberOf(bookmark);
  const { to, title, text } = tells;
  await addToInboxes(
    transaction,
    to
      .filter((recipient) => recipient !== `person:${login}`)
      .map((recipient) => ({
        stream,
        seq,
        element: `draft:${id}`,
        recipient,
        level: null,
        title,
        text,
        article: null,
        at: act.at,
      })),
    clock.now(),
  );
}
