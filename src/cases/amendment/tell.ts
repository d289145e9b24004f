/** Notifies people of an act on an amendment: approvers that it awaits them, editors of the decision. */
import { addToInboxes } from '../../channel/notification/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Person } from '../../law/two-person/index.js';
import { approversNeeded, type Amendment, type AmendmentAct } from '../../law/regulation/index.js';

interface Told {
  readonly act: Exclude<AmendmentAct, 'save'>;
  readonly by: Person;
  readonly at: Date;
  /** The stream and the number of the entry that records the act. */
  readonly stream: string;
  readonly seq: number;
}

const approvers = 'role:compliance-approver';

/** @param amendment its state before the act */
export async function tellOf(
  transaction: Transaction,
  amendment: Amendment,
  { act, by, at, ...entry }: Told,
): Promise<void> {
  const { to, title, text } = words(amendment, act, by.actor);
  const notices = to
    .filter((recipient) => recipient !== `person:${by.login}`)
    .map((recipient) => ({
      ...{ ...entry, recipient, title, text, at },
      ...{ element: `amendment:${amendment.id}`, level: null, article: null },
    }));
  await addToInboxes(transaction, notices, at);
}

function words(
  { title, inForceFrom, state, editors, approvers: given }: Amendment,
  act: Told['act'],
  actor: string,
): { readonly to: readonly string[]; readonly title: string; readonly text: string } {
  const authors = editors.map(({ login }) => `person:${login}`);
  const approval = given.length + 1;
  switch (act) {
    case 'submit':
      return {
        to: [approvers],
        title: '等待批准：条例的修改',
        text: `${actor}提交了“${title}”，自 ${inForceFrom} 起施行，须 ${approversNeeded} 人批准。`,
      };
    case 'approve':
      return {
        to: authors,
        title: approval < approversNeeded ? '一人已批准：条例的修改' : '已批准：条例的修改',
        text:
          approval < approversNeeded
            ? `${actor}批准了“${title}”，还须 ${approversNeeded - approval} 人批准。`
            : `${actor}批准了“${title}”，自 ${inForceFrom} 起施行。`,
      };
    case 'reject':
      return {
        to: authors,
        title: '未批准：条例的修改',
        text: `${actor}没有批准“${title}”。意见见这项修改的“经过”。`,
      };
    case 'withdraw':
      return {
        to: state === 'submitted' ? [...authors, approvers] : authors,
        title: '已撤回：条例的修改',
        text: `${actor}撤回了“${title}”。`,
      };
  }
}
