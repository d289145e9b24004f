/** Deeds, policies and roles that one file of a package names and the file that lists them does not have. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { roles } from '../identity/index.js';
import { cityPackage } from '../kernel/package-root.js';
import { shippedPolicies } from '../policy/index.js';
import { shippedCatalogue } from '../regulation/index.js';
import type { PackageFinding } from './finding.js';

type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** @param day whose law is meant */
export async function unknownNames(day: string): Promise<PackageFinding[]> {
  const { vocabulary } = shippedCatalogue(day);
  const lists: { readonly [key: string]: { readonly title: string; readonly known: ReadonlySet<string> } } = {
    deed: { title: '条例目录的行为', known: new Set(vocabulary.deeds.map(({ name }) => name)) },
    policy: { title: '政策', known: new Set(shippedPolicies().all.map(({ key }) => key)) },
    role: { title: '角色', known: new Set(roles) },
  };
  const folder = join(cityPackage(), 'regulation');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort();
  const found: PackageFinding[] = [];
  for (const file of files) {
    const content = JSON.parse(await readFile(join(folder, file), 'utf8')) as Json;
    for (const { path, key, name } of namesIn(content)) {
      const list = lists[key];
      if (!list || list.known.has(name)) continue;
      found.push({
        severity: 'error',
        where: `regulation/${file} ${path}`,
        what: `${list.title}里没有“${name}”`,
        fix: `改成有的一个,或者先把它写进${list.title}`,
      });
    }
  }
  return found;
}

interface Named {
  readonly path: string;
  readonly key: string;
  readonly name: string;
}

function* namesIn(value: Json, path = ''): Generator<Named> {
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries<Json>(value)) {
    const at = path === '' ? key : `${path}.${key}`;
    if (typeof inner === 'string') yield { path: at, key, name: inner };
    else yield* namesIn(inner, at);
  }
}
