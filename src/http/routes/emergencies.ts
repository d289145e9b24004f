import { settleEmergency } from '../../cases/index.js';
import type { emergencyOperations } from '../contract/emergency-operations.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { assertSeen } from '../sight.js';
import type { CaseViews } from '../views/case-view.js';

export function emergencyHandlers(
  deps: HttpDeps,
  views: CaseViews,
): Pick<Handlers, keyof typeof emergencyOperations> {
  return {
    settleEmergency: async ({ viewer, params: { no }, body: { note } }) => {
      await assertSeen(deps, viewer, no);
      await settleEmergency(deps, no, { note, actor: viewer.actor });
      return views.afterAct(no, viewer);
    },
  };
}
