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
import { personOf } from '../views/draft-view.js';
import { mendableView, outlookView, proposalsView } from '../views/intervention-view.js';

export function interventionHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof interventionOperations> {
  return {
    readMendable: async ({ viewer, query: { workOrder } }) => ({
      status: 200,
      body: mendableView(await possibleInterventions(deps, seen(viewer, workOrder, deps.laws.today()))),
    }),
    previewIntervention: async ({ viewer, body: { workOrder, act, basedOn } }) => {
      const found = await outlookOf(deps, { no: seen(viewer, workOrder, deps.laws.today()), act, basedOn });
      return { status: 200, body: await outlookView(deps, found) };
    },
    listProposals: async ({ viewer, query: { workOrder } }) => {
      const there = await deps.database.transaction((transaction) => liveCase(transaction, workOrder));
      if (there === undefined) throw unknownCase(workOrder, deps.laws.today());
      const items = await proposalsView(
        deps,
        seen(viewer, workOrder, deps.laws.today()),
        viewer.person.login,
      );
      return { status: 200, body: { items: [...items] } };
    },
    proposeIntervention: async ({ viewer, body: { workOrder, act, basedOn, reason } }) => {
      const wanted = { no: seen(viewer, workOrder, deps.laws.today()), act, basedOn, reason };
      await proposeIntervention(deps, wanted, personOf(viewer));
      return { status: 200, body: { proposed: true } };
    },
    approveIntervention: async ({ viewer, body: { workOrder, proposal, comment } }) => {
      const order = { no: seen(viewer, workOrder, deps.laws.today()), proposal, comment };
      const found = await approveIntervention(deps, order, personOf(viewer));
      return { status: 200, body: await outlookView(deps, found) };
    },
    withdrawIntervention: async ({ viewer, body: { workOrder, proposal, reason } }) => {
      const order = { no: seen(viewer, workOrder, deps.laws.today()), proposal, reason };
      await withdrawIntervention(deps, order, personOf(viewer));
      return { status: 200, body: { withdrawn: true } };
    },
  };
}

/** @throws {Refusal} `case.not-found` for a case that the viewer must keep away from */
function seen({ recusedFrom }: Principal, no: string, law: Law): string {
  if (recusedFrom.includes(no)) throw unknownCase(no, law);
  return no;
}
