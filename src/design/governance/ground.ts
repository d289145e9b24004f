/** The basis of a trial. */
import { createHash } from 'node:crypto';
import { civilDateOf } from '../../kernel/civil-date.js';
import { packageOn } from '../../kernel/package-content.js';
import type { CheckingParts } from '../checking/index.js';
import { sourcesOn } from './law-to-come.js';
import type { Ground } from './ports.js';

/** @param day first day of a law to come, `YYYY-MM-DD`; default: today's law */
export async function groundOf(
  { calendar, clock, database, laws, policies }: CheckingParts,
  day?: string,
): Promise<Ground> {
  const now = clock.now();
  const inForce = await database.transaction(async (transaction) => {
    await calendar.refresh(transaction);
    await policies.refresh(transaction);
    return sourcesOn(transaction, now, day);
  });
  const { edition, sources } = calendar.current();
  const decisions = policies.decisions();
  const said = JSON.stringify([inForce, edition, decisions, ...(day === undefined ? [] : [day])]);
  return {
    inForce,
    law: day === undefined ? laws.today() : laws.on(day),
    root: packageOn(day ?? civilDateOf(now)),
    calendar: sources,
    decisions,
    digest: createHash('sha256').update(said).digest('hex'),
  };
}
