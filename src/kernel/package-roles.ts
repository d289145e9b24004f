/** The parts that a city has, and the roles that its diagrams or its package name. */
import type { ListedRole, PackageLists } from './law-content.js';
import { packageFiles, packageJson, packageManifest, packageText } from './package-content.js';
import { partsIn } from './package-parts.js';
import { cityPackage } from './package-root.js';

interface Roles {
  readonly roles?: readonly (Required<ListedRole> & { readonly within?: string })[];
  readonly duties?: readonly { readonly duty: string; readonly role: string }[];
}

export function partsAndRoles(root = cityPackage()): Pick<PackageLists, 'parts' | 'roles' | 'duties'> {
  const { roles: named = [], duties = [] } = packageJson('regulation/roles.json', root) as Roles;
  const drawn = new Set(
    packageFiles('processes', '.bpmn', root).flatMap((name) =>
      [...packageText(`processes/${name}`, root).matchAll(/duty:role="([^"]+)"/g)].map(([, duty]) => duty),
    ),
  );
  const working = new Set(duties.flatMap(({ duty, role }) => (drawn.has(duty) ? [role] : [])));
  const own = named.filter(({ within }) => within !== undefined).map(({ key }) => key);
  return {
    duties: [...new Set([...duties.flatMap(({ duty, role }) => (working.has(role) ? [duty] : [])), ...own])],
    parts: partsIn(packageManifest(root)),
    roles: [
      ...named.map(({ key, name }) => ({ key, name })),
      ...[...working].filter((role) => !named.some(({ key }) => key === role)).map((key) => ({ key })),
    ],
  };
}
