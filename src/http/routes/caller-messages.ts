import { isSound } from '../../accountability/events/index.js';
import { setSourceOutgoing, testSourceOutgoing } from '../../channel/index.js';
import { readCase } from '../../cases/index.js';
import {
  changeTemplate,
  listTemplates,
  pendingMessages,
  placeholders,
  placeholdersOf,
  previewTemplate,
  secretPlaceholder,
  type EffectiveTemplate,
} from '../../channel/message/index.js';
import type { Language } from '../../sheet/index.js';
import type { callerMessageOperations } from '../contract/caller-message.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { assertSeen, forViewer, readAs } from '../sight.js';

export function callerMessageHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof callerMessageOperations> {
  const { occasions } = deps;
  const titleOf = (key: string): string => occasions.named(key)?.title ?? key;

  return {
    readCallerMessages: async ({ viewer, params: { no } }) => {
      await assertSeen(deps, viewer, no);
      const { trail } = await readCase(forViewer(deps, viewer), no);
      const waiting = await readAs(deps, viewer, (transaction) => pendingMessages(transaction, no));
      const settled = trail.flatMap((entry) => {
        if (!isSound(entry) || (entry.type !== 'caller.told' && entry.type !== 'caller.not-told')) return [];
        const { occasion, entry: of, way, source, language } = entry.body;
        return [
          {
            occasion: titleOf(occasion),
            entry: of,
            state: entry.type === 'caller.told' ? ('told' as const) : ('not-told' as const),
            at: entry.at,
            way,
            source,
            language: language as Language,
            text: entry.sealed['text'] ?? null,
            failure: entry.type === 'caller.not-told' ? entry.body.why : null,
          },
        ];
      });
      const items = [
        ...settled,
        ...waiting.map(({ occasion, createdAt, ...rest }) => ({
          ...rest,
          occasion: titleOf(occasion),
          state: 'waiting' as const,
          at: createdAt,
          way: null,
          source: null,
          text: null,
        })),
      ];
      return { items };
    },
    listMessageTemplates: async () => {
      const items = await listTemplates(deps);
      const values = deps.policies.at(deps.clock.now());
      return {
        occasions: occasions.all.map((one) => ({
          ...one,
          on: values.value(one.policy) === 'on',
          placeholders: placeholdersOf(one).map((name) => ({
            name,
            says: { ...placeholders, ...secretPlaceholder }[name],
          })),
        })),
        items: items.map(templateView),
      };
    },
    changeMessageTemplate: async ({ viewer, params, body: { basedOn, ...said } }) =>
      templateView(await changeTemplate(deps, { ...params, basedOn }, said, viewer.actor)),
    previewMessageTemplate: ({ body: { occasion, ...said } }) => ({
      ...previewTemplate(occasions, occasion, said),
    }),
    setSourceOutgoing: async ({ viewer, params: { id }, body: { address } }) => ({
      secret: await setSourceOutgoing(deps, id, address, viewer.actor),
    }),
    testSourceOutgoing: async ({ viewer, params: { id } }) => {
      const failure = await testSourceOutgoing(deps, id, viewer.actor);
      return { arrived: failure === undefined, failure: failure ?? null };
    },
  };
}

const templateView = ({ occasion, ...rest }: EffectiveTemplate) => ({ ...rest, occasion: occasion.key });
