import { listReads, type PersonalDataRead } from '../../accountability/index.js';
import {
  eraseCaller,
  personsIn,
  readCase,
  recusePersons,
  revealCaller,
  seenBeforeRecusal,
} from '../../cases/index.js';
import type { Principal, Viewer } from '../../identity/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { personalDataOperations, read } from '../contract/personal-data.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { assertSeen, forViewer } from '../sight.js';
import { readerOf } from '../views/caller-view.js';
import type { CaseViews } from '../views/case-view.js';
import type { Said } from '../contract/operation.js';
import type { Law } from '../../kernel/law.js';
import { purposeNames } from '../contract/choices.js';

/** Most listed reads of one sheet's caller. */
const mostReads = 1000;

const recuseDeps = ({ identity, ...deps }: HttpDeps) => ({
  ...deps,
  recuse: (transaction: Transaction, no: string, names: readonly string[]) =>
    identity.recusals.addIn(transaction, no, names),
});

/** Whether one of the given names is the viewer's. */
export const isAmong = (viewer: Principal | Viewer, names: readonly string[]): boolean =>
  'person' in viewer && names.some((one) => one === viewer.person.login || one === viewer.person.name);

export function personalDataHandlers(
  deps: HttpDeps,
  views: CaseViews,
): Pick<Handlers, keyof typeof personalDataOperations> {
  return {
    revealCaller: async ({ viewer, params: { no }, body }) => {
      await assertSeen(deps, viewer, no);
      const { login } = viewer.person;
      const reader = { ...readerOf(viewer), login, actor: viewer.actor };
      const limits = deps.identity.rules.limits.reveals;
      const { earlier, ...caller } = await revealCaller({ ...deps, limits }, { no, reader, ...body });
      return { ...caller, ...(earlier.length > 0 ? { earlier } : {}) };
    },
    eraseCaller: ({ viewer, params: { no }, body: { reason } }) =>
      eraseCaller(deps, { no, reason, actor: viewer.actor }),
    recusePersons: async ({ viewer, params: { no }, body: { persons } }) => {
      await assertSeen(deps, viewer, no);
      const names = personsIn(persons);
      return async (transaction) => {
        const unknown = await recusePersons(recuseDeps(deps), transaction, no, names, viewer.actor);
        return async () => ({
          unknown,
          workOrder: isAmong(viewer, names) ? null : await views.workOrder(no, viewer),
        });
      };
    },
    listSeenBeforeRecusal: async ({ viewer, params: { no } }) => {
      const { file } = await readCase(forViewer(deps, viewer), no);
      const [persons, units] = await Promise.all([deps.identity.people.list(), deps.identity.people.units()]);
      const parents = new Map(units.map(({ name, parent }) => [name, parent]));
      const isOf = (login: string, unit: string): boolean => {
        let at = persons.find((person) => person.login === login)?.unit.name ?? null;
        while (at !== null && at !== unit) at = parents.get(at) ?? null;
        return at === unit;
      };
      return async (transaction) => {
        const { reads } = await listReads(transaction, { workOrder: no, limit: mostReads, offset: 0 });
        const law = deps.laws.today();
        return {
          items: seenBeforeRecusal(file.variables, reads, isOf).map(({ reads: looks, ...one }) => ({
            ...one,
            reads: looks.map((look) => readView(look, null, law)),
          })),
        };
      };
    },
    listPersonalDataReads: async ({ query: { from, to, ...query } }, transaction) => {
      const { total, reads } = await listReads(transaction, {
        ...query,
        from: from === undefined ? undefined : new Date(`${from}T00:00:00+08:00`),
        to: to === undefined ? undefined : new Date(Date.parse(`${to}T00:00:00+08:00`) + 86_400_000),
      });
      const trails = await deps.trail.read(transaction, [...new Set(reads.map(({ stream }) => stream))]);
      const reasonOf = (stream: string, seq: number): string | null =>
        trails.get(stream)?.find((entry) => entry.seq === seq)?.sealed['reason'] ?? null;
      const law = deps.laws.today();
      const items = reads.map((read) => readView(read, reasonOf(read.stream, read.seq), law));
      return { total, items, limit: query.limit, offset: query.offset };
    },
  };
}

/** @param reason null if it was erased */
function readView(one: PersonalDataRead, reason: string | null, law: Law): Said<typeof read> {
  const purpose = one.purpose as keyof ReturnType<typeof purposeNames>;
  return {
    ...one,
    purpose,
    purposeName: purposeNames(law)[purpose],
    fields: one.fields as Said<typeof read>['fields'],
    reason,
  };
}
