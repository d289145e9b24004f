/**
 * Log-in and re-authentication. A failure never says what was wrong: name, password, code, a closed
 * account or one that must wait. All failures take the time of one password check.
 */
import { Refusal } from '../kernel/index.js';
import type { Transaction } from '../platform/database/index.js';
import type { CountedEntries } from './counted-entries.js';
import { assertPassword, hashPassword, passwordFits } from './passwords.js';
import { record } from './record.js';
import type { ProvedElsewhere, Sessions } from './sessions.js';
import {
  findPerson,
  noSecondFactor,
  personEntity,
  totpPlace,
  useTotpStep,
  type Credentials,
  type Person,
} from './store/person-store.js';
import { createSignInLimits } from './sign-in-limits.js';
import { sessionEntity } from './store/session-store.js';
import { newTotpSecret, totpAddress, totpStep } from './totp.js';
import { actorName } from '../kernel/actor.js';
import type { Using } from './parts.js';

interface Proof {
  readonly login: string;
  readonly password: string;
  /** Code of the second factor, if enrolled. */
  readonly code?: string | undefined;
}

export interface SignIn {
  /**
   * @param address of the request, for counting failures
   * @returns the secret of a new session
   * @throws {Refusal} `session.failed`, `session.held-up`
   */
  signIn(proof: Proof, address: string): Promise<string>;
  /** Re-authentication of a logged-in person. */
  reauthenticate(proof: Proof, address: string): Promise<string>;
  /** Logs in by single sign-on. @throws {Refusal} `oidc.unknown` for an unlinked subject */
  signInBySubject(oidcSubject: string, address: string, elsewhere: ProvedElsewhere): Promise<string>;
  /**
   * Changes the password and ends all other sessions; returns a new one.
   * @throws {Refusal} `session.failed`, `input.invalid`
   */
  changePassword(proof: Proof, password: string, address: string): Promise<string>;
  /** Offers a secret for confirmation: nothing is stored yet. */
  offerSecondFactor(person: Person): { readonly secret: string; readonly address: string };
  /** @throws {Refusal} `session.failed` if the code does not match the secret */
  confirmSecondFactor(person: Person, secret: string, code: string): Promise<void>;
  /** Removes the second factor; no effect if there is none. */
  cancelSecondFactor(person: Person): Promise<void>;
}

export interface SignInDeps extends Using<'clock' | 'database' | 'journal' | 'laws' | 'rules' | 'vault'> {
  readonly counted: CountedEntries;
  readonly sessions: Sessions;
}

