import { hotlineTitle, type Law } from '../../kernel/law.js';
import { mergeSheets, mergingOf, proposeForDraft, proposeForSheet, unmergeSheet } from '../../cases/index.js';
import type { Principal } from '../../identity/index.js';
import { Refusal } from '../../kernel/index.js';
import type { Transaction } from '../../platform/database/index.js';
import { kindName } from '../../kernel/kinds.js';
import { pointFault, sheetsAround, toWgs84 } from '../../sheet/index.js';
import { mergingOperations } from '../contract/merging.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { assertSeen, forViewer, readAs } from '../sight.js';
import { carriedView, mergedView, perCallerView, proposalView } from '../views/merging-view.js';

/** Metres around a sheet, days before it, and most sheets searched for visible ones. */
const nearby = { metres: 300, days: 90, most: 200 };
const mostNearby = 20;

export function mergingHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof mergingOperations> {
  const merging = async (viewer: Principal, no: string) => {
    const { lead, members, carried } = await mergingOf(forViewer(deps, viewer).database, no);
    const proposals = mayMerge(viewer) ? await proposeForSheet(deps, no, viewer.recusedFrom) : [];
    return async (transaction: Transaction) => ({
      lead: lead ? mergedView(lead) : null,
      members: members.map(mergedView),
      carried: carriedView(carried),
      perCaller: perCallerView(
        (await deps.catalogues.at(transaction, deps.clock.now())).catalogue.vocabulary,
      ),
      proposals: proposals.map(proposalView),
    });
  };
  return {
    proposeMerge: async ({ viewer, body: { text, district, address, point, kind, ...draft } }) => {
      const isUsable = point !== undefined && pointFault(point) === undefined;
      const proposals = await proposeForDraft(
        deps,
        {
          ...draft,
          content: text,
          district: district ?? null,
          address: address ?? null,
          kind: kind ?? '',
          class: draft.class,
          point: isUsable ? toWgs84(point) : null,
        },
        viewer.recusedFrom,
      );
      return { proposals: proposals.map(proposalView) };
    },
    readMerging: async ({ viewer, params: { no } }) => {
      await assertSeen(deps, viewer, no);
      return merging(viewer, no);
    },
    listNearbySheets: async ({ viewer, params: { no } }) => {
      await assertSeen(deps, viewer, no);
      return async (transaction) => {
        const around = await sheetsAround(transaction, no, nearby);
        // The search ignores the viewer, so invisible sheets are removed here.
        const numbers = around.map((one) => one.no);
        return async () => {
          const seen = await readAs(deps, viewer, (theirs) => deps.sheets.named(theirs, numbers));
          const may = new Set(seen.map(({ sheet }) => sheet.no));
          const items = around
            .filter((one) => may.has(one.no))
            .slice(0, mostNearby)
            .map((one) => ({
              ...one,
              kindName: kindName(one.kind, deps.laws.today()),
              state: one.ended ? ('ended' as const) : ('open' as const),
            }));
          return { items };
        };
      };
    },
    mergeWorkOrders: async ({ viewer, params: { no }, body: { members, reason } }) => {
      assertDecides(viewer, deps.laws.today());
      for (const one of [no, ...members]) await assertSeen(deps, viewer, one);
      await mergeSheets(deps, { lead: no, members, reason, actor: viewer.actor });
      return merging(viewer, no);
    },
    unmergeWorkOrder: async ({ viewer, params: { no, member }, body: { reason } }) => {
      assertDecides(viewer, deps.laws.today());
      for (const one of [no, member]) await assertSeen(deps, viewer, one);
      await unmergeSheet(deps, { lead: no, member, reason, actor: viewer.actor });
      return merging(viewer, no);
    },
  };
}

/** A district or a unit sees only its own sheets, so it may not judge whether others concern the same matter. */
const mayMerge = ({ sight, roles }: Principal): boolean =>
  sight.kind === 'all' && mergingOperations.mergeWorkOrders.access.some((role) => roles.includes(role));

function assertDecides(viewer: Principal, law: Law): void {
  if (mayMerge(viewer)) return;
  throw new Refusal('access.denied', `并单、拆单由${hotlineTitle(law)}决定`, {
    remedy: `告知${hotlineTitle(law)}哪几张工单是同一件事`,
  });
}
