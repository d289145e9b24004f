/** Input of the checks besides the diagram, as plain JSON, since it also goes to the browser. */
import type { CalendarDays } from '../../calendar/model/index.js';
import type { RegisterName, ValueType } from '../../engine/model/index.js';
import type { Law } from '../../kernel/law.js';
import type { Norm, Vocabulary } from '../../law/regulation/model/index.js';
import type { Reports } from './reports.js';

export interface CheckContext {
  /** At submission the reports of a trial are required. */
  readonly stage: 'drawing' | 'submission';
  readonly law: Law;
  readonly norms: readonly Norm[];
  readonly vocabulary: Vocabulary;
  /** XML of the processes in force. The version with the diagram's own key is the one it is compared with. */
  readonly inForce: readonly string[];
  readonly handlers: readonly HandlerFacts[];
  /** DMN XML of the decision tables in force, as named by `duty:decision`. */
  readonly tables: readonly string[];
  /** Registers for columns of tables (`duty:register`); a register missing here is not checked. */
  readonly registers: { readonly [Name in Exclude<RegisterName, 'units'>]?: readonly Registered[] };
  /** Variables for a table of proposed answers: the sheet as it is entered, because there is no case yet. */
  readonly sheet: Writes;
  /** Variables that the program itself sets in a case, and which part of it sets them. */
  readonly given: readonly { readonly by: string; readonly writes: Writes }[];
  /** Messages that people or the program itself send to a case. */
  readonly sent: readonly string[];
  readonly calendar: CalendarDays;
  readonly policies: readonly PolicyFacts[];
  readonly roles: readonly RoleFacts[];
  readonly reports?: Reports;
}

export interface Registered {
  readonly value: string;
  /** In Chinese. */
  readonly name: string;
  /** Set in a tree: the value of the parent; null at the first level. */
  readonly parent?: string | null;
}

/** Variable → its possible values. */
type Writes = { readonly [variable: string]: ValueType };

/** A registered handler, as named by `duty:handler`. */
export interface HandlerFacts {
  readonly name: string;
  readonly writes: Writes;
  readonly errors: readonly string[];
  /** Limits that it moves; null: the one that its task names. */
  readonly moves: readonly (string | null)[];
}

export interface PolicyFacts {
  readonly key: string;
  /** In Chinese. */
  readonly label: string;
  readonly value: string;
  /** Possible values; for a duration only the longest (`P10D`, `PT72H`). */
  readonly values: readonly string[];
}

/** A role as named by `duty:role`. */
export interface RoleFacts {
  readonly role: string;
  /** Roles that exclude this one. */
  readonly exclusive: readonly string[];
  /**
   * True for a role of a handling unit: it sees only its unit's sheets, and may belong to the unit
   * complained about.
   */
  readonly ofUnit: boolean;
  /** May see the caller's data (docs/personal-data.md). */
  readonly seesCaller: boolean;
  /** May see the people complained about and the reporter. */
  readonly seesAccused: boolean;
}
