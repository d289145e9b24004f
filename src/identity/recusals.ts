/** Recusal of persons: people complained of, or with an interest, neither see the sheet nor act on it. */
import type { Vault } from '../kernel/index.js';
import type { Transaction } from '../platform/database/index.js';
import { listPersons } from './store/person-store.js';
import { hasRecusal, insertRecusals } from './store/recusal-store.js';
import { loginIn } from '../kernel/actor.js';

export interface Recusals {
  /**
   * @param names names or log-in names; a name shared by several people recuses all of them
   * @returns names that are not registered and need no recusal
   */
  addIn(transaction: Transaction, no: string, names: readonly string[]): Promise<readonly string[]>;
  /** @param actor as the trail names them: name(log-in name) */
  isRecused(transaction: Transaction, no: string, actor: string): Promise<boolean>;
}

export const createRecusals = ({ vault }: { readonly vault: Vault }): Recusals => ({
  addIn: async (transaction, no, names) => {
    const persons = await listPersons(transaction);
    const named = new Set(names);
    const meant = persons.filter(({ login, name }) => named.has(login) || named.has(name));
    await insertRecusals(
      transaction,
      no,
      meant.map(({ login }) => recusalKey(vault, login)),
    );
    return names.filter((one) => meant.every(({ login, name }) => one !== login && one !== name));
  },
  isRecused: (transaction, no, actor) => {
    const login = loginIn(actor) ?? actor;
    return hasRecusal(transaction, no, recusalKey(vault, login));
  },
});

/** The table of recusals must not reveal who is complained of. */
export const recusalKey = (vault: Vault, login: string): Buffer => vault.match(`recusal ${login}`);
