/** commander speaks English and exits by itself; here it speaks Chinese and refuses like everything else. */
import { type Argument, Command, Help, InvalidArgumentError, Option } from 'commander';
import { Refusal } from '../kernel/refusal.js';

/**
 * The methods below without `override` are those by which commander 14 reports an error; its typings leave them
 * out. A test of every one of them notices when a later commander calls them otherwise.
 */
export class ChineseCommand extends Command {
  constructor(name?: string) {
    super(name);
    this.helpOption('-h, --help', '显示帮助');
    this.exitOverride();
  }

  override createCommand(name?: string): Command {
    return new ChineseCommand(name);
  }

  override createHelp(): Help {
    return Object.assign(new ChineseHelp(), this.configureHelp());
  }

  /** Without a name commander asks for its own default. */
  override helpCommand(nameOrEnable?: string | boolean, description = '显示某个命令的帮助'): this {
    return typeof nameOrEnable === 'boolean'
      ? super.helpCommand(nameOrEnable)
      : super.helpCommand(nameOrEnable ?? 'help [命令]', description);
  }

  override error(message: string): never {
    throw new Refusal('usage.invalid', message, { remedy: this.seeHelp() });
  }

  missingArgument(name: string): never {
    this.refuse(`缺少参数 <${name}>`, this.usageInWords());
  }

  optionMissingArgument(option: Option): never {
    this.refuse(`选项 ${option.flags} 后面缺少值`);
  }

  missingMandatoryOptionValue(option: Option): never {
    this.refuse(`缺少必需的选项 ${option.flags}`);
  }

  _conflictingOption(option: Option, conflicting: Option): never {
    this.refuse(`选项 ${option.flags} 与 ${conflicting.flags} 不能同用`);
  }

  unknownOption(flag: string): void {
    const options = this.createHelp().visibleOptions(this);
    this.refuse(`没有选项“${flag}”`, `可用的选项:${options.map((option) => option.flags).join('、')}。`);
  }

  _excessArguments(received: readonly string[]): never {
    const excess = received.slice(this.registeredArguments.length);
    this.refuse(`多出参数“${excess.join(' ')}”`, this.usageInWords());
  }

  unknownCommand(): never {
    const commands = this.createHelp().visibleCommands(this);
    const names = commands.map((command) => command.name()).join('、');
    this.refuse(`没有命令“${[...pathOf(this), this.args[0]].join(' ')}”`, `可用的命令:${names}。`);
  }

  _callParseArg(target: Option | Argument, value: string, previous: unknown): unknown {
    try {
      return target.parseArg?.(value, previous);
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      const what = target instanceof Option ? `选项 ${target.flags}` : `参数 <${target.name()}>`;
      const why = target.argChoices ? `可选的值:${target.argChoices.join('、')}。` : error.message;
      this.refuse(`${what} 的值“${value}”无效`, why);
    }
  }

  private refuse(detail: string, remedy = ''): never {
    throw new Refusal('usage.invalid', `${detail}。`, { remedy: `${remedy}${this.seeHelp()}` });
  }

  private usageInWords(): string {
    return `写法:${this.createHelp().commandUsage(this)}。`;
  }

  private seeHelp(): string {
    return `用法见:${pathOf(this).join(' ')} --help`;
  }
}

/** `hotline calendar due`. */
function pathOf(command: Command): string[] {
  return command.parent ? [...pathOf(command.parent), command.name()] : [command.name()];
}

const titles: Readonly<Record<string, string>> = {
  'Usage:': '用法:',
  'Arguments:': '参数:',
  'Options:': '选项:',
  'Global Options:': '通用选项:',
  'Commands:': '命令:',
};

class ChineseHelp extends Help {
  override styleTitle(title: string): string {
    return titles[title] ?? title;
  }

  override commandUsage(command: Command): string {
    return translated(super.commandUsage(command));
  }

  override subcommandTerm(command: Command): string {
    return translated(super.subcommandTerm(command));
  }

  override optionDescription(option: Option): string {
    const usual = usualValue(option);
    return described(option.description, [
      ...(option.argChoices ? [`可选:${option.argChoices.join('、')}`] : []),
      ...(usual === undefined ? [] : [`默认:${usual}`]),
      ...(option.envVar ? [`环境变量:${option.envVar}`] : []),
    ]);
  }

  override argumentDescription(argument: Argument): string {
    const usual = usualValue(argument);
    return described(argument.description, [
      ...(argument.argChoices ? [`可选:${argument.argChoices.join('、')}`] : []),
      ...(usual === undefined ? [] : [`默认:${usual}`]),
    ]);
  }

  /** Chinese characters and full-width signs take two columns. */
  override displayWidth(text: string): number {
    return super.displayWidth(text) + (text.match(/[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦]/g)?.length ?? 0);
  }
}

/** A switch's default (off) goes without saying. */
function usualValue({ defaultValue, defaultValueDescription }: Option | Argument): string | undefined {
  const value: unknown = defaultValue;
  if (defaultValueDescription) return defaultValueDescription;
  return value === undefined || typeof value === 'boolean'
    ? undefined
    : JSON.stringify(value).replaceAll('"', '');
}

function translated(usage: string): string {
  return usage.replace('[options]', '[选项]').replace('[command]', '[命令]');
}

function described(description: string, extra: readonly string[]): string {
  return extra.length > 0 ? `${description}(${extra.join(';')})` : description;
}
