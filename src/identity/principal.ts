/** The acting principal: a person, or another system by its token. */
import type { UnitName } from '../kernel/unit-name.js';
import type { Role } from './roles/index.js';
import type { Scope } from './scopes/index.js';

/** Visible sheets: all, or those of the named units. */
export type Sight =
  { readonly kind: 'all' } | { readonly kind: 'units'; readonly units: readonly UnitName[] };

export interface Principal {
  /** A person's log-in name, which never changes and belongs to nobody else; empty for a system. */
  readonly login: string;
  /** Name in the trail: name and log-in name, or the system and its token's prefix. */
  readonly actor: string;
  /** Roles of a person; systems have none. */
  readonly roles: readonly Role[];
  /** The `duty:role` values of tasks that they perform. */
  readonly duties: readonly string[];
  readonly sight: Sight;
  /** Own unit and its sub-units. */
  readonly units: readonly UnitName[];
  /** Their own unit and all units above it of which it is a part; an accusation against one of them concerns them. */
  readonly belongsTo: readonly string[];
  /** The whole of which their unit is a part; what it must correct, its people correct. */
  readonly body: string;
  /** Languages in which they answer callers, besides Chinese. */
  readonly languages: readonly string[];
  /** Numbers of sheets they are recused from, which they never see. */
  readonly recusedFrom: readonly string[];
}

/** Another system, authenticated by its token. */
export interface SystemPrincipal extends Principal {
  readonly system: number;
  readonly token: number;
  readonly scopes: readonly Scope[];
}
