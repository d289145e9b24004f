import { CommanderError } from 'commander';
import { programVersion } from '../kernel/program-version.js';
import * as assessment from './assessment.js';
import * as attachment from './attachment.js';
import * as calendar from './calendar/index.js';
import * as city from './city.js';
import * as classification from './classification.js';
import * as districts from './districts.js';
import { ChineseCommand } from './frame/chinese-command.js';
import { report } from './frame/report.js';
import * as jobs from './jobs.js';
import * as notification from './notification.js';
import * as packages from './package/index.js';
import * as personalData from './personal-data.js';
import * as policy from './policy.js';
import * as processes from './process/index.js';
import * as radar from './radar.js';
import * as regulation from './regulation/index.js';
import * as rehearse from './rehearse.js';
import * as replay from './replay.js';
import * as retention from './retention.js';
import * as serve from './serve/index.js';
import * as setup from './setup.js';
import * as takeover from './takeover/index.js';
import * as trail from './trail/index.js';
import * as vault from './vault.js';

/** One file or folder per noun. Heavy modules (database, engine) are imported only when a command runs. */
const nouns = [
  ...[serve, city, setup, replay, rehearse, assessment, attachment, processes, packages, calendar],
  ...[classification, districts, jobs, notification, personalData, policy, regulation, radar, retention],
  ...[takeover, trail, vault],
];

export function createProgram(): ChineseCommand {
  const program = new ChineseCommand('hotline')
    .description('12345 市民服务热线')
    .version(programVersion(), '-V, --version', '显示版本');
  for (const noun of nouns) noun.register(program);
  return program;
}

/** @param parameters arguments without the program's name */
export async function runProgram(program: ChineseCommand, parameters: readonly string[]): Promise<void> {
  try {
    await program.parseAsync(parameters, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) return report(error);
    // Asking for help or version is no error; help shown because a command is missing is one.
    process.exitCode = error.code === 'commander.help' && error.exitCode !== 0 ? 2 : error.exitCode;
  }
}
