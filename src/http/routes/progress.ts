import { readCase, reissueCallerSecret } from '../../casework/index.js';
import { Refusal } from '../../kernel/index.js';
import type { progressOperations } from '../contract/progress.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { assertSeen } from '../sight.js';
import { progressView } from '../views/progress-view.js';

export function progressHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof progressOperations> {
  const { callers, refusals } = deps.identity;
  return {
    readProgress: async ({ body: { no, secret }, origin: { address } }) => {
      await callers.prove(no, secret, address).catch(async (error: unknown) => {
        if (error instanceof Refusal) {
          await refusals.add({
            actor: undefined,
            address,
            operation: 'readProgress',
            of: no,
            code: error.code,
          });
        }
        throw error;
      });
      const view = await readCase(deps, no);
      const { catalogue } = await deps.database.transaction((transaction) =>
        deps.catalogues.at(transaction, view.sheet.receivedAt),
      );
      return { status: 200, body: progressView(view, deps.definitions, catalogue) };
    },
    reissueCallerSecret: async ({ params, viewer }) => {
      await assertSeen(deps, viewer, params.no);
      return {
        status: 201,
        body: {
          callerSecret: await reissueCallerSecret(
            { ...deps, issueIn: (transaction, no) => callers.issueIn(transaction, no) },
            params.no,
            viewer.actor,
          ),
        },
      };
    },
  };
}
