import {
  checkApart,
  compareApart,
  currentCheckContext,
  currentLawWords,
} from '../../design/checking/index.js';
import { tryProposals } from '../../cases/index.js';
import type { checkOperations } from '../contract/check.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';

export function checkHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof checkOperations> {
  return {
    readCheckContext: async () => {
      const context = await currentCheckContext(deps);
      return { ...context, law: { ...context.law } };
    },
    checkDiagram: async ({ body: { source } }) => {
      const { publishable, findings } = await checkApart(source, await currentCheckContext(deps));
      return { publishable, findings };
    },
    tryProposals: async ({ body: { source } }) => {
      const { moves, ...counts } = await tryProposals(deps, source);
      return { ...counts, moves };
    },
    compareDiagrams: async ({ body: { before, after } }) => ({
      changes: await compareApart(before, after, await currentLawWords(deps), deps.laws.today()),
    }),
  };
}
