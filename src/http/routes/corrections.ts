import { hotlineTitle, sheetTitle } from '../../kernel/law.js';
import { correctSheet, type DefinitionReader } from '../../cases/index.js';
import { Refusal } from '../../kernel/index.js';
import type { correctionOperations } from '../contract/correction.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { assertSeen } from '../sight.js';
import type { CaseViews } from '../views/case-view.js';

export function correctionHandlers(
  deps: HttpDeps,
  views: CaseViews,
  reader: DefinitionReader,
): Pick<Handlers, keyof typeof correctionOperations> {
  return {
    correctWorkOrder: async ({ viewer, params: { no }, body: { basedOn, reason, answers, ...changes } }) => {
      await assertSeen(deps, viewer, no);
      if (viewer.sight.kind !== 'all') {
        const law = deps.laws.today();
        const hotline = hotlineTitle(law);
        throw new Refusal('access.denied', `${sheetTitle(law)}由${hotline}更正`, {
          remedy: `告知${hotline}哪一项写错了，应当怎样写`,
        });
      }
      await correctSheet({ ...deps, reader }, { no, basedOn, reason, changes, answers, actor: viewer.actor });
      return views.afterAct(no, viewer);
    },
  };
}
