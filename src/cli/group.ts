import type { Command } from 'commander';

/** The verb that groups others (`process`, `calendar`): the one that is there, else a new one. */
export function group(program: Command, name: string, description: string): Command {
  return (
    program.commands.find((command) => command.name() === name) ??
    program.command(name).description(description)
  );
}
