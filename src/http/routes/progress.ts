import {
  addFromCaller,
  elementsIn,
  rateFromCaller,
  readCase,
  reissueCallerSecret,
  tellFromCaller,
  urgeFromCaller,
  type DefinitionReader,
} from '../../cases/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { progressOperations } from '../contract/progress.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import type { Origin } from '../gate.js';
import { assertSeen } from '../sight.js';
import { explanationRequested, mayDemand, mayView, progressView } from '../views/progress-view.js';

export function progressHandlers(
  deps: HttpDeps,
  reader: DefinitionReader,
): Pick<Handlers, keyof typeof progressOperations> {
  const { callers } = deps.identity;
  const prove = proverOf(deps);

  const progressOf = async (no: string) => {
    const view = await readCase(deps, no);
    return async (transaction: Transaction) => {
      const { catalogue } = await deps.catalogues.at(transaction, view.sheet.receivedAt);
      const elementsOf = await elementsIn(transaction, reader, view.trail);
      const asked = { now: deps.clock.now(), elementsOf, calendar: deps.calendar.current() };
      return progressView(
        view,
        deps.definitions,
        catalogue,
        { ...asked, occasions: deps.occasions },
        deps.laws.ofCase(view.file),
      );
    };
  };

  return {
    readProgress: async ({ body: { no, secret }, origin }) => {
      await prove('readProgress', no, secret, origin);
      return progressOf(no);
    },
    addFromCaller: async ({ body: { no, secret, text }, origin }) => {
      await prove('addFromCaller', no, secret, origin);
      await addFromCaller(deps, { no, text, way: 'page' });
      return progressOf(no);
    },
    urgeFromCaller: async ({ body: { no, secret }, origin }) => {
      await prove('urgeFromCaller', no, secret, origin);
      await urgeFromCaller(deps, no);
      return progressOf(no);
    },
    rateFromCaller: async ({ body: { no, secret, rating, comment }, origin }) => {
      await prove('rateFromCaller', no, secret, origin);
      await rateFromCaller(deps, no, { rating, comment });
      return progressOf(no);
    },
    demandExplanation: async ({ body: { no, secret, about }, origin }) => {
      await prove('demandExplanation', no, secret, origin);
      const view = await readCase(deps, no);
      const law = deps.laws.ofCase(view.file);
      if (!mayDemand(view, deps.definitions, law, deps.clock.now())) {
        throw new Refusal('caller-act.not-possible', '这件事不能在这里要求说明', {
          remedy: `${law.title}没有规定可以要求说明；有话要说的可以补充、催办，或者拨打 12345`,
        });
      }
      await tellFromCaller(
        deps,
        no,
        explanationRequested,
        about === undefined ? {} : { explanationWanted: about },
      );
      return progressOf(no);
    },
    withdrawFromCaller: async ({ body: { no, secret, reason }, origin }) => {
      await prove('withdrawFromCaller', no, secret, origin);
      const view = await readCase(deps, no);
      if (!mayView(view, deps.definitions, deps.laws.ofCase(view.file), deps.clock.now()).withdraw) {
        throw new Refusal('caller-act.not-possible', '这件事现在不能在这里撤回', {
          remedy: '已经登记、还没有办结的才可以；举报、有所指控的投诉不因撤回而终止；别的请拨打 12345',
        });
      }
      await tellFromCaller(deps, no, 'withdrawal-told', {
        withdrawalConfirmed: 'query-code',
        withdrawalReason: reason,
      });
      return progressOf(no);
    },
    reissueCallerSecret: async ({ params, viewer }) => {
      await assertSeen(deps, viewer, params.no);
      return {
        callerSecret: await reissueCallerSecret(
          { ...deps, issueIn: (transaction, no) => callers.issueIn(transaction, no) },
          params.no,
          viewer.actor,
        ),
      };
    },
  };
}

/** Verifies that a sheet is the caller's; a refusal is recorded. */
export const proverOf =
  ({ identity: { callers, refusals } }: Pick<HttpDeps, 'identity'>) =>
  async (operation: string, no: string, secret: string, { address }: Origin): Promise<void> => {
    await callers.prove(no, secret, address).catch(async (error: unknown) => {
      if (error instanceof Refusal) {
        await refusals.add({ actor: undefined, address, operation, of: no, code: error.code });
      }
      throw error;
    });
  };
