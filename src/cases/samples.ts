/** A sample request for a first start, loaded once into an empty database. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { toShanghaiIso } from '../kernel/civil-date.js';
import type { Executor } from '../engine/index.js';
import type { Clock } from '../kernel/index.js';
import { channelBy, usualKind } from '../kernel/kinds.js';
import { cityPackage } from '../kernel/package-root.js';
import type { Laws } from '../kernel/law.js';
import type { Database } from '../platform/database/index.js';
import { toWgs84, type Place, type Sheets, type WorkOrder } from '../sheet/index.js';
import { acceptRequests } from './accept-requests.js';

const text = (most: number) => z.string().trim().min(1).max(most);

const samplesSchema = z.object({
  request: z.strictObject({
    title: text(200),
    content: text(2000),
    callerName: text(100),
    callerContact: text(100),
    district: text(100),
    /** As somebody would take it from a public map. */
    place: z.strictObject({
      address: text(200),
      longitude: z.number(),
      latitude: z.number(),
      system: z.enum(['WGS-84', 'CGCS2000', 'GCJ-02']),
    }),
  }),
});

/** Of the package: `regulation/samples.json`. @throws {Error} what is wrong with it */
export const readSampleRequest = (root = cityPackage()) =>
  samplesSchema.parse(JSON.parse(readFileSync(join(root, 'regulation', 'samples.json'), 'utf8'))).request;

export interface SampleDeps {
  readonly database: Database;
  readonly executor: Executor;
  readonly sheets: Sheets;
  readonly clock: Clock;
  readonly laws: Laws;
}

/** @returns whether it was loaded: not if there are work orders */
export async function loadSample(deps: SampleDeps): Promise<boolean> {
  return deps.database.transaction(async (transaction) => {
    await transaction.query("SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.samples'))");
    const [stand] = await deps.sheets.list(transaction, { realm: 'live', limit: 1, fenced: false });
    if (stand) return false;
    const receivedAt = deps.clock.now();
    const day = toShanghaiIso(receivedAt).slice(0, 10);
    const [no = ''] = await deps.sheets.nextNumbers(transaction, day, 1);
    const { place: spot, ...said } = readSampleRequest();
    const { address, ...given } = spot;
    const place: Place = { address, given, point: toWgs84(given), ofCaller: false, within: null };
    const law = deps.laws.today();
    const order: WorkOrder = {
      ...said,
      channel: channelBy('telephone', law),
      kind: usualKind(law),
      no,
      realm: 'live',
      callerAddress: null,
      externalNo: null,
      replyWanted: true,
      confidential: false,
      language: 'zh',
      messagesWanted: true,
      place,
      receivedAt,
    };
    await acceptRequests(deps, transaction, [order], { actor: '示例数据' });
    return true;
  });
}
