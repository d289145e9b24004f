/**
 * One transaction: lock and load the cases, run each command in memory, write changes and trail entries, commit. A
 * refused command changes nothing and does not affect the others of its batch; any unexpected error rolls the whole
 * batch back.
 */
import { Refusal, type Clock } from '../kernel/index.js';
import type { Laws } from '../kernel/law.js';
import type { Database, Transaction } from '../platform/database/index.js';
import type {
  Announced,
  BarredFrom,
  Bookmark,
  Handlers,
  Journal,
  JournalEntry,
  OuterLimitOf,
  PartiesOf,
  StandInsOf,
  UnitOfRole,
} from './ports.js';
import type { Runtime } from './runtime/interface.js';
import { stateDigest } from './store/case-state.js';
import { armsDeadlines, writeCases, type CaseChange } from './store/case-changes.js';
import { deadlineReasons, loadCasesByKey, lockWithEnds, openCases } from './store/case-store.js';
import { proveCases, type Proof } from './store/case-proof.js';
import { claimIncidents, createClaims, dueRows } from './store/claims.js';
import { withIncidents, writeIncidents } from './store/incident-store.js';
import { writeBarred } from './store/case-barred.js';
import { writeParties } from './store/case-parties.js';
import type { DefinitionStore } from './store/definition-store.js';
import { nextHearings, writeSignals } from './store/thrown-signals.js';
import { dueStarts } from './store/due-starts.js';
import { advance, type AdvanceDeps } from './execution/advance.js';
import { heldUp } from './execution/held-up.js';
import { failureOf } from './execution/hold.js';
import { outdated } from './execution/intervene.js';
import { lastAct } from './execution/entry.js';
import type { CaseDraft, CaseFile } from './execution/case-file.js';
import type { Answer, Command, StartCase } from './execution/command.js';
import { continued, HistoryRequired } from './execution/history.js';
import type { DueDates, Policies } from '../kernel/timer-spec.js';

export interface ExecutorDeps {
  readonly database: Database;
  readonly definitions: DefinitionStore;
  readonly dueDates: DueDates;
  readonly handlers: Handlers;
  readonly laws: Laws;
  readonly policies: Policies;
  readonly journal: Journal<Transaction>;
  readonly runtime: Runtime;
  readonly partiesOf?: PartiesOf;
  readonly barredFrom?: BarredFrom;
  readonly outerLimitOf?: OuterLimitOf;
  readonly standInsOf?: StandInsOf;
  readonly unitOfRole?: UnitOfRole;
  readonly clock: Clock;
  /**
   * Called in the step's transaction for steps that notify somebody: a level reached or a task opened, live cases only.
   */
  readonly announce?: (transaction: Transaction, steps: readonly Announced[]) => void;
  /** Refreshes calendar and policies, which are then used without I/O. */
  readonly refresh?: (transaction: Transaction) => Promise<void>;
  /**
   * Called before due dates are computed. The returned function is called if deadlines were written: it fails the
   * transaction with a conflict, to be retried, if calendar or policies have changed meanwhile.
   */
  readonly hold?: () => (transaction: Transaction) => void;
}

export interface Executor {
  /** One result per command, in order. Commands for the same case take effect one after the other. */
  execute(commands: readonly Command[]): Promise<readonly Answer[]>;
  /** The same within the caller's transaction. */
  executeIn(transaction: Transaction, commands: readonly Command[]): Promise<readonly Answer[]>;
  /** Computes the effect of the commands; writes nothing. */
  preview(commands: readonly Exclude<Command, StartCase>[]): Promise<readonly Answer[]>;
  /**
   * Claims up to `limit` due deadlines of live cases and fires them, and retries incidents. Returns
   * the number of cases advanced, without stuck ones.
   */
  fireDue(limit: number): Promise<number>;
  /**
   * Opens a case for each instant at which a timer starts a process, the earliest first, up to
   * `limit`. Several programs may call this at once: an instant gets one case. Returns the number
   * of cases opened.
   *
   * @throws {Refusal} for a timer whose instants cannot be computed, after the others have been
   * served
   */
  startDue(limit: number): Promise<number>;
  /**
   * Delivers the oldest pending signal to up to `limit` cases. Returns their number, 1 for a signal
   * that nobody waits for, 0 if none is pending.
   */
  spreadSignal(limit: number): Promise<number>;
}

