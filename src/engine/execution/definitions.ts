import type { Annotations, DecisionTable } from '../model/index.js';
import type { Definition } from '../runtime/interface.js';

/** A deployed version, ready to run. */
export interface DeployedDefinition {
  readonly id: number;
  readonly key: string;
  readonly version: number;
  readonly name: string;
  readonly sha256: string;
  readonly deployedAt: Date;
  readonly definition: Definition;
  readonly annotations: Annotations;
}

/** A deployed version of a decision table. */
export interface DeployedTable {
  readonly id: number;
  readonly key: string;
  readonly version: number;
  readonly table: DecisionTable;
}

/** The deployed definitions as available to a step; everything is loaded before the step begins. */
export interface Definitions {
  /** @throws {Refusal} `definition.not-found` */
  byId(id: number): DeployedDefinition;
  inForce(key: string, at: Date): DeployedDefinition | undefined;
  /** The version of a decision table in force at an instant; before the first version, the first one. */
  table(key: string, at: Date): DeployedTable | undefined;
  /** The definition in force at an instant that a message starts, with the id of its start event. */
  startedBy(
    message: string,
    at: Date,
  ): { readonly deployed: DeployedDefinition; readonly event: string } | undefined;
  /** A definition in force at an instant that has the element. */
  withElement(element: string, at: Date): DeployedDefinition | undefined;
  /** The definition with its called definitions at the given pinned versions. */
  pinned(deployed: DeployedDefinition, called: { readonly [key: string]: number }): Definition;
  /** Versions, at an instant, of all definitions reachable by call activities. */
  pinsOf(deployed: DeployedDefinition, at: Date): { readonly [key: string]: number };
}
