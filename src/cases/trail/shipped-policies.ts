/** Records the shipped policies as an entry; later decisions record only changes. */
import { createHash } from 'node:crypto';
import { latestEntry } from '../../accountability/index.js';
import { packageJson } from '../../kernel/package-content.js';
import type { Catalogue } from '../../law/policy/index.js';
import type { Using } from '../parts.js';

export interface ShippedPoliciesDeps extends Using<'clock' | 'database' | 'trail'> {
  readonly policies: { readonly catalogue: Catalogue };
}

const file = 'policies.json';

/** Records them if they differ from the last recorded ones. @returns the bytes */
export async function recordShippedPolicies(deps: ShippedPoliciesDeps): Promise<Buffer> {
  const { database, clock, trail, policies } = deps;
  const bytes = Buffer.from(`${JSON.stringify(packageJson(`regulation/${file}`), null, 2)}\n`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await database.transaction(async (transaction) => {
    const last = await latestEntry(transaction, 'policies', 'policies.shipped');
    if (last?.body.sha256 === sha256) return;
    const values = Object.fromEntries(policies.catalogue.all.map(({ key, value }) => [key, value]));
    const body = { file, sha256, values };
    await trail.append(transaction, [
      { stream: 'policies', type: 'policies.shipped', at: clock.now(), body },
    ]);
  });
  return bytes;
}
