/** Accepts what came by a channel: the sheet is opened as the source gave it, and waits to be registered. */
import { civilDateOf } from '../../kernel/civil-date.js';
import type { ChannelsDeps } from '../../channel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { checkedPlace } from '../../sheet/index.js';
import { districtAt } from '../../sheet/districts/index.js';
import { acceptIntake, type IntakeDeps } from './accept-intake.js';
import { linkUpstream } from '../upstream/link-upstream.js';

export interface ReceivingDeps extends IntakeDeps {
  /** Creates the caller's secret and stores its hash. */
  readonly identity: IntakeDeps['identity'] & {
    readonly callers: { issueIn(transaction: Transaction, no: string): Promise<string> };
  };
}

export const acceptReceived =
  (deps: ReceivingDeps): ChannelsDeps['accept'] =>
  async (transaction, request, actor) => {
    const receivedAt = deps.clock.now();
    const { place: address, point, class: code, source, externalDue, ...rest } = request;
    const place = await checkedPlace(
      { address, point },
      request,
      (at) => districtAt(transaction, at),
      deps.laws.today(),
    );
    const [no = ''] = await deps.sheets.nextNumbers(transaction, civilDateOf(receivedAt), 1);
    await acceptIntake(
      deps,
      transaction,
      {
        ...{ ...rest, no, realm: 'live', place, receivedAt },
        district: rest.district ?? (place?.within || null),
      },
      { class: code, answers: {}, performer: { actor, does: () => false } },
    );
    if (rest.externalNo !== null) {
      const { externalNo: number } = rest;
      await linkUpstream(deps, transaction, { no, source, number, due: externalDue, actor });
    }
    return { workOrder: no, callerSecret: await deps.identity.callers.issueIn(transaction, no) };
  };
