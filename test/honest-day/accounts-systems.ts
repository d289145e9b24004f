/** Other systems and their tokens: issued, used, renewed, misused, revoked, and closed with their system. */
import { expect } from 'chai';
import { waterCut } from '../http/serving.js';
import type { SignedIn } from '../support/people.js';
import { refused } from './accounts-asking.js';
import type { Day } from './day.js';

interface Issued {
  readonly id: number;
  readonly secret: string;
}

const by = ({ secret }: Issued) => ({ authorization: `Bearer ${secret}` });
const hour = 3_600_000;

export async function systems(day: Day): Promise<void> {
  const officer = () => day.person({ login: 'acc-officer', roles: ['security-admin'] });
  const security = await officer();
  const tokens = tokensOf(day, security);
  const free = await addSystem(day, security, '帐号篇网站');
  const ofUnit = await addSystem(day, security, '帐号篇业务系统', '帐号篇department');
  await refused(day, 'system.exists', '/api/systems', { as: security, body: { name: '帐号篇网站' } });
  const accepting = await tokens.issue(free, ['work-orders:accept', 'work-orders:all'], 90);
  const reading = await tokens.issue(ofUnit, ['work-orders:read', 'units:read', 'rules:read'], 1);
  await usedBy(day, accepting, reading);
  const renewed = (await day.call('rotateToken', {
    ...{ as: security, params: { id: accepting.id }, body: { days: 30, overlapHours: 2 } },
  })) as Issued;
  await day.call('listUnits', { as: 'nobody', headers: by(reading) });
  for (const one of [accepting, renewed])
    await day.call('listWorkOrders', { as: 'nobody', headers: by(one) });
  const at = { as: security, params: { id: renewed.id } };
  await day.call('rotateToken', { ...at, body: { days: 365, overlapHours: 0 } });
  await refused(day, 'token.invalid', '/api/work-orders', { headers: by(renewed) });
  const revoked = await tokens.issue(free, ['rules:read'], 365);
  await day.call('revokeToken', { as: security, params: { id: revoked.id } });
  await refused(day, 'token.invalid', '/api/policies', { headers: by(revoked) });
  day.later(25 * hour);
  await refused(day, 'token.invalid', '/api/units', { headers: by(reading) });
  await refused(day, 'token.invalid', '/api/work-orders', { headers: by(accepting) });
  for (const id of [ofUnit, free]) await day.call('closeSystem', { as: await officer(), params: { id } });
  await day.call('listSystems');
}

export async function addSystem(day: Day, as: SignedIn, name: string, unit?: string): Promise<number> {
  const body = { name, ...(unit === undefined ? {} : { unit }) };
  return ((await day.call('addSystem', { as, body })) as { id: number }).id;
}

const tokensOf = (day: Day, as: SignedIn) => ({
  issue: async (system: number, scopes: readonly string[], days: number): Promise<Issued> =>
    (await day.call('issueToken', { as, params: { id: system }, body: { scopes, days } })) as Issued,
});

async function usedBy(day: Day, accepting: Issued, reading: Issued): Promise<void> {
  const headers = { ...by(accepting), 'idempotency-key': 'acc-1' };
  const request = { as: 'nobody', headers, body: waterCut } as const;
  const { sheet } = (await day.call('acceptRequest', request)) as { sheet: { no: string } };
  const same = (await day.call('acceptRequest', request)) as typeof request & { sheet: { no: string } };
  expect(same.sheet.no).to.equal(sheet.no);
  await day.call('readWorkOrder', { as: 'nobody', headers: by(accepting), params: { no: sheet.no } });
  const elsewhere = `/api/work-orders/${sheet.no}`;
  await refused(day, 'case.not-found', elsewhere, { headers: by(reading) });
  await refused(day, 'token.scope', '/api/units', { headers: by(accepting) });
  await refused(day, 'token.misplaced', `/api/units?access_token=${reading.secret}`, {});
  const made = { secret: `${reading.secret.slice(0, -3)}AAA`, id: 0 };
  await refused(day, 'token.invalid', '/api/units', { headers: by(made) });
}
