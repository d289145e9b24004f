/** Writes src/platform/database/schema/dump.txt anew: `npx tsx tools/schema-dump.ts`, after every change of the schema. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../src/kernel/package-root.js';
import { openDatabase, schemaNames } from '../src/platform/database/index.js';
import { dumpSchema, schemaText } from '../src/platform/database/schema-dump.js';

const directory = await mkdtemp(join(tmpdir(), 'hotline-dump-'));
const database = await openDatabase({ applicationName: 'schema dump', directory });
try {
  const objects = await database.transaction((transaction) =>
    dumpSchema(transaction, schemaNames(database.schema)),
  );
  await writeFile(
    join(packageRoot, 'src', 'platform', 'database', 'schema', 'dump.txt'),
    schemaText(objects),
  );
} finally {
  await database.close();
  await rm(directory, { recursive: true, force: true });
}
