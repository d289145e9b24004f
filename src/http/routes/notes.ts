import { addNote, strikeNote } from '../../cases/index.js';
import type { noteOperations } from '../contract/note.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { assertSeen } from '../sight.js';
import type { CaseViews } from '../views/case-view.js';

export function noteHandlers(deps: HttpDeps, views: CaseViews): Pick<Handlers, keyof typeof noteOperations> {
  return {
    addNote: async ({ viewer, params: { no }, body: { text } }) => {
      await assertSeen(deps, viewer, no);
      await addNote(deps, { no, text, actor: viewer.actor });
      return views.afterAct(no, viewer);
    },
    strikeNote: async ({ viewer, params: { no, entry } }) => {
      await assertSeen(deps, viewer, no);
      await strikeNote(deps, { no, entry, actor: viewer.actor });
      return views.afterAct(no, viewer);
    },
  };
}
