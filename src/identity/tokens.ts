/**
 * Tokens of other systems: shown once, stored as a keyed hash, valid for named scopes for at most a year. A token has
 * its own rate limit across all programs.
 */
import { randomBytes } from 'node:crypto';
import { Refusal, type JsonObject } from '../kernel/index.js';
import { insert, IsNull, LessThan, type Transaction } from '../platform/database/index.js';
import type { EntryType } from '../accountability/index.js';
import type { SystemPrincipal } from './principal.js';
import { record } from './record.js';
import type { Scope } from './scopes/index.js';
import type { UnitName } from '../kernel/unit-name.js';
import { unitsAbove, unitsBelow } from './store/person-store.js';
import { recusedFrom } from './store/recusal-store.js';
import { createTokenRate } from './store/token-rate.js';
import {
  apiTokenEntity,
  lockToken,
  tokenOfHash,
  type ApiToken,
  type PresentedToken,
} from './store/token-store.js';
import { systemIn } from './systems.js';
import type { Using } from './parts.js';
import { actorEnding } from '../kernel/actor.js';

interface NewToken {
  readonly token: ApiToken;
  /** The full token; returned only here. */
  readonly secret: string;
}

export interface Tokens {
  /** @param days validity @throws {Refusal} `system.not-found`, `input.invalid` */
  issue(
    system: number,
    terms: { readonly scopes: readonly Scope[]; readonly days: number },
    by: string,
  ): Promise<NewToken>;
  /**
   * Issues a new token with the same scopes; the old one stays valid for this many hours.
   *
   * @throws {Refusal} `token.not-found`, `system.not-found`, `input.invalid`
   */
  rotate(
    id: number,
    terms: { readonly days: number; readonly overlapHours: number },
    by: string,
  ): Promise<NewToken>;
  /** Revokes it at once. @throws {Refusal} `token.not-found` */
  revoke(id: number, by: string): Promise<ApiToken>;
  /**
   * The system of a token. The request is counted before anything else is done.
   *
   * @throws {Refusal} `token.invalid` if unknown, expired, revoked, or its system is closed
   * @throws {TooManyRequests}
   */
  present(secret: string): Promise<SystemPrincipal>;
}

/** A separate class, because the answer says when to retry. */
export class TooManyRequests extends Refusal {
  constructor(
    readonly milliseconds: number,
    { most, withinSeconds }: { readonly most: number; readonly withinSeconds: number },
  ) {
    super('request.too-many', `${withinSeconds} 秒内的请求超过 ${most} 次`, { remedy: '稍候再试' });
  }
}

/** The prefix lets people and secret scanners recognise a token. */
const tokenForm = /^hotline_[a-z0-9]{8}_[\w-]{43}$/;

/** Whether a text contains what looks like a token. */
export const holdsToken = (text: string): boolean => /hotline_[a-z0-9]{8}_[\w-]{43}/.test(text);

const hour = 3_600_000;

