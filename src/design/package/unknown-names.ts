/** Finds deeds, policies and roles that one file of a package names and the defining file lacks. */
import { roles as programs } from '../../identity/index.js';
import { ownRoles } from '../../kernel/package-roles.js';
import { packageFiles, packageJson } from '../../kernel/package-content.js';
import { shippedPolicies } from '../../law/policy/index.js';
import { shippedCatalogue, shippedLaw } from '../../law/regulation/index.js';
import type { PackageFinding } from './finding.js';

type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** @param day whose law is meant */
export function unknownNames(day: string): PackageFinding[] {
  const { vocabulary } = shippedCatalogue(day);
  const roles = [...programs, ...ownRoles()];
  const listed = packageJson('regulation/roles.json') as Json;
  const own = [...namesIn(listed)].flatMap(({ key, name }) => (key === 'duty' ? [name] : []));
  const duties = new Set<string>([...own, ...roles]);
  const lists: { readonly [key: string]: { readonly title: string; readonly known: ReadonlySet<string> } } = {
    deed: { title: '条例目录的行为', known: new Set(vocabulary.deeds.map(({ name }) => name)) },
    policy: { title: '政策', known: new Set(shippedPolicies().all.map(({ key }) => key)) },
    role: { title: '角色', known: new Set(roles) },
    duty: { title: '岗位', known: duties },
  };
  const found = unknownDuties(day, duties);
  for (const file of packageFiles('regulation', '.json')) {
    const content = packageJson(`regulation/${file}`) as Json;
    for (const { path, key, name } of namesIn(content)) {
      const list = lists[key];
      if (!list || list.known.has(name)) continue;
      found.push({
        severity: 'error',
        where: `regulation/${file} ${path}`,
        what: `${list.title}里没有“${name}”`,
        fix: `改成有的一个，或者先把它写进${list.title}`,
      });
    }
  }
  return found;
}

/**
 * The performer of a deed, the recipient of a notice, and the owner of a title must be a duty of
 * `roles.json`, or a role of the program.
 */
function unknownDuties(day: string, duties: ReadonlySet<string>): PackageFinding[] {
  const { vocabulary, version } = shippedCatalogue(day);
  const where = `regulation/catalogue/${version.version}`;
  const named = [
    ...vocabulary.deeds.flatMap(({ name, by }) => by.map((duty) => [`deeds.json ${name}`, duty] as const)),
    ...Object.keys(shippedLaw(day).titles?.roles ?? {}).map(
      (duty) => ['purposes.json titles.roles', duty] as const,
    ),
  ];
  return named
    .filter(([, duty]) => !duties.has(duty))
    .map(([at, duty]) => noSuchDuty(`${where}/${at}`, duty));
}

const noSuchDuty = (where: string, duty: string): PackageFinding => ({
  ...{ severity: 'error', where, what: `没有“${duty}”这个岗位` },
  fix: '改成 roles.json 的 duties 里的一个，或者先把它写进去',
});

interface Named {
  readonly path: string;
  readonly key: string;
  readonly name: string;
}

function* namesIn(value: Json, path = ''): Generator<Named> {
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries<Json>(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    const told = typeof inner === 'string' ? /^(?:role|superior-of):(.+)$/.exec(inner)?.[1] : undefined;
    if (told !== undefined) yield { path: at, key: 'duty', name: told };
    else if (typeof inner === 'string') yield { path: at, key, name: inner };
    else yield* namesIn(inner, at);
  }
}
