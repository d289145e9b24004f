import { parseInstant } from '../../kernel/instant.js';
import {
  addSource,
  assertMapping,
  changeSource,
  closeSource,
  dismissPutAside,
  filesIn,
  listSources,
  parseBody,
  readMessage,
  readPutAside,
  receiveMessage,
  registerPutAside,
  renewSource,
  type CountedSource,
  type Mapping,
} from '../../channel/index.js';
import { receivingWhole } from '../../cases/index.js';
import { basePath, Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { channelSourceOperations } from '../contract/channel-source.js';
import type { HttpDeps } from '../deps.js';
import { elsewhereNotice } from '../elsewhere-notice.js';
import type { Handlers } from '../dispatch.js';

export function channelSourceHandlers(given: HttpDeps): Pick<Handlers, keyof typeof channelSourceOperations> {
  const deps = { ...given, ...receivingWhole(given) };
  const one = (id: number) => async (transaction: Transaction) => {
    const found = (await listSources(transaction)).find((source) => source.id === id);
    if (!found)
      throw new Refusal('source.not-found', `没有编号为 ${id} 的来源`, { remedy: '从来源的清单里选' });
    return sourceView(found);
  };

  return {
    receiveChannelMessage: async ({ params: { key }, headers, body }) => {
      const outcome = await receiveMessage(deps, key, {
        id: headers['webhook-id'],
        timestamp: headers['webhook-timestamp'],
        signature: headers['webhook-signature'],
        token: headers['x-channel-token'],
        contentType: headers['content-type'] ?? '',
        body: Buffer.from(body),
      });
      const notice =
        outcome.status === 'accepted' ? (await elsewhereNotice(deps, outcome.workOrder)) || null : null;
      return { workOrder: null, callerSecret: null, reason: null, ...outcome, notice };
    },
    listChannelSources: async (_, transaction) => ({
      items: (await listSources(transaction)).map(sourceView),
    }),
    addChannelSource: async ({ viewer, body }) => {
      const { source, secret } = await addSource(
        deps,
        { ...body, mapping: saidIn(body.mapping) },
        viewer.actor,
      );
      return async (transaction) => ({ ...(await one(source.id)(transaction)), secret });
    },
    changeChannelSource: async ({ viewer, params: { id }, body }) => {
      await changeSource(deps, id, { ...body, mapping: saidIn(body.mapping) }, viewer.actor);
      return one(id);
    },
    renewChannelSource: async ({ viewer, params: { id }, body }) => ({
      secret: await renewSource(deps, id, body.proof, viewer.actor),
    }),
    closeChannelSource: async ({ viewer, params: { id } }) => {
      await closeSource(deps, id, viewer.actor);
      return one(id);
    },
    tryChannelMapping: async ({ body: { mapping, sample, form } }) => {
      const law = deps.laws.today();
      const said = saidIn(mapping);
      assertMapping(said, law);
      const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
      const parsed = await parseBody(Buffer.from(sample), type);
      if ('problem' in parsed) {
        return { problem: parsed.problem, messageId: null, sheet: null, files: [] };
      }
      const now = deps.clock.now();
      const reading = readMessage(said, parsed.message, now, law);
      const files = filesIn(said, parsed.message, now).map(({ name, content, problem = null }) => ({
        ...{ name, problem, bytes: content.length },
      }));
      const { messageId } = reading;
      return 'problem' in reading
        ? { problem: reading.problem, messageId, sheet: null, files }
        : { problem: null, messageId, sheet: reading.received, files };
    },
    listPutAside: async ({ query }) => ({ items: await readPutAside(deps, query) }),
    registerPutAside: async ({
      viewer,
      params: { id },
      body: { callerName, callerContact, externalNo, externalDue, ...body },
    }) => {
      const request = {
        ...body,
        callerName: callerName ?? null,
        callerContact: callerContact ?? null,
        externalNo: externalNo ?? null,
        externalDue: externalDue ? parseInstant(externalDue, 'end-of-day') : null,
        callerAddress: null,
        place: null,
        district: null,
        replyWanted: true,
        confidential: false,
        language: 'zh' as const,
        messagesWanted: true,
      };
      return registerPutAside(deps, id, request, viewer.actor);
    },
    dismissPutAside: async ({ viewer, params: { id }, body }) => {
      await dismissPutAside(deps, id, body.why, viewer.actor);
      return { id };
    },
  };
}

/** Fields that are mapped; the others are left out. */
const saidIn = (mapping: { readonly [Field in keyof Mapping]?: string | undefined }): Mapping =>
  Object.fromEntries(Object.entries(mapping).filter(([, text]) => text !== undefined));

function sourceView({ key, ...rest }: CountedSource) {
  const mapping = rest.mapping as Mapping & { readonly content: string; readonly kind: string };
  return { ...rest, mapping, address: addressOf(rest.proof, key) };
}

function addressOf(proof: CountedSource['proof'], key: string): string | null {
  if (proof === 'mailbox') return null;
  return `${basePath()}${proof === 'api-key' ? '/open311/v2/requests.json' : `/api/channels/${key}/messages`}`;
}
