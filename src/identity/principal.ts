/** The acting principal: a person, or another system by its token. */
import type { UnitName } from '../kernel/unit-name.js';
import type { Role } from './roles/index.js';
import type { Scope } from './scopes/index.js';

/** Visible sheets: all, or those of the named units. */
export type Sight =
  { readonly kind: 'all' } | { readonly kind: 'units'; readonly units: readonly UnitName[] };

export interface Principal {
  /** A person's, which never changes and belongs to nobody else; empty for a system. */
  readonly login: string;
  /** As named in the trail: name and log-in name, or the system and its token's prefix. */
  readonly actor: string;
  /** A person's; systems have none. */
  readonly roles: readonly Role[];
  /** The `duty:role` values of tasks they perform. */
  readonly duties: readonly string[];
  readonly sight: Sight;
  /** Own unit and its sub-units. */
  readonly units: readonly UnitName[];
  /** Own unit and those that it is part of: what is said against one of them is said against theirs. */
  readonly belongsTo: readonly string[];
  /** In which they answer callers, besides Chinese. */
  readonly languages: readonly string[];
  /** Numbers of sheets they are recused from: never visible. */
  readonly recusedFrom: readonly string[];
}

/** Another system, as its token shows it. */
export interface SystemPrincipal extends Principal {
  readonly system: number;
  readonly token: number;
  readonly scopes: readonly Scope[];
}