export function createSignIn(deps: SignInDeps): SignIn {
  const { clock, database, laws, rules, sessions, vault } = deps;
  const limits = createSignInLimits(deps);

  const countAttempt = async (login: string, address: string): Promise<void> => {
    const minutes = await database.transaction(async (transaction) => {
      const held = await limits.count(transaction, login, address);
      if (held !== undefined)
        await deps.counted.add(transaction, {
          stream: 'accounts',
          type: 'sign-in.held-up',
          alike: {},
          detail: { address },
        });
      return held;
    });
    if (minutes === undefined) return;
    throw new Refusal('session.held-up', `登录失败次数过多，请过 ${minutes} 分钟再试`, {
      remedy: '忘记口令请找安全管理员重置',
    });
  };

  /** An unknown name may be a password typed into the wrong field, so it is not recorded. */
  const fail = async (person: Person | undefined, address: string): Promise<never> => {
    await database.transaction((transaction) =>
      deps.counted.add(transaction, {
        stream: 'accounts',
        type: 'sign-in.failed',
        alike: { of: person?.login ?? null },
        detail: { address },
      }),
    );
    throw failed();
  };

  const codeFits = async (
    transaction: Transaction,
    person: Person & Credentials,
    code: string | undefined,
  ): Promise<boolean> => {
    if (person.totpSecret === null) return true;
    const step = totpStep(vault.open(person.totpSecret, totpPlace(person.id)), code ?? '', clock.now());
    return step !== undefined && useTotpStep(transaction, person.id, step);
  };

  /** Runs `then` as the authenticated person, in the transaction that consumes the code. */
  const proven = async <T>(
    { login, password, code }: Proof,
    address: string,
    then: (transaction: Transaction, person: Person) => Promise<T>,
  ): Promise<T> => {
    await countAttempt(login, address);
    const known = await database.transaction((transaction) => findPerson(transaction, { login }));
    const fits = await passwordFits(known?.password ?? null, password);
    const outcome = await database.transaction(async (transaction) => {
      const person = await findPerson(transaction, { login }, 'FOR UPDATE OF p');
      // The password changed during the check, which used the old one.
      if (!fits || !person || person.closedAt || person.password !== known?.password) return undefined;
      if (!(await codeFits(transaction, person, code))) return undefined;
      await limits.succeeded(transaction, login, address);
      return { value: await then(transaction, person) };
    });
    return outcome ? outcome.value : fail(known, address);
  };

  const entering =
    (type: 'sign-in.succeeded' | 'sign-in.repeated'): SignIn['signIn'] =>
    (proof, address) =>
      proven(proof, address, async (transaction, person) => {
        const body = { of: person.login, actor: actorName(person), address };
        await record(deps, transaction, 'accounts', type, body);
        return sessions.openIn(transaction, person);
      });

  return {
    signIn: entering('sign-in.succeeded'),
    reauthenticate: entering('sign-in.repeated'),
    signInBySubject: async (oidcSubject, address, elsewhere) => {
      const secret = await database.transaction(async (transaction) => {
        const person = await findPerson(transaction, { oidcSubject }, 'FOR UPDATE OF p');
        if (!person || person.closedAt) return undefined;
        const type = elsewhere.again ? 'sign-in.repeated' : 'sign-in.succeeded';
        await record(deps, transaction, 'accounts', type, {
          of: person.login,
          actor: actorName(person),
          address,
          by: 'oidc',
        });
        return sessions.openIn(transaction, person, elsewhere);
      });
      if (secret !== undefined) return secret;
      throw new Refusal('oidc.unknown', '统一身份认证的身份没有关联本系统的帐号，或者帐号已经停用', {
        remedy: '请安全管理员关联',
      });
    },
    changePassword: async (proof, password, address) => {
      await assertPassword(password, proof.login, rules.limits.password.shortest, laws.today());
      if (password.normalize('NFKC') === proof.password.normalize('NFKC')) {
        throw new Refusal('input.invalid', '新口令与原口令相同', { where: 'password' });
      }
      const hashed = await hashPassword(password);
      return proven(proof, address, async (transaction, person) => {
        await transaction.repository(personEntity).update(person.id, { password: hashed, mustChange: false });
        await transaction.repository(sessionEntity).delete({ person: person.id });
        await record(deps, transaction, 'accounts', 'password.changed', {
          of: person.login,
          actor: actorName(person),
        });
        return sessions.openIn(transaction, person);
      });
    },
    offerSecondFactor: ({ login }) => {
      const secret = newTotpSecret();
      return { secret, address: totpAddress(secret, login) };
    },
    confirmSecondFactor: (person, secret, code) =>
      database.transaction(async (transaction) => {
        const step = totpStep(secret, code, clock.now());
        if (step === undefined) throw failed();
        const totpSecret = vault.seal(secret, totpPlace(person.id));
        await transaction.repository(personEntity).update(person.id, { totpSecret, totpUsed: step });
        await record(deps, transaction, 'accounts', 'second-factor.set', {
          of: person.login,
          actor: actorName(person),
        });
      }),
    cancelSecondFactor: ({ login }) =>
      database.transaction(async (transaction) => {
        const person = await findPerson(transaction, { login }, 'FOR UPDATE OF p');
        if (!person?.secondFactor) return;
        await transaction.repository(personEntity).update(person.id, noSecondFactor);
        await record(deps, transaction, 'accounts', 'second-factor.cancelled', {
          of: login,
          actor: actorName(person),
        });
      }),
  };
}

const failed = (): Refusal =>
  new Refusal('session.failed', '登录名、口令或动态口令不对，或者帐号不能使用', {
    remedy: '核对后再试；忘记口令请找安全管理员重置',
  });
