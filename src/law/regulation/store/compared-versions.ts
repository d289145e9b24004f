/** Recorded versions of the regulation as their rows have them, for comparison with the trail. */
import type { Facts } from '../../../kernel/index.js';
import type { Transaction } from '../../../platform/database/index.js';

export const versionTable = 'regulation_version';

/** The digest of the content itself, not only the noted one. */
export const comparedVersions = (
  transaction: Transaction,
): Promise<readonly { readonly name: string; readonly facts: Facts }[]> =>
  transaction.query(
    `SELECT file AS name, json_build_object('内容', encode(sha256(content), 'hex'), '所记的摘要', sha256,
              '施行自', valid_from::text, '施行至', valid_to::text) AS facts
       FROM regulation_version`,
  );
