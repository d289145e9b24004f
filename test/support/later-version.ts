/** A version of the regulation that is known already and comes into force later: other working days to reply. */
import { createHash } from 'node:crypto';
import { contentOfVersion, recordedVersions } from '../../src/law/regulation/store/version-store.js';
import { write } from '../../src/accountability/index.js';
import { versionProjector } from '../../src/law/regulation/projectors.js';
import { recordShippedRegulation } from '../../src/law/regulation/index.js';

type System = Parameters<typeof recordShippedRegulation>[0];

interface Content {
  readonly version: { readonly version: string; readonly inForceFrom: string };
  readonly chapters: readonly {
    readonly articles: readonly { readonly norms: readonly { readonly id: string }[] }[];
  }[];
}

/** All norms that the reply limit measures. */
const replyNorms = ['J27', 'J27b', 'J28', 'J29', 'J30', 'J31'];

/** Records the shipped version, and a similar one in force from the day. */
export async function recordLaterVersion(
  system: System,
  inForceFrom: string,
  workingDays = 4,
): Promise<void> {
  await recordShippedRegulation(system);
  await system.database.transaction(async (transaction) => {
    const [first] = await recordedVersions(transaction);
    if (!first) throw new Error('nothing was recorded');
    const content = JSON.parse((await contentOfVersion(transaction, first.id)).toString('utf8')) as Content;
    const version = inForceFrom.slice(0, 4);
    const later = {
      ...content,
      version: { ...content.version, version, inForceFrom },
      chapters: content.chapters.map((chapter) => ({
        ...chapter,
        articles: chapter.articles.map((article) => ({
          ...article,
          norms: article.norms.map((norm) =>
            replyNorms.includes(norm.id)
              ? {
                  ...norm,
                  ...(norm.id === 'J27' ? { says: '四个工作日内答复' } : {}),
                  limit: { days: workingDays, of: 'working' },
                }
              : norm,
          ),
        })),
      })),
    };
    const bytes = Buffer.from(JSON.stringify(later), 'utf8');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const file = `catalogue-${first.regulation}-${version}-1.json`;
    const { regulation } = first;
    const row = { regulation, version, file, sha256, validFrom: inForceFrom, validTo: null };
    const at = system.clock.now();
    const entry = { stream: 'regulation', type: 'regulation.recorded', at, body: row } as const;
    await write(transaction, versionProjector, entry, { content: bytes });
    await system.trail.append(transaction, [entry]);
  });
}
