import type { Command } from 'commander';
import { createProgram } from '../../src/cli/program.js';
import type { Page } from './page.js';

export const commands: Page = {
  name: 'commands.md',
  title: '全部命令',
  source: '`src/cli/`',
  body: () => {
    const nouns = createProgram().commands.map((noun) => {
      const verbs = noun.commands.length > 0 ? noun.commands : [noun];
      return `## ${noun.name()}\n\n${verbs.map((verb) => said(verb)).join('\n')}`;
    });
    const intro = '每个命令加 `--help` 也看得到它的参数和选项。例子见 [examples.md](examples.md)。';
    return [intro, ...nouns].join('\n\n');
  },
};

function said(command: Command): string {
  const help = command.createHelp();
  const usage = help.commandUsage(command);
  const given = help
    .visibleArguments(command)
    .map((one) => `  - \`${help.argumentTerm(one)}\` ${help.argumentDescription(one)}`);
  const options = help
    .visibleOptions(command)
    .filter(({ long }) => long !== '--help')
    .map((one) => `  - \`${help.optionTerm(one)}\` ${help.optionDescription(one)}`);
  return [`- \`${usage}\`:${command.description()}`, ...given, ...options].join('\n');
}
