/** Whoever asks for something: a person, or another system by its token. */
import type { Role } from './roles/index.js';
import type { Scope } from './scopes/index.js';

/** Sheets that somebody may see: all of them, or those of the named units. */
export type Sight = { readonly kind: 'all' } | { readonly kind: 'units'; readonly units: readonly string[] };

export interface Principal {
  /** As the trail names whoever did something: name and log-in name, or the system and what its token begins with. */
  readonly actor: string;
  /** Those of a person; a system holds none. */
  readonly roles: readonly Role[];
  /** The `duty:role` values of diagrams whose tasks are theirs. */
  readonly duties: readonly string[];
  readonly sight: Sight;
  /** Their own unit and those below it. */
  readonly units: readonly string[];
  /** Their own unit and those that it is part of; of a system, in doubt, all that are its. */
  readonly belongsTo: readonly string[];
  /** Sheets that they must keep away from, by number: not theirs to see, whatever else is. */
  readonly recusedFrom: readonly string[];
}

/** Another system, as its token shows it. */
export interface SystemPrincipal extends Principal {
  readonly system: number;
  readonly token: number;
  readonly scopes: readonly Scope[];
}
