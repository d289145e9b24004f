/** Loads a sample request at the first start, once, into an empty database. */
import { z } from 'zod';
import { channelBy, usualKind } from '../kernel/kinds.js';
import { packageJson } from '../kernel/package-content.js';
import { accept, type AcceptDeps } from './accept.js';

const text = (most: number) => z.string().trim().min(1).max(most);

const samplesSchema = z.object({
  request: z.strictObject({
    title: text(200),
    content: text(2000),
    callerName: text(100),
    callerContact: text(100),
    district: text(100),
    /** The place as a person would copy it from a public map. */
    place: z.strictObject({
      address: text(200),
      longitude: z.number(),
      latitude: z.number(),
      system: z.enum(['WGS-84', 'CGCS2000', 'GCJ-02']),
    }),
  }),
});

/** Reads `regulation/samples.json` of the package. @throws {Error} saying what is wrong with it */
export const readSampleRequest = () => samplesSchema.parse(packageJson('regulation/samples.json')).request;

/** @returns whether the sample was loaded; it is not if there are work orders */
export async function loadSample(deps: AcceptDeps): Promise<boolean> {
  return deps.database.transaction(async (transaction) => {
    await transaction.query("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.samples'))");
    const [stand] = await deps.sheets.list(transaction, { realm: 'live', limit: 1, fenced: false });
    if (stand) return false;
    const { place, ...said } = readSampleRequest();
    const { address, ...point } = place;
    const law = deps.laws.today();
    const matter = {
      ...{ ...said, channel: channelBy('telephone', law), kind: usualKind(law), language: 'zh' as const },
      ...{ replyWanted: true, confidential: false, messagesWanted: true, place: { address, point } },
    };
    await accept(deps, transaction, matter, { actor: '示例数据' });
    return true;
  });
}
