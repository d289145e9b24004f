import { saveOtherChannels } from '../../cases/index.js';
import { otherChannels, otherChannelsInForce } from '../../sheet/classification/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { otherChannelOperations } from '../contract/other-channel.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';

export function otherChannelHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof otherChannelOperations> {
  const table = () => (transaction: Transaction) => otherChannelsInForce(transaction, deps.laws.today());
  return {
    readOtherChannels: table,
    saveOtherChannels: async ({ viewer, body }) => {
      const { error } = otherChannels(deps.laws.today().intake.procedures).safeParse(body.channels);
      const [fault] = error?.issues ?? [];
      if (fault) {
        throw new Refusal('input.invalid', fault.message, {
          where: ['channels', ...fault.path].map(String).join('.'),
          remedy: '标识、名称各只写一次',
        });
      }
      await saveOtherChannels(deps, { ...body, actor: viewer.actor });
      return table();
    },
  };
}
