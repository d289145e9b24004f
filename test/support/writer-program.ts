/**
 * A program that takes one business step, for tests that kill it: `writer-program.ts URL STEP KEYS`
 * starts the case 写-STEP and dies at statement number STEP of its transaction. It exits with 0 if
 * there are fewer.
 */
import { tmpdir } from 'node:os';
import { signerSource } from '../../src/accountability/index.js';
import { diskFiles } from '../../src/sheet/attachment/index.js';
import { exportFiles } from '../../src/cases/index.js';
import { createVault, type KeyRing } from '../../src/identity/index.js';
import { seal, systemClock } from '../../src/kernel/index.js';
import { assemble, entities } from '../../src/main.js';
import { openDatabase } from '../../src/platform/database/index.js';
import { mortal } from './killed-at.js';

const [url = '', step = '', ring = ''] = process.argv.slice(2);
const opened = await openDatabase({ applicationName: 'writer', url, entities });
const vault = createVault(JSON.parse(ring) as KeyRing);
// What a program reads once, at its first step, does not count as part of the step.
const premises = {
  signer: signerSource(tmpdir()),
  exportFiles: exportFiles(tmpdir()),
  attachmentFiles: diskFiles(tmpdir()),
  aside: tmpdir(),
};
await opened.transaction(assemble(opened, systemClock, vault, premises).policies.refresh);
const { executor } = assemble(mortal(opened, Number(step)), systemClock, vault, premises);
await executor.execute([
  {
    kind: 'start',
    businessKey: `写-${step}`,
    process: 'handling',
    realm: 'live',
    at: systemClock.now(),
    variables: { channel: 'phone', kind: 'help', wishesReply: true, confidential: false, unit: '市城管局' },
    sealed: [seal('reason', '停水')],
  },
]);
await opened.close();
