/**
 * What the checks know besides the diagram: plain JSON throughout, so that the same context goes to the browser.
 * Who composes it reads it from the catalogue, the policies, the roles and the versions in force.
 */
import type { CalendarDays } from '../calendar/model/index.js';
import type { Norm } from '../regulation/model/index.js';
import type { Reports } from './reports.js';

export interface CheckContext {
  /** At submission the reports of the rules 13 to 15 must be there; while one draws, nothing is said of them. */
  readonly stage: 'drawing' | 'submission';
  /** The norms of the catalogue's version in force. */
  readonly norms: readonly Norm[];
  /** The XML of the processes in force. The one with the diagram's own key is what it is compared with. */
  readonly inForce: readonly string[];
  /** Names in the registry of handlers. */
  readonly handlers: readonly string[];
  readonly calendar: CalendarDays;
  readonly policies: readonly PolicyFacts[];
  readonly roles: readonly RoleFacts[];
  readonly reports?: Reports;
}

export interface PolicyFacts {
  readonly key: string;
  /** In Chinese. */
  readonly label: string;
  readonly value: string;
  /** Every value that it may be given; for a length only the longest (`P10D`, `PT72H`). */
  readonly values: readonly string[];
}

/** A role as the diagrams name it (`duty:role`). */
export interface RoleFacts {
  readonly role: string;
  /** Roles that nobody may have besides this one. */
  readonly exclusive: readonly string[];
  /** A handling unit's: it sees its own sheets only and may be the one complained of. */
  readonly ofUnit: boolean;
  /** May look at the caller's data (docs/personal-data.md). */
  readonly seesCaller: boolean;
  /** May know who is complained of and who reports (Art 32). */
  readonly seesAccused: boolean;
}
