/** People, units and roles; authentication; visibility. */
import { createAccusedRegister, type AccusedRegister } from './accused.js';
import { createCallerSecrets, type CallerSecrets } from './caller-secrets.js';
import { createCountedEntries, type CountedEntries } from './counted-entries.js';
import { createPeople, type People } from './people.js';
import { createRecusals, type Recusals } from './recusals.js';
import type { UnitKind } from './roles/index.js';
import { createRefusalLog, type RefusalLog } from './refusal-log.js';
import { readAccessRules, type AccessRules } from './rules.js';
import { createSessions, type Sessions } from './sessions.js';
import type { OidcSettings } from './oidc-settings.js';
import { createSetup, type Setup } from './setup.js';
export type { SampleLogin } from './setup.js';
import { createSignIn, type SignIn } from './sign-in.js';
import { createSingleSignOn, type SingleSignOn } from './single-sign-on.js';
import { createSystems, type Systems } from './systems.js';
import { createTokens, type Tokens } from './tokens.js';
import { oidcFlowEntity, oidcLogoutEntity } from './store/oidc-entities.js';
import { personEntity, roleGrantEntity, unitEntity, unitsAmong } from './store/person-store.js';
import { sessionEntity, signInFailureEntity } from './store/session-store.js';
import { apiTokenEntity, clientSystemEntity } from './store/token-store.js';
import type { Using } from './parts.js';

export { keepCurrentKey, openKeyRing } from './key-check.js';
export { keyFileOf } from './key-file.js';
export type { Principal, SystemPrincipal } from './principal.js';
export { readSamplePeople } from './sample-people.js';
export { isOwnRole, roles, rolesOf, roleTitle, type Role, type UnitKind } from './roles/index.js';
export { oidcSettings } from './oidc-settings.js';
export { readAccessRules, type AccessRules, type Limits } from './rules.js';
export { readStandIns, type StandInRoles, type StandIns } from './stand-ins.js';
export { csrfTokenOf, newSecret } from './sessions.js';
export { scopes, scopeTitles, type Scope } from './scopes/index.js';
export { deleteCallerSecret } from './store/caller-secret-store.js';
export { expiringLogins } from './store/session-store.js';
export { personProjector, roleProjector, unitProjector } from './projectors.js';
export { totpVaultTable, type Person } from './store/person-store.js';
export type { ApiToken, ClientSystem } from './store/token-store.js';
export { holdsToken, TooManyRequests } from './tokens.js';
export { totpCode } from './totp.js';
export { createVault, newKeyRing, type KeyRing, type Vault } from './vault.js';
export { countedRoles, type Viewer } from './viewer.js';

export const identityEntities = [
  apiTokenEntity,
  clientSystemEntity,
  oidcFlowEntity,
  oidcLogoutEntity,
  personEntity,
  roleGrantEntity,
  sessionEntity,
  signInFailureEntity,
  unitEntity,
];

export interface Identity extends SignIn {
  readonly callers: CallerSecrets;
  /** Aggregated entries, one per minute. */
  readonly counted: CountedEntries;
  readonly people: People;
  readonly rules: AccessRules;
  readonly sessions: Sessions;
  readonly setup: Setup;
  /** The register of units. */
  readonly units: UnitNames;
  readonly recusals: Recusals;
  readonly refusals: RefusalLog;
  /** Undefined if none is configured. */
  readonly singleSignOn: SingleSignOn | undefined;
  readonly systems: Systems;
  readonly tokens: Tokens;
}

interface UnitNames extends AccusedRegister {
  readonly among: typeof unitsAmong;
  /** Kinds of the bodies that have possible stand-ins. */
  readonly bodyKinds: readonly UnitKind[];
}

export interface IdentityDeps extends Using<'clock' | 'database' | 'journal' | 'laws' | 'vault'> {
  /** The city's identity provider, if configured. */
  readonly oidc?: OidcSettings | undefined;
}

export function createIdentity(deps: IdentityDeps): Identity {
  const rules = readAccessRules();
  const sessions = createSessions({ ...deps, rules });
  const people = createPeople({ ...deps, rules });
  const counted = createCountedEntries(deps);
  const signIn = createSignIn({ ...deps, counted, rules, sessions });
  return {
    ...signIn,
    callers: createCallerSecrets({ ...deps, rules }),
    counted,
    people,
    setup: createSetup({ ...deps, people }),
    recusals: createRecusals(deps),
    refusals: createRefusalLog({ ...deps, counted }),
    rules,
    sessions,
    singleSignOn: deps.oidc && createSingleSignOn(deps.oidc, { ...deps, counted, rules, sessions, signIn }),
    systems: createSystems(deps),
    tokens: createTokens({ ...deps, rules }),
    units: {
      ...createAccusedRegister(rules.standIns.accused, rules.standIns.bodies, rules.hasDuty),
      among: unitsAmong,
      bodyKinds: rules.standIns.kinds,
    },
  };
}

export { accusedPathOf, chainOf, type AccusedPath } from './accused.js';
