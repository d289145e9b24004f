import type { Command } from 'commander';

/** The command group (`process`, `calendar`), created on first use. */
export function group(program: Command, name: string, description: string): Command {
  return (
    program.commands.find((command) => command.name() === name) ??
    program.command(name).description(description)
  );
}
