import { type Command, CommanderError } from 'commander';
import { programVersion } from '../kernel/program-version.js';
import * as assessmentRecompute from './assessment-recompute.js';
import * as attachmentVerify from './attachment-verify.js';
import * as calendarCheck from './calendar-check.js';
import * as calendarDay from './calendar-day.js';
import * as calendarDue from './calendar-due.js';
import * as calendarLoad from './calendar-load.js';
import { ChineseCommand } from './chinese-command.js';
import * as city from './city.js';
import * as classificationImport from './classification-import.js';
import * as districtsLoad from './districts-load.js';
import * as jobsFailed from './jobs-failed.js';
import * as jobsRetry from './jobs-retry.js';
import * as notificationChannels from './notification-channels.js';
import * as packageCheck from './package-check.js';
import * as personalDataErase from './personal-data-erase.js';
import * as policyList from './policy-list.js';
import * as policyPropose from './policy-propose.js';
import * as policyRule from './policy-rule.js';
import * as processCheck from './process-check.js';
import * as processDiff from './process-diff.js';
import * as processReplay from './process-replay.js';
import * as processScenarios from './process-scenarios.js';
import * as processTrace from './process-trace.js';
import * as radar from './radar.js';
import * as regulationCoverage from './regulation-coverage.js';
import * as regulationDeeds from './regulation-deeds.js';
import * as regulationRebuildDuties from './regulation-rebuild-duties.js';
import * as regulationShow from './regulation-show.js';
import * as regulationText from './regulation-text.js';
import * as rehearse from './rehearse.js';
import * as replay from './replay.js';
import { report } from './run.js';
import * as retention from './retention.js';
import * as serve from './serve.js';
import * as setup from './setup.js';
import * as takeoverArchive from './takeover-archive.js';
import * as takeoverCheck from './takeover-check.js';
import * as takeoverPropose from './takeover-propose.js';
import * as takeoverShow from './takeover-show.js';
import * as trailCosign from './trail-cosign.js';
import * as trailExport from './trail-export.js';
import * as trailLog from './trail-log.js';
import * as trailRotateKey from './trail-rotate-key.js';
import * as trailVerify from './trail-verify.js';
import * as trailWitness from './trail-witness.js';
import * as vaultRotate from './vault-rotate.js';

/** One file per command. Heavy modules (database, engine) are imported only when a command runs. */
const verbs = [
  serve,
  city,
  setup,
  replay,
  rehearse,
  assessmentRecompute,
  attachmentVerify,
  processTrace,
  packageCheck,
  processCheck,
  processDiff,
  processScenarios,
  processReplay,
  calendarDue,
  calendarDay,
  calendarCheck,
  calendarLoad,
  classificationImport,
  districtsLoad,
  jobsFailed,
  jobsRetry,
  notificationChannels,
  personalDataErase,
  policyList,
  policyPropose,
  policyRule,
  regulationShow,
  regulationCoverage,
  regulationDeeds,
  regulationRebuildDuties,
  regulationText,
  radar,
  retention,
  takeoverPropose,
  takeoverCheck,
  takeoverArchive,
  takeoverShow,
  trailExport,
  trailLog,
  trailVerify,
  trailWitness,
  trailCosign,
  trailRotateKey,
  vaultRotate,
];

export function createProgram(): Command {
  const program = new ChineseCommand('hotline')
    .description('12345 市民服务热线')
    .version(programVersion(), '-V, --version', '显示版本');
  for (const verb of verbs) verb.register(program);
  return program;
}

/** @param parameters without the program's name */
export async function runProgram(program: Command, parameters: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(parameters, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) return report(error);
    // Asking for help or version is no error; help in place of a missing command is.
    process.exitCode = error.code === 'commander.help' && error.exitCode !== 0 ? 2 : error.exitCode;
  }
}
