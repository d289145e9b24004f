/** The parts that a city has, and the roles that its diagrams or its package name. */
import type { ListedRole, PackageLists } from './law-content.js';
import { packageFiles, packageJson, packageManifest, packageText } from './package-content.js';
import { partsIn } from './package-parts.js';
import { cityPackage } from './package-root.js';

interface Roles {
  readonly roles?: readonly (Required<ListedRole> & { readonly within?: string })[];
  readonly messages?: readonly { readonly message: string }[];
  readonly duties?: readonly { readonly duty: string; readonly role: string }[];
}

/** Roles that the package declares; each is the `duty:role` of its tasks, in its unit. */
export const ownRoles = (root = cityPackage()): readonly string[] =>
  ownIn((packageJson('regulation/roles.json', root) as Roles).roles ?? []);

const ownIn = (named: NonNullable<Roles['roles']>): readonly string[] =>
  named.filter(({ within }) => within !== undefined).map(({ key }) => key);

export function partsAndRoles(
  root = cityPackage(),
): Pick<PackageLists, 'parts' | 'roles' | 'duties' | 'messages'> {
  const {
    roles: named = [],
    duties = [],
    messages = [],
  } = packageJson('regulation/roles.json', root) as Roles;
  const diagrams = packageFiles('processes', '.bpmn', root).map((name) =>
    packageText(`processes/${name}`, root),
  );
  const found = (pattern: RegExp): ReadonlySet<string | undefined> =>
    new Set(diagrams.flatMap((text) => [...text.matchAll(pattern)].map(([, name]) => name)));
  const drawn = found(/duty:role="([^"]+)"/g);
  const caught = found(/<bpmn:message [^>]*\bname="([^"]+)"/g);
  const working = new Set(duties.flatMap(({ duty, role }) => (drawn.has(duty) ? [role] : [])));
  const own = ownIn(named);
  return {
    messages: messages.flatMap(({ message }) => (caught.has(message) ? [message] : [])),
    duties: [...new Set([...duties.flatMap(({ duty, role }) => (working.has(role) ? [duty] : [])), ...own])],
    parts: partsIn(packageManifest(root)),
    roles: [
      ...named.map(({ key, name }) => ({ key, name })),
      ...[...working].filter((role) => !named.some(({ key }) => key === role)).map((key) => ({ key })),
    ],
  };
}
