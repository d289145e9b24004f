/** Handles the parts of a message besides a new matter: files, and additions to an existing matter. */
import type { ChannelsDeps, TakingDeps } from '../../channel/index.js';
import { loadCasesByKey } from '../../engine/index.js';
import { Refusal } from '../../kernel/index.js';
import { sheetOfMessage } from '../../channel/message/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { addAttachment, type AddDeps } from '../attachment/add.js';
import { noteRefusedFile } from '../attachment/refused.js';
import { accept, type AcceptDeps } from '../accept.js';
import { addFromCallerIn, type CallerDeps } from '../caller/acts.js';

type Deps = AcceptDeps & CallerDeps & AddDeps;

/** A number assigned by the source makes the source an upstream hotline. */
export const acceptReceived =
  (deps: AcceptDeps): ChannelsDeps['accept'] =>
  async (
    transaction,
    { place: address, point, source, externalNo: number, externalDue: due, ...said },
    actor,
  ) => {
    const upstream = number === null ? undefined : { source, number, due };
    const matter = { ...said, place: { address, point } };
    const { no, callerSecret } = await accept(deps, transaction, matter, { actor, upstream });
    return { workOrder: no, callerSecret };
  };

export const receivingWhole = (deps: Deps): Pick<TakingDeps, 'accept' | 'attach' | 'add' | 'threadOf'> => ({
  accept: acceptReceived(deps),
  attach: async (no, { name, content, problem }, isLast) => {
    const source = one(content);
    try {
      if (problem !== undefined) throw new Refusal('input.invalid', problem);
      await addAttachment(deps, {
        ...{ no, shows: 'matter', actor: undefined, name, source, declared: content.length },
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.status >= 500 && !isLast) throw error;
      await noteRefusedFile(deps, { no, name, content, refusal: error });
    }
  },
  add: async (transaction, no, text) => {
    await addFromCallerIn(deps, transaction, { no, text, way: 'mail' });
  },
  threadOf: async (transaction, { messages, sheets }, sender) => {
    const ofMessages: string[] = [];
    for (const message of messages) {
      const no = await sheetOfMessage(transaction, message);
      if (no !== undefined) ofMessages.push(no);
    }
    const found = await Promise.all(
      [...new Set([...ofMessages, ...sheets])].map((no) => continued(deps, transaction, no, sender)),
    );
    const there = found.filter((each) => each !== undefined);
    return there.find(({ isCallers }) => isCallers) ?? there[0];
  },
});

async function continued({ sheets }: Deps, transaction: Transaction, no: string, sender: string) {
  const sheet = await sheets.find(transaction, no);
  const file = (await loadCasesByKey(transaction, [no])).get(no);
  if (!sheet || file?.realm !== 'live') return undefined;
  const isCallers = sender !== '' && sheet.callerContact?.trim().toLowerCase() === sender.toLowerCase();
  return { no, isOpen: file.endedAt === null, isCallers };
}

async function* one(content: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(content);
}
