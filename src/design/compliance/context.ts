/** What the checks need besides the diagram, as plain JSON that also goes to the browser. */
import type { CalendarDays } from '../../calendar/model/index.js';
import type { RegisterName, ValueType } from '../../engine/model/index.js';
import type { Law } from '../../kernel/law.js';
import type { Norm, Vocabulary } from '../../law/regulation/model/index.js';
import type { Reports } from './reports.js';

export interface CheckContext {
  /** At submission the reports of rules 13 to 15 are required. */
  readonly stage: 'drawing' | 'submission';
  readonly law: Law;
  readonly norms: readonly Norm[];
  readonly vocabulary: Vocabulary;
  /** XML of the processes in force. The one with the diagram's own key is the version it is compared with. */
  readonly inForce: readonly string[];
  readonly handlers: readonly HandlerFacts[];
  /** DMN XML of the decision tables in force, as named by `duty:decision`. */
  readonly tables: readonly string[];
  /** Where columns of tables take their values from (`duty:register`); what is not known here is left out. */
  readonly registers: { readonly [Name in Exclude<RegisterName, 'units'>]?: readonly Registered[] };
  /** What a table that proposes answers may look up: the sheet as it is written, for there is no case yet. */
  readonly sheet: Writes;
  /** Variables that the program itself sets in a case, and who. */
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
  /** Of a tree: the value above; null at the first level. */
  readonly parent?: string | null;
}

/** Variable → what it may hold. */
type Writes = { readonly [variable: string]: ValueType };

/** A registered handler, as named by `duty:handler`. */
export interface HandlerFacts {
  readonly name: string;
  readonly writes: Writes;
  readonly errors: readonly string[];
}

export interface PolicyFacts {
  readonly key: string;
  /** In Chinese. */
  readonly label: string;
  readonly value: string;
  /** Possible values; of a duration only the longest (`P10D`, `PT72H`). */
  readonly values: readonly string[];
}

/** A role as named by `duty:role`. */
export interface RoleFacts {
  readonly role: string;
  /** Roles that exclude this one. */
  readonly exclusive: readonly string[];
  /** Of a handling unit: sees only its own sheets and may be the unit complained about. */
  readonly ofUnit: boolean;
  /** May see the caller's data (docs/personal-data.md). */
  readonly seesCaller: boolean;
  /** May see who is complained about and who reports. */
  readonly seesAccused: boolean;
}
