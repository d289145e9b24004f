import {
  approveIntervention,
  outlookOf,
  possibleInterventions,
  proposeIntervention,
  unknownCase,
  withdrawIntervention,
} from '../../cases/index.js';
import type { Principal } from '../../identity/index.js';
import type { Law } from '../../kernel/law.js';
import type { interventionOperations } from '../contract/intervention.js';
import type { HttpDeps } from '../deps.js';
import type { Handlers } from '../dispatch.js';
import { liveCase } from '../store/incident-rows.js';
import { mendableView, outlookView, proposalsView } from '../views/intervention-view.js';

export function interventionHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof interventionOperations> {
  return {
    readMendable: async ({ viewer, query: { workOrder } }) =>
      mendableView(await possibleInterventions(deps, seen(viewer, workOrder, deps.laws.today()))),
    previewIntervention: async ({ viewer, body: { workOrder, act, basedOn } }) => {
      const found = await outlookOf(deps, { no: seen(viewer, workOrder, deps.laws.today()), act, basedOn });
      return outlookView(deps, found);
    },
    listProposals: async ({ viewer, query: { workOrder } }, transaction) => {
      const there = await liveCase(transaction, workOrder);
      if (there === undefined) throw unknownCase(workOrder, deps.laws.today());
      const no = seen(viewer, workOrder, deps.laws.today());
      return async () => ({ items: await proposalsView(deps, no, viewer) });
    },
    proposeIntervention: async ({ viewer, body: { workOrder, act, basedOn, reason } }) => {
      const wanted = { no: seen(viewer, workOrder, deps.laws.today()), act, basedOn, reason };
      await proposeIntervention(deps, wanted, viewer);
      return { proposed: true };
    },
    approveIntervention: async ({ viewer, body: { workOrder, proposal, comment } }) => {
      const order = { no: seen(viewer, workOrder, deps.laws.today()), proposal, comment };
      const found = await approveIntervention(deps, order, viewer);
      return outlookView(deps, found);
    },
    withdrawIntervention: async ({ viewer, body: { workOrder, proposal, reason } }) => {
      const order = { no: seen(viewer, workOrder, deps.laws.today()), proposal, reason };
      await withdrawIntervention(deps, order, viewer);
      return { withdrawn: true };
    },
  };
}

/** @throws {Refusal} `case.not-found` for a case that the viewer is recused from */
function seen({ recusedFrom }: Principal, no: string, law: Law): string {
  if (recusedFrom.includes(no)) throw unknownCase(no, law);
  return no;
}
