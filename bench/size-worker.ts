/**
 * Runs a file of messages as live sheets, with inboxes, lists and counts, and runs the trail's followers (places,
 * search, facts, duties, matters) to the end.
 */
import { indexTrail, sequence, signCheckpoint } from '#src/accountability/index.js';
import { followTrail } from '#src/measures/assessment/index.js';
import { deployShipped } from '#src/cases/index.js';
import { replay } from '#src/cases/replay/index.js';
import { createJobRunner } from '#src/platform/jobs/index.js';
import { systemClock } from '#src/kernel/index.js';
import { openSystem } from '#src/main.js';
import { followDuties } from '#src/law/regulation/index.js';
import { followMatters } from '#src/measures/warning/index.js';

const [url = '', directory = '', file = ''] = process.argv.slice(2);
const system = await openSystem({ clock: systemClock, applicationName: 'bench', url, directory });
await deployShipped(system);
await system.identity.setup.samplePeople();
const { executor, sheets } = system;
const live = {
  ...system,
  sheets: {
    ...sheets,
    open: (...[transaction, requests]: Parameters<typeof sheets.open>) =>
      sheets.open(
        transaction,
        requests.map((request) => ({ ...request, realm: 'live' as const })),
      ),
  },
  executor: {
    ...executor,
    executeIn: (...[transaction, commands]: Parameters<typeof executor.executeIn>) =>
      executor.executeIn(
        transaction,
        commands.map((one) => (one.kind === 'start' ? { ...one, realm: 'live' as const } : one)),
      ),
  },
};
let cases = 0;
await replay(live, file, { onLine: () => void (cases += 1), onBad: () => undefined });
const onError = (error: unknown): never => {
  throw error;
};
await createJobRunner({ ...system, onError }).runDue();
while ((await sequence(system.database)) > 0);
await signCheckpoint({ ...system, signer: await system.signer() });
await indexTrail(system.database);
while ((await followTrail(system.database, system.catalogues)) > 0);
while ((await followDuties(system.database, system.catalogues)) > 0);
while ((await followMatters(system)) > 0);
await system.close();
process.send?.(cases);
