/**
 * Sessions: the browser holds a random secret, the database its hash. They end after inactivity, at the latest after a
 * working day, and at once when the account is closed or its password or roles change.
 */
import { createHash, randomBytes } from 'node:crypto';
import { insert, LessThan, type Transaction } from '../platform/database/index.js';
import { record } from './record.js';
import type { Person } from './store/person-store.js';
import { findSession, sessionEntity, type SessionRow } from './store/session-store.js';
import { actorName } from '../kernel/actor.js';
import { viewerOf, type Viewer } from './viewer.js';
import type { Using } from './parts.js';

export interface Sessions {
  /** A new session; its secret is returned once and not stored. */
  openIn(transaction: Transaction, person: Pick<Person, 'id'>, elsewhere?: ProvedElsewhere): Promise<string>;
  /** The provider's data; undefined for a log-in by password. */
  idToken(secret: string): Promise<string | undefined>;
  /** Undefined if unknown or ended. */
  viewer(secret: string): Promise<Viewer | undefined>;
  /** Whether the session is still valid; the check does not count as use. */
  stands(secret: string): Promise<boolean>;
  /** The viewer of a valid session; the check does not count as use. What they may see may have changed meanwhile. */
  watcher(secret: string): Promise<Viewer | undefined>;
  /** Ends a session that another one replaces. */
  end(secret: string): Promise<void>;
  /** Ends a session because the person logs out. */
  signOut(secret: string): Promise<void>;
  /** The person's valid sessions, last used first. */
  listOf(person: Pick<Person, 'id'>, secret: string): Promise<readonly OpenSession[]>;
  /** Ends one of the person's own sessions; has no effect if it has ended already. */
  endOne(person: Pick<Person, 'id' | 'login' | 'name'>, id: string): Promise<void>;
}

interface OpenSession {
  /** The hash in the database, which is useless to readers of the database. */
  readonly id: string;
  readonly startedAt: Date;
  readonly seenAt: Date;
  /** The current session. */
  readonly current: boolean;
}

/** Proof of a log-in by the city's single sign-on. */
export interface ProvedElsewhere {
  /** When the provider authenticated the person. */
  readonly authAt: Date;
  /** Needed to end the session at the provider. */
  readonly idToken: string;
  /** SHA-256 of the provider's session, if the provider names it. */
  readonly session: Buffer | null;
  /** True if a logged-in person is re-authenticating. */
  readonly again: boolean;
}

/** A secret of 256 bits, usable in a cookie. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** The CSRF token, required beside the cookie: derived from the cookie, but not reversible. */
export const csrfTokenOf = (secret: string): string =>
  createHash('sha256').update(`csrf ${secret}`, 'utf8').digest('base64url');

const idOf = (secret: string): Buffer => createHash('sha256').update(`session ${secret}`, 'utf8').digest();

const sealOf = (id: Buffer): string => `session ${id.toString('hex')}`;

const minute = 60_000;

export function createSessions(deps: Using<'clock' | 'database' | 'journal' | 'rules' | 'vault'>): Sessions {
  const { clock, database, rules, vault } = deps;
  const { idleMinutes, absoluteMinutes } = rules.limits.session;
  const age = (since: Date): number => (clock.now().getTime() - since.getTime()) / minute;
  const isOver = ({ seenAt, startedAt }: Pick<SessionRow, 'seenAt' | 'startedAt'>): boolean =>
    age(seenAt) >= idleMinutes || age(startedAt) >= absoluteMinutes;
  return {
    openIn: async (transaction, person, elsewhere) => {
      const now = clock.now();
      const unused = LessThan(new Date(now.getTime() - idleMinutes * minute));
      await transaction.repository(sessionEntity).delete({ seenAt: unused });
      const secret = newSecret();
      const id = idOf(secret);
      await insert(transaction, sessionEntity, {
        id,
        person: person.id,
        startedAt: now,
        seenAt: now,
        authAt: elsewhere?.authAt ?? now,
        idToken: elsewhere ? vault.seal(elsewhere.idToken, sealOf(id)) : null,
        oidcSession: elsewhere?.session ?? null,
      });
      return secret;
    },
    idToken: (secret) =>
      database.transaction(async (transaction) => {
        const id = idOf(secret);
        const kept = await transaction.repository(sessionEntity).findOneBy({ id });
        return kept?.idToken ? vault.open(kept.idToken, sealOf(id)) : undefined;
      }),
    stands: (secret) =>
      database.transaction(async (transaction) => {
        const row = await findSession(transaction, idOf(secret));
        return row !== undefined && !isOver(row);
      }),
    watcher: (secret) =>
      database.transaction(async (transaction) => {
        const row = await findSession(transaction, idOf(secret));
        if (!row || isOver(row)) return undefined;
        return viewerOf(transaction, deps, row.person, row.authAt);
      }),
    viewer: (secret) =>
      database.transaction(async (transaction) => {
        const id = idOf(secret);
        const row = await findSession(transaction, id);
        if (!row) return undefined;
        if (isOver(row)) {
          await transaction.repository(sessionEntity).delete({ id });
          return undefined;
        }
        // Not written at every request, to save writes.
        if (age(row.seenAt) >= 1) {
          const seenAt = clock.now();
          await transaction.repository(sessionEntity).update({ id, seenAt: LessThan(seenAt) }, { seenAt });
        }
        return viewerOf(transaction, deps, row.person, row.authAt);
      }),
    end: async (secret) => {
      await database.transaction((transaction) =>
        transaction.repository(sessionEntity).delete({ id: idOf(secret) }),
      );
    },
    signOut: (secret) =>
      database.transaction(async (transaction) => {
        const id = idOf(secret);
        const row = await findSession(transaction, id);
        const { affected } = await transaction.repository(sessionEntity).delete({ id });
        if (!row || isOver(row) || affected === 0) return;
        const { person } = row;
        const actor = actorName(person);
        await record(deps, transaction, 'accounts', 'session.signed-out', { of: person.login, actor });
      }),
    listOf: async (person, secret) => {
      const rows = await database.transaction((transaction) =>
        transaction
          .repository(sessionEntity)
          .find({ where: { person: person.id }, order: { seenAt: 'DESC', id: 'ASC' } }),
      );
      const mine = idOf(secret);
      return rows
        .filter((row) => !isOver(row))
        .map(({ id, startedAt, seenAt }) => ({
          id: id.toString('hex'),
          startedAt,
          seenAt,
          current: id.equals(mine),
        }));
    },
    endOne: (person, id) =>
      database.transaction(async (transaction) => {
        const { affected } = await transaction
          .repository(sessionEntity)
          .delete({ id: Buffer.from(id, 'hex'), person: person.id });
        if (affected === 0) return;
        const actor = actorName(person);
        await record(deps, transaction, 'accounts', 'session.ended', { of: person.login, actor });
      }),
  };
}