export function createExecutor(deps: ExecutorDeps): Executor {
  const claims = createClaims(deps.clock);

  const executeIn = async (transaction: Transaction, commands: readonly Command[]): Promise<Answer[]> => {
    const starts = commands.filter((command) => command.kind === 'start');
    const ids = [
      ...new Set(commands.flatMap((command) => (command.kind === 'start' ? [] : [command.caseId]))),
    ].sort((a, b) => Number(a) - Number(b));
    const opened = new Map(starts.length > 0 ? await openCases(transaction, starts) : []);
    const loaded = await lockedAndProved(transaction, ids);
    const existing = await existingCases(transaction, starts, opened);
    for (const start of starts) {
      const id = opened.get(start.businessKey);
      if (id !== undefined) loaded.set(id, { file: newCase(id, start) });
    }
    const decided = await decide(transaction, commands, loaded, (start) => {
      const id = opened.get(start.businessKey);
      opened.delete(start.businessKey);
      return id ?? existing.get(start.businessKey);
    });
    return record(transaction, loaded, decided);
  };

  const lockedAndProved = async (
    transaction: Transaction,
    ids: readonly string[],
  ): Promise<Map<string, Proof>> => {
    const { cases, ends } = await lockWithEnds(transaction, ids);
    return new Map(await proveCases(transaction, deps.journal, cases.values(), ends, deps.laws.today()));
  };

  /** `caseOf` returns the id of a case just opened, or of the existing one. */
  const decide = async (
    transaction: Transaction,
    commands: readonly Command[],
    loaded: ReadonlyMap<string, Proof>,
    caseOf: (start: StartCase) => string | CaseFile | undefined,
  ): Promise<Decided> => {
    await deps.refresh?.(transaction);
    const reached = commands.flatMap((command) =>
      command.kind === 'migrate' ? [command.from, command.to] : [],
    );
    const sound = [...loaded.values()].flatMap(({ file, refusal }) => (refusal ? [] : [file]));
    await deps.definitions.prepare(transaction, sound, reached);
    const recomputed = commands.flatMap((command) =>
      command.kind === 'recompute' || command.kind === 'migrate' ? [command.caseId] : [],
    );
    const reasons = recomputed.length > 0 ? await deadlineReasons(transaction, recomputed) : undefined;
    const recordedAt = deps.clock.now();
    const hold = deps.hold?.();
    const current = new Map([...loaded].map(([id, { file }]) => [id, file]));
    const drafts = new Map<string, CaseDraft[]>();
    const answers: Answer[] = [];
    for (const command of commands) {
      const target = command.kind === 'start' ? caseOf(command) : command.caseId;
      const file = typeof target === 'string' ? current.get(target) : target;
      if (!file) {
        answers.push({ file: undefined, refusal: unknownCase(command) });
        continue;
      }
      if (typeof target !== 'string') {
        answers.push({ file, existed: true });
        continue;
      }
      const refusal = loaded.get(file.id)?.refusal;
      if (refusal) {
        if (command.kind === 'fall-due') {
          const due = await dueRows(transaction, file.id, command.until);
          drafts.set(file.id, [heldUp(file, due, refusal, { ...deps, recordedAt })]);
        }
        answers.push({ file, refusal });
        continue;
      }
      try {
        if (command.kind === 'intervene' && stateDigest(file) !== command.basedOn)
          throw outdated(file.businessKey);
        const known = { ...deps, recordedAt, reasons: reasons?.get(file.id) ?? new Map() };
        const draft = await advanced(transaction, file, command, known, drafts.get(file.id) ?? []);
        current.set(file.id, draft);
        drafts.set(file.id, [...(drafts.get(file.id) ?? []), draft]);
        answers.push({ file: draft, entries: draft.entries });
      } catch (error) {
        // A case that could not start must not remain empty: rolls back the whole batch.
        if (command.kind === 'start') throw error;
        answers.push({ file, refusal: failureOf(error, file.businessKey) });
      }
    }
    return { answers, drafts, hold };
  };

  /** Retries with the case's trail if a handler needs it. */
  const advanced = async (
    transaction: Transaction,
    file: CaseFile,
    command: Command,
    known: AdvanceDeps,
    before: readonly CaseDraft[],
  ): Promise<CaseDraft> => {
    try {
      return advance(file, command, known);
    } catch (error) {
      if (!(error instanceof HistoryRequired)) throw error;
      const written = await deps.journal.history(transaction, file.businessKey).catch((refused: unknown) => {
        if (refused instanceof Refusal) return refused;
        throw refused;
      });
      const unwritten = before.flatMap(({ entries }) => entries);
      const history = written instanceof Refusal ? written : continued(written, unwritten);
      return advance(file, command, { ...known, history });
    }
  };

  const record = async (
    transaction: Transaction,
    loaded: ReadonlyMap<string, Proof>,
    { answers, drafts, hold }: Decided,
  ): Promise<Answer[]> => {
    const entries = [...drafts].flatMap(([id, steps]) => entriesWithState(steps, loaded.get(id)));
    // Lets the journal look up the end of a trail that the case's row states wrongly.
    const left = new Map(
      [...loaded.values()].flatMap(({ file, refusal, state }) =>
        refusal && state === undefined ? [] : [[file.businessKey, file.bookmark] as const],
      ),
    );
    const bookmarks = await deps.journal.append(transaction, entries, left);
    const changes: CaseChange[] = [];
    const announced: Announced[] = [];
    for (const [id, steps] of drafts) {
      const { file: before, refusal, state } = loaded.get(id) ?? {};
      const last = steps.at(-1);
      if (!before || !last || steps.every(({ entries }) => entries.length === 0 && !isHeld(before, last)))
        continue;
      const { entries: _written, signals: _thrown, ...after } = last;
      // A row that states a wrong end of the trail stays unchanged, as evidence.
      const moved = refusal && state === undefined ? undefined : bookmarks.get(last.businessKey);
      const bookmark = moved ?? before.bookmark;
      changes.push({ before, after: { ...after, bookmark } });
      const written = steps.flatMap((step) => step.entries);
      const signals = before.realm === 'live' ? steps.flatMap((step) => step.signals) : [];
      if (signals.length > 0) await writeSignals(transaction, last.businessKey, signals);
      if (before.realm === 'live' && isNews(written, before, last)) {
        announced.push({ stream: last.businessKey, entries: written.length, bookmark });
      }
    }
    writeCases(transaction, changes, deps);
    writeIncidents(transaction, changes);
    if (changes.some(armsDeadlines)) hold?.(transaction);
    if (deps.partiesOf) writeParties(transaction, changes, deps.partiesOf, deps.barredFrom);
    if (deps.barredFrom) writeBarred(transaction, changes, deps.barredFrom, deps.partiesOf);
    if (announced.length > 0) deps.announce?.(transaction, announced);
    return answers.map((answer) => movedOn(answer, bookmarks));
  };

  return {
    executeIn,
    execute: (commands) => deps.database.transaction((transaction) => executeIn(transaction, commands)),
    preview: (commands) =>
      deps.database.transaction(async (transaction) => {
        const ids = [...new Set(commands.map(({ caseId }) => caseId))];
        const loaded = await lockedAndProved(transaction, ids);
        return (await decide(transaction, commands, loaded, () => undefined)).answers;
      }),
    spreadSignal: (limit) =>
      deps.database.transaction(async (transaction) => {
        const commands = await nextHearings(transaction, deps.definitions, deps.clock.now(), limit);
        if (!commands) return 0;
        // Returns 1, so that the next signal is delivered in this round although nobody waits for
        // this one.
        if (commands.length === 0) return 1;
        await deps.refresh?.(transaction);
        await executeIn(transaction, commands);
        return commands.length;
      }),
    startDue: async (limit) => {
      const { opened, failure } = await deps.database.transaction(async (transaction) => {
        await deps.refresh?.(transaction);
        await deps.definitions.prepare(transaction, []);
        const starts = await dueStarts(transaction, deps, limit);
        const answers = starts.due.length > 0 ? await executeIn(transaction, starts.due) : [];
        return { opened: answers.filter(({ existed }) => !existed).length, failure: starts.failure };
      });
      if (failure) throw failure;
      return opened;
    },
    fireDue: (limit) =>
      deps.database.transaction(async (transaction) => {
        const until = deps.clock.now();
        const due = await claims.claim(transaction, until, limit);
        const held = await claimIncidents(transaction, until, limit);
        const cases = new Map([...(await withIncidents(transaction, held)), ...due]);
        if (cases.size === 0) return 0;
        const claimed = await proveCases(
          transaction,
          deps.journal,
          cases.values(),
          new Map(),
          deps.laws.today(),
        );
        const commands = [...claimed.keys()].map((caseId): Command => ({ kind: 'fall-due', caseId, until }));
        const decided = await decide(transaction, commands, claimed, () => undefined);
        const answers = await record(transaction, claimed, decided);
        return answers.filter(({ entries = [] }) => lastAct(entries) !== undefined).length;
      }),
  };
}