export function createTokens(deps: Using<'clock' | 'database' | 'journal' | 'rules' | 'vault'>): Tokens {
  const { clock, database, rules, vault } = deps;
  const limits = rules.limits.tokens;
  const rate = createTokenRate(database, limits);

  const hashOf = (secret: string): Buffer => vault.match(`api token ${secret}`);
  const write = (transaction: Transaction, type: EntryType, body: JsonObject): Promise<number> =>
    record(deps, transaction, 'accounts', type, body);

  const make = async (
    transaction: Transaction,
    { id, name }: { readonly id: number; readonly name: string },
    { scopes, days }: { readonly scopes: readonly Scope[]; readonly days: number },
    by: string,
  ): Promise<NewToken> => {
    assertAtMost('days', days, limits.longestDays, `令牌的有效期至多 ${limits.longestDays} 天`);
    const prefix = `hotline_${randomBytes(4).toString('hex')}`;
    const secret = `${prefix}_${randomBytes(32).toString('base64url')}`;
    const issuedAt = clock.now();
    const { hash: _hash, ...token } = await insert(transaction, apiTokenEntity, {
      system: id,
      prefix,
      hash: hashOf(secret),
      scopes: [...new Set(scopes)],
      issuedAt,
      issuedBy: by,
      expiresAt: new Date(issuedAt.getTime() + days * 24 * hour),
      replacedBy: null,
      lastUsedAt: null,
      revokedAt: null,
      revokedBy: null,
    });
    await write(transaction, 'token.issued', {
      of: name,
      token: prefix,
      scopes: [...token.scopes],
      expiresAt: token.expiresAt.toISOString(),
      actor: by,
    });
    return { token, secret };
  };

  return {
    issue: (system, terms, by) =>
      database.transaction(async (transaction) =>
        make(transaction, await systemIn(transaction, system), terms, by),
      ),
    rotate: (id, { days, overlapHours }, by) =>
      database.transaction(async (transaction) => {
        const longest = limits.longestOverlapHours;
        assertAtMost('overlapHours', overlapHours, longest, `新旧令牌并用至多 ${longest} 小时`);
        const old = await tokenIn(transaction, id, clock.now());
        const system = await systemIn(transaction, old.system);
        const made = await make(transaction, system, { scopes: old.scopes, days }, by);
        // Another program's clock may have been ahead when it issued the token.
        const from = Math.max(clock.now().getTime(), old.issuedAt.getTime());
        const until = new Date(from + overlapHours * hour);
        const expiresAt = until < old.expiresAt ? until : old.expiresAt;
        await transaction.repository(apiTokenEntity).update(id, { replacedBy: made.token.id, expiresAt });
        await write(transaction, 'token.replaced', {
          of: system.name,
          token: old.prefix,
          by: made.token.prefix,
          until: until.toISOString(),
          actor: by,
        });
        return made;
      }),
    revoke: (id, by) =>
      database.transaction(async (transaction) => {
        const token = await tokenIn(transaction, id, clock.now());
        const revoked = { revokedAt: clock.now(), revokedBy: by };
        await transaction.repository(apiTokenEntity).update(id, revoked);
        const { name } = await systemIn(transaction, token.system);
        await write(transaction, 'token.revoked', { of: name, token: token.prefix, actor: by });
        return { ...token, ...revoked };
      }),
    present: async (secret) => {
      if (!tokenForm.test(secret)) throw invalid('不是本系统发的令牌');
      const hash = hashOf(secret);
      const token = await database.transaction((transaction) => tokenOfHash(transaction, hash));
      assertGood(token, clock.now());
      const wait = await rate.count(token.id);
      if (wait !== undefined) throw new TooManyRequests(wait, limits);
      return database.transaction(async (transaction) => {
        const { id, lastUsedAt } = token;
        const now = clock.now();
        // Not written at every request, to save writes.
        if (now.getTime() - (lastUsedAt?.getTime() ?? 0) >= 60_000) {
          const earlier = { id, lastUsedAt: lastUsedAt ? LessThan(now) : IsNull() };
          await transaction.repository(apiTokenEntity).update(earlier, { lastUsedAt: now });
        }
        if (token.unit === null) return principalOf(token, [], []);
        const units = await unitsBelow(transaction, token.unit);
        const above = await unitsAbove(transaction, token.unit);
        const known = { person: null, boundBy: rules.boundBy(above), units };
        const seesOthers =
          seesAll(token) && above.slice(0, 1).some(({ kind }) => rules.standIns.isBlind([], kind));
        return principalOf(token, units, await recusedFrom(transaction, { ...known, seesOthers }));
      });
    },
  };
}

const principalOf = (
  token: PresentedToken,
  units: readonly UnitName[],
  recused: readonly string[],
): SystemPrincipal => ({
  login: '',
  actor: `系统：${token.systemName}${actorEnding(token.prefix)}`,
  roles: [],
  duties: [],
  languages: [],
  belongsTo: units,
  body: '',
  recusedFrom: recused,
  sight: seesAll(token) ? { kind: 'all' } : { kind: 'units', units },
  units,
  system: token.system,
  token: token.id,
  scopes: token.scopes,
});

const seesAll = ({ scopes }: PresentedToken): boolean => scopes.includes('work-orders:all');

/** @throws {Refusal} `token.not-found`, also for an expired or revoked one */
async function tokenIn(transaction: Transaction, id: number, now: Date): Promise<ApiToken> {
  const token = await lockToken(transaction, id);
  if (token && token.revokedAt === null && token.expiresAt > now) return token;
  throw new Refusal('token.not-found', `没有编号为 ${id} 的在用令牌`, { remedy: '令牌列表见 /api/systems' });
}

function assertGood(token: PresentedToken | undefined, now: Date): asserts token is PresentedToken {
  if (!token) throw invalid('没有这个令牌');
  if (token.systemClosed) throw invalid(`令牌 ${token.prefix} 所属的系统已经停用`);
  if (token.revokedAt !== null) throw invalid(`令牌 ${token.prefix} 已经吊销`);
  if (token.expiresAt <= now) throw invalid(`令牌 ${token.prefix} 已经过期`);
}

const invalid = (detail: string): Refusal =>
  new Refusal('token.invalid', detail, { where: 'Authorization', remedy: '请安全管理员发新的令牌' });

function assertAtMost(where: string, given: number, most: number, detail: string): void {
  if (given > most) throw new Refusal('input.invalid', detail, { where, remedy: `填 ${most} 以内的整数` });
}
