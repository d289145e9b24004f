/**
 * A decision by two people: one writes it, another approves it, and it takes effect at a later
 * instant. Two persons are the same if their log-in names are equal: these never change and belong
 * to one person each. Display names are never compared. Pure.
 */
import { Refusal, type RefusalCode, type RefusalOptions } from '../../kernel/index.js';

export interface Person {
  readonly login: string;
  /** The person's name in the trail. */
  readonly actor: string;
  /** The operating system's user who acted in their name on the command line, which has no log-in. */
  readonly machine?: string | null;
}

export interface Officer extends Person {
  readonly roles: readonly string[];
}

interface Matter<State extends string> {
  /** Name in Chinese: 第 3 号草案. */
  readonly name: string;
  readonly state: State;
  readonly authors: readonly Person[];
  /** People who have approved it in its present form; default: nobody. */
  readonly approvers?: readonly Person[];
  /** Number of approvals required; default: one. */
  readonly needed?: number;
}

interface Deed<State extends string> {
  /** Title in Chinese: 批准. */
  readonly title: string;
  readonly in: readonly State[];
  /** Next state; default: unchanged. */
  readonly to?: State;
  /**
   * `author`: only its author. `other`: anybody but its author. `approver`: like `other`, and
   * nobody twice; the last required approval changes the state. `not-approver`: anybody but its
   * approvers. Default: anybody.
   */
  readonly by?: 'author' | 'other' | 'approver' | 'not-approver';
  /** Default: the roles to which the operation is open. */
  readonly roles?: readonly string[];
}

/** How one process defines its decisions. */
interface Terms<Subject, State extends string, Act extends string> {
  readonly matter: (subject: Subject) => Matter<State>;
  /** Refusal of an act in the wrong state, unless the state has its own. */
  readonly late: { readonly code: RefusalCode; readonly remedy: string };
  /** Title in Chinese (等待批准), remedy, code. */
  readonly states: { readonly [state in NoInfer<State>]: readonly [string, string?, RefusalCode?] };
  readonly deeds: { readonly [act in Act]: Deed<NoInfer<State>> };
  /** Refusal of the wrong person; `wrote` is 写过 or 提出. */
  readonly own: { readonly code: RefusalCode; readonly wrote: string } & Pick<
    RefusalOptions,
    'remedy' | 'where' | 'provision'
  >;
}

export const editors = ['compliance-editor'];
export const approvers = ['compliance-approver'];

export const isSamePerson = (one: Person, other: Person): boolean => one.login === other.login;

export function twoPersonDecision<Subject, State extends string, Act extends string>({
  matter,
  late,
  states,
  deeds,
  own: { code: ownCode, wrote, ...ownMore },
}: Terms<Subject, State, Act>) {
  /** Refuses an act that comes too early or too late. */
  const outOfState = (subject: Subject, act: Act): Refusal => {
    const { name, state } = matter(subject);
    const [title, remedy = late.remedy, code = late.code] = states[state];
    return new Refusal(code, `${name}${title}，现在不能${deeds[act].title}`, { remedy });
  };

  const wrongHand = (subject: Subject, act: Act, by: Person): string | undefined => {
    const { title, by: hand } = deeds[act];
    const { name, authors, approvers: given = [] } = matter(subject);
    const isAuthor = authors.some((author) => isSamePerson(author, by));
    const hasApproved = given.some((approver) => isSamePerson(approver, by));
    if (hand === undefined) return undefined;
    if (hand === 'author')
      return isAuthor ? undefined : `${name}由${authors[0]?.actor ?? ''}${wrote}，他人不得${title}`;
    if (hasApproved && hand !== 'other') return `${by.actor}已经批准过${name}，还须另一人${title}`;
    if (hand === 'not-approver') return undefined;
    if (isAuthor) return `${by.actor}${wrote}${name}，不得由本人${title}`;
    // Whoever sits at the machine can name anybody.
    return by.machine ? `${name}不能在命令行上${title}：认不出是不是另一个人` : undefined;
  };

  /** Why the person cannot do it; undefined if they can. */
  const hindrance = (subject: Subject, act: Act, by: Officer): Refusal | undefined => {
    const { title, in: possible, roles } = deeds[act];
    const { name, state } = matter(subject);
    if (roles && !roles.some((role) => by.roles.includes(role))) return notTheirs(`${title}${name}`);
    if (!possible.includes(state)) return outOfState(subject, act);
    const wrong = wrongHand(subject, act, by);
    return wrong === undefined ? undefined : new Refusal(ownCode, wrong, ownMore);
  };

  const stateAfter = (subject: Subject, act: Act): State => {
    const { state, approvers: given = [], needed = 1 } = matter(subject);
    const { to = state, by } = deeds[act];
    return by === 'approver' && given.length + 1 < needed ? state : to;
  };

  /** Every act, with what prevents the person from doing it. */
  const hindrances = (subject: Subject, by: Officer) =>
    (Object.keys(deeds) as Act[]).map((act) => ({ act, hindrance: hindrance(subject, act, by) }));

  return {
    hindrance,
    hindrances,
    outOfState,
    stateAfter,
    titleOf: (state: State): string => states[state][0],
    /** Acts that the person can do. */
    possible: (subject: Subject, by: Officer): Act[] =>
      hindrances(subject, by).flatMap((one) => (one.hindrance ? [] : [one.act])),
    /**
     * @param reason required for refusing, rejecting and withdrawing
     * @returns the state after the act, and the number of the approval
     * @throws {Refusal} what prevents the person; `input.invalid` for a blank reason
     */
    decide: (subject: Subject, act: Act, by: Officer, reason?: string) => {
      const hindered = hindrance(subject, act, by);
      if (hindered) throw hindered;
      if (reason !== undefined) assertReason(reason, deeds[act].title);
      const { approvers: given = [] } = matter(subject);
      return { state: stateAfter(subject, act), approval: given.length + 1 };
    },
  };
}

export const notTheirs = (what: string): Refusal =>
  new Refusal('access.denied', `${what}不在您的职责之内`, { remedy: '由有这项职责的人办理' });

export function assertReason(reason: string, what: string): void {
  if (reason.trim() !== '') return;
  throw new Refusal('input.invalid', `没有写为什么${what}`, { where: 'reason', remedy: '写明理由' });
}

/**
 * Milliseconds. Programs query every second what is in force, so all of them know a decision well
 * before its instant.
 */
export const leastNotice = 60_000;

export const inTime = (inForceFrom: Date, now: Date): boolean =>
  inForceFrom.getTime() - now.getTime() >= leastNotice;
