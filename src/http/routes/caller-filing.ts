import { civilDateOf } from '../../kernel/civil-date.js';
import { addAttachment, askPublicKnowledge, challenge, channelsSaid, fileMatter } from '../../cases/index.js';
import { otherChannelsInForce, readForeignWords } from '../../sheet/classification/index.js';
import type { callerFilingOperations } from '../contract/caller-filing.js';
import type { HttpDeps } from '../deps.js';
import { Reply, type Handlers } from '../dispatch.js';
import { proverOf } from './progress.js';

const mostAnswers = 10;

export function callerFilingHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof callerFilingOperations> {
  const prove = proverOf(deps);
  const { limits } = deps.attachments;
  const foreignWords = readForeignWords();
  return {
    readCallerFiling: async () => ({
      filing: deps.filing.filing,
      challenge: deps.filing.filing ? await challenge(deps) : null,
      mostFiles: limits.mostOfCaller,
      bytesPerFile: limits.perFile,
    }),
    searchPublicKnowledge: async ({ body: { question }, origin: { address } }) => {
      await deps.identity.callers.assertMayAsk(address);
      const today = civilDateOf(deps.clock.now());
      return { items: await askPublicKnowledge(deps, question, today, mostAnswers) };
    },
    readElsewhere: async (_, transaction) => {
      const { channels } = await otherChannelsInForce(transaction, deps.laws.today());
      const words = channels.flatMap((one) => one.words);
      const foreign = foreignWords
        .map(({ means, en, fr, ru, de }) => ({
          means: means.filter((meant) => words.some((word) => meant.includes(word))),
          words: [...en, ...fr, ...ru, ...de],
        }))
        .filter(({ means }) => means.length > 0);
      return { channels, foreign };
    },
    fileMatter: async ({ body: { work, once, ...given }, origin: { address } }) => {
      const { title, place, district, callerName, callerContact, ...rest } = given;
      const matter = {
        ...rest,
        title: title ?? null,
        place: place ?? null,
        district: district ?? null,
        callerName: callerName ?? null,
        callerContact: callerContact ?? null,
      };
      const { isNew, ...filed } = await fileMatter(deps, matter, {
        ...{ key: once, work, address },
      });
      return async (transaction) => {
        const sheet = await deps.sheets.find(transaction, filed.no);
        const { found } = await channelsSaid(deps, transaction, matter);
        const receivedAt = sheet?.receivedAt ?? deps.clock.now();
        const elsewhere = found.map(({ channel }) => channel);
        return new Reply(isNew ? 201 : 200, { ...filed, receivedAt, elsewhere });
      };
    },
    addCallerFile: async ({ headers, body, origin }) => {
      const no = headers['x-work-order'];
      await prove('addCallerFile', no, headers['x-caller-secret'], origin);
      const { attachment, isNew } = await addAttachment(deps, {
        ...{ no, shows: 'matter', actor: undefined, name: headers['x-file-name'] },
        ...{ source: body.source, declared: body.declared },
      });
      return new Reply(isNew ? 201 : 200, { name: attachment.name, bytes: attachment.keptBytes });
    },
  };
}