interface Decided {
  readonly answers: Answer[];
  /** Results of each case, one draft per command. */
  readonly drafts: ReadonlyMap<string, readonly CaseDraft[]>;
  readonly hold: ((transaction: Transaction) => void) | undefined;
}

/**
 * The last entry of a case's steps carries the digest of the resulting state. For a false row it
 * carries the digest recorded before, so that nothing makes the row look true.
 */
function entriesWithState(steps: readonly CaseDraft[], proof: Proof | undefined): readonly JournalEntry[] {
  const entries = steps.flatMap((step) => step.entries);
  const [last, left] = [entries.at(-1), steps.at(-1)];
  const state = proof?.refusal ? proof.state : left && stateDigest(left);
  return last && state !== undefined ? [...entries.slice(0, -1), { ...last, state }] : entries;
}

/** A case that wrote entries gets the bookmark of the last entry that the batch wrote for it. */
function movedOn(answer: Answer, bookmarks: ReadonlyMap<string, Bookmark>): Answer {
  const { file, entries } = answer;
  const bookmark = file && bookmarks.get(file.businessKey);
  if (!file || !entries || bookmark === undefined) return answer;
  return { ...answer, file: { ...file, bookmark } };
}

const isNews = (entries: readonly JournalEntry[], before: CaseFile, after: CaseFile): boolean =>
  entries.some(
    ({ body, type }) =>
      type === 'incident.opened' ||
      type === 'intervention.proposed' ||
      type === 'regulation.applied' ||
      type === 'regulation.kept' ||
      'levels' in body ||
      'revokedLevels' in body ||
      'redatedLevels' in body ||
      'ended' in body,
  ) || [...after.tasks].some(([key, task]) => before.tasks.get(key) !== task);

/** A firing that failed again writes no entry. */
const isHeld = (before: CaseFile, after: CaseFile): boolean =>
  [...after.incidents].some(([key, incident]) => before.incidents.get(key) !== incident);

async function existingCases(
  transaction: Transaction,
  starts: readonly StartCase[],
  opened: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, CaseFile>> {
  const keys = starts.map((start) => start.businessKey).filter((key) => !opened.has(key));
  return keys.length > 0 ? loadCasesByKey(transaction, keys) : new Map();
}

function newCase(id: string, start: StartCase): CaseFile {
  return {
    id,
    businessKey: start.businessKey,
    realm: start.realm,
    variables: {},
    instanceCount: 0,
    startedAt: start.at,
    endedAt: null,
    bookmark: null,
    instances: new Map(),
    tasks: new Map(),
    deadlines: new Map(),
    lights: [],
    incidents: new Map(),
  };
}

function unknownCase(command: Command): Refusal {
  const name = command.kind === 'start' ? command.businessKey : command.caseId;
  return new Refusal('case.not-found', `没有编号为 ${name} 的工单`, { remedy: '核对工单编号' });
}
