import type { z } from 'zod';
import { removeView, savedViews, writeView } from '../../cases/assignment/index.js';
import type { Viewer } from '../../identity/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { savedViewOperations } from '../contract/saved-view.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';

type Choice = z.output<typeof savedViewOperations.saveView.body>['choice'];

const mostOwn = 30;

export function savedViewHandlers({ clock }: HttpDeps): Pick<Handlers, keyof typeof savedViewOperations> {
  const ownerOf = ({ person }: Viewer) => ({ person: person.id, unit: person.unit.name });
  const listed = async (transaction: Transaction, viewer: Viewer) => ({
    items: await savedViews<Choice>(transaction, ownerOf(viewer)),
  });
  return {
    listViews: ({ viewer }, transaction) => listed(transaction, viewer),
    saveView: async ({ viewer, body }, transaction) => {
      const own = (await savedViews(transaction, ownerOf(viewer))).filter((one) => one.own);
      if (own.length >= mostOwn && own.every(({ name }) => name !== body.name)) {
        throw new Refusal('input.invalid', `已经存了 ${own.length} 个视图，不能再多`, {
          where: 'name',
          remedy: '先删去不用的',
        });
      }
      await writeView(transaction, ownerOf(viewer), { ...body, savedBy: viewer.actor }, clock.now());
      return listed(transaction, viewer);
    },
    removeView: async ({ viewer, body }, transaction) => {
      await removeView(transaction, viewer.person.id, body.name);
      return listed(transaction, viewer);
    },
  };
}
