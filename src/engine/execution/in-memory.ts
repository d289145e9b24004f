/**
 * One case without a database: the data that the executor stores in PostgreSQL are held in a
 * variable, and serialised to JSON between commands as the database would.
 */
import { Refusal, type JsonObject } from '../../kernel/index.js';
import type { JournalEntry } from '../ports.js';
import { advance, type AdvanceDeps } from './advance.js';
import { refusalOf } from './hold.js';
import type { CaseFile } from './case-file.js';
import type { Command } from './command.js';
import { continued } from './history.js';

export interface CaseInMemory {
  readonly file: CaseFile;
  /** Everything that happened, in order. */
  readonly entries: readonly JournalEntry[];
  /** @throws {Refusal} like the executor; nothing has changed then */
  take(command: Command): void;
  /** Whether the command would be accepted; changes nothing. */
  takes(command: Command): boolean;
  /** A copy of the case; commands on the copy do not affect this one. */
  fork(): CaseInMemory;
}

export type InMemoryDeps = Omit<AdvanceDeps, 'recordedAt' | 'reasons' | 'history'>;

export function caseInMemory(
  deps: InMemoryDeps,
  {
    businessKey,
    strict = false,
  }: {
    readonly businessKey: string;
    /** True: refuses a step that would become an incident, so that a rehearsal shows the fault at once. */
    readonly strict?: boolean;
  },
): CaseInMemory {
  const empty: CaseFile = {
    id: '1',
    businessKey,
    realm: 'replay',
    variables: {},
    instanceCount: 0,
    startedAt: new Date(0),
    endedAt: null,
    bookmark: null,
    instances: new Map(),
    tasks: new Map(),
    deadlines: new Map(),
    lights: [],
    incidents: new Map(),
  };
  return continuedFrom(deps, strict, empty, []);
}

function continuedFrom(
  deps: InMemoryDeps,
  strict: boolean,
  begun: CaseFile,
  past: readonly JournalEntry[],
): CaseInMemory {
  const entries = [...past];
  let file = begun;
  const advanced = (command: Command) => {
    const at = command.kind === 'fall-due' ? command.until : command.at;
    const before = file.instanceCount === 0 ? { ...file, startedAt: at } : file;
    const draft = advance(before, command, { ...deps, recordedAt: at, history: continued([], entries) });
    const [incident] = draft.incidents.values();
    if (strict && incident) throw refusalOf(incident);
    return draft;
  };
  return {
    get file() {
      return file;
    },
    entries,
    take: (command) => {
      const draft = advanced(command);
      entries.push(...draft.entries);
      file = throughJson(draft);
    },
    takes: (command) => {
      try {
        advanced(command);
        return true;
      } catch (error) {
        if (error instanceof Refusal) return false;
        throw error;
      }
    },
    // A file is never changed in place, so the copy can share it.
    fork: () => continuedFrom(deps, strict, file, entries),
  };
}

function throughJson(file: CaseFile): CaseFile {
  const instances = [...file.instances].map(
    ([number, instance]) =>
      [
        number,
        { ...instance, state: JSON.parse(JSON.stringify(instance.state)) as typeof instance.state },
      ] as const,
  );
  const variables = JSON.parse(JSON.stringify(file.variables)) as JsonObject;
  return { ...file, variables, instances: new Map(instances) };
}
