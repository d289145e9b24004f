import type { Sealed } from '../ports.js';
import type { Refusal } from '../../kernel/index.js';
import type { RuntimeName, Stimulus, Variables } from '../runtime/door.js';
import type { CaseFile, Realm } from './case-file.js';

interface Act {
  /** The legal instant: when it happened in the world. Whatever fell due before it is fired first. */
  readonly at: Date;
  /** Who did it, as the trail names them. */
  readonly actor?: string;
  readonly variables?: Variables;
  readonly sealed?: readonly Sealed[];
}

export interface StartCase extends Act {
  readonly kind: 'start';
  readonly businessKey: string;
  readonly process: string;
  readonly realm: Realm;
  /** Runs every instance of the case on this runtime, whatever the definitions say. */
  readonly runtime?: RuntimeName;
}

interface Stimulate extends Act {
  readonly kind: 'stimulate';
  readonly caseId: string;
  readonly instance: number;
  readonly stimulus: Stimulus;
}

/** A message from outside: to every instance of the case that waits for it, else it starts its process. */
interface Send extends Act {
  readonly kind: 'send';
  readonly caseId: string;
  readonly message: string;
}

/** Fires every deadline of the case that is due at `until`, in due order, each at its own legal instant. */
interface FallDue {
  readonly kind: 'fall-due';
  readonly caseId: string;
  readonly until: Date;
}

export type Command = StartCase | Stimulate | Send | FallDue;

export interface Answer {
  /** The case after the command (unchanged when refused). Undefined only when there is no such case. */
  readonly file: CaseFile | undefined;
  readonly refusal?: Refusal;
  /** A start whose business key exists already changes nothing. */
  readonly existed?: true;
}
