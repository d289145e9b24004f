/** People who may correct sheets over the interface, and people who may not. */
import { expect } from 'chai';
import { before } from 'mocha';
import { newcomer, type SignedIn } from '../support/people.js';
import { answered, post, send, type Served, type WorkOrderView } from './serving.js';

/** For the tests of one `describe`: an agent of the hotline, and a handler of the unit. */
export function useCorrections(served: () => Served, unit: string) {
  let people: { readonly agent: SignedIn; readonly handler: SignedIn } | undefined;
  const known = () => people ?? expect.fail('nobody is there before the tests run');
  const agent = () => known().agent;
  const handler = () => known().handler;
  before(async () => {
    const { system } = served();
    people = {
      agent: await newcomer(system, { login: 'agent', roles: ['intake'] }),
      handler: await newcomer(system, { login: 'handler', roles: ['handler'], unit, kind: 'department' }),
    };
  });
  const correct = (no: string, body: object, as = agent()) =>
    post(
      served().url,
      `/api/work-orders/${no}/corrections`,
      { basedOn: 0, reason: '听写有误', ...body },
      {},
      as,
    );
  const corrected = async (no: string, body: object) =>
    answered('correctWorkOrder', await correct(no, body)) as WorkOrderView;
  const read = async (no: string, as = agent()) =>
    answered('readWorkOrder', await send(served().url, `/api/work-orders/${no}`, { as })) as WorkOrderView;
  return { agent, handler, correct, corrected, read };
}
