/** Makes commander speak Chinese and use the program's refusals; by itself it speaks English and exits. */
import { type Argument, Command, type ErrorOptions, Help, type Option } from 'commander';
import { Refusal } from '../../kernel/refusal.js';
import type { System } from '../../main.js';
import { report } from './report.js';
import { withSystem } from './with-system.js';

/** A text; or data, with the words to print unless `--json` is given. */
export type Answer = string | { readonly data: unknown; readonly words: string | (() => Said) };
type Said = string | Promise<string>;

export class ChineseCommand extends Command {
  constructor(name?: string) {
    super(name);
    this.helpOption('-h, --help', '显示帮助');
    this.showSuggestionAfterError(false);
    this.exitOverride();
  }

  override createCommand(name?: string): ChineseCommand {
    return new ChineseCommand(name);
  }

  /** A noun of the program, or a verb of a noun. */
  word(name: string, description: string): ChineseCommand {
    return this.command(name).description(description);
  }

  json(): this {
    return this.option('--json', '输出 JSON');
  }

  /** @param deed the person's act in the trail's words: 载入 */
  actor(deed: string): this {
    return this.option('--actor <姓名>', `谁${deed}的，记入轨迹`, '命令行');
  }

  /**
   * Prints the answer of the work.
   *
   * @param failed exit code of an error, if 1 means something else
   */
  answers<Given extends unknown[]>(work: (...given: Given) => Answer | Promise<Answer>, failed = 1): this {
    return this.action(async (...given) => {
      try {
        const answer = await work(...(given as unknown as Given));
        process.stdout.write(`${await this.inForm(answer)}\n`);
      } catch (error) {
        report(error, failed);
      }
    });
  }

  /** Opens the system for the duration of the work and prints its answer. */
  answersOfSystem<Given extends unknown[]>(
    work: (system: System, ...given: Given) => Answer | Promise<Answer>,
  ): this {
    const command = pathOf(this).slice(1).join(' ');
    return this.answers((...given: Given) =>
      withSystem(command, async (system) => this.inForm(await work(system, ...given))),
    );
  }

  private async inForm(answer: Answer): Promise<string> {
    if (typeof answer === 'string') return answer;
    const { data, words } = answer;
    if (this.opts<{ json?: boolean }>().json) return JSON.stringify(data);
    return typeof words === 'string' ? words : words();
  }

  /** commander recognises repeatable names only in ASCII; without this, `<文件...>` would be one value. */
  override createOption(flags: string, description?: string): Option {
    const option = super.createOption(flags, description);
    option.variadic = /\.\.\.[>\]]$/.test(flags);
    return option;
  }

  override createHelp(): Help {
    return Object.assign(new ChineseHelp(), this.configureHelp());
  }

  /** If no name is given, commander uses its own default. */
  override helpCommand(nameOrEnable?: string | boolean, description = '显示某个命令的帮助'): this {
    return typeof nameOrEnable === 'boolean'
      ? super.helpCommand(nameOrEnable)
      : super.helpCommand(nameOrEnable ?? 'help [命令]', description);
  }

  /** commander reports every usage error through this method, with a documented code. */
  override error(message: string, { code = '' }: ErrorOptions = {}): never {
    const [detail, remedy = ''] = usageErrors[code]?.(message, this) ?? [message];
    throw new Refusal('usage.invalid', detail, {
      remedy: `${remedy}用法见：${pathOf(this).join(' ')} --help`,
    });
  }
}

type UsageError = (message: string, command: Command) => readonly [detail: string, remedy?: string];

const usageErrors: { readonly [code: string]: UsageError } = {
  'commander.missingArgument': (message, command) => [
    `缺少参数 <${quoted(message)}>。`,
    usageInWords(command),
  ],
  'commander.optionMissingArgument': (message) => [`选项 ${quoted(message)} 后面缺少值。`],
  'commander.missingMandatoryOptionValue': (message) => [`缺少必需的选项 ${quoted(message)}。`],
  'commander.conflictingOption': (message) => [
    `选项 ${quoted(message)?.replace("' cannot be used with option '", ' 与 ')} 不能同用。`,
  ],
  'commander.unknownOption': (message, command) => [
    `没有选项“${quoted(message)}”。`,
    `可用的选项：${listed(command.createHelp().visibleOptions(command), ({ flags }) => flags)}。`,
  ],
  'commander.excessArguments': (_, command) => [
    `多出参数“${command.args.slice(command.registeredArguments.length).join(' ')}”。`,
    usageInWords(command),
  ],
  'commander.unknownCommand': (message, command) => [
    `没有命令“${[...pathOf(command), quoted(message)].join(' ')}”。`,
    `可用的命令：${listed(command.createHelp().visibleCommands(command), (one) => one.name())}。`,
  ],
  'commander.invalidArgument': (message, command) => {
    const option = /^error: option '(?<name>.*?)' argument '(?<value>.*)' is invalid\. (?<why>.*)$/s.exec(
      message,
    )?.groups;
    const argument = /value '(?<value>.*)' is invalid for argument '(?<name>.*?)'\. (?<why>.*)$/s.exec(
      message,
    )?.groups;
    const { name, value, why = '' } = option ?? argument ?? {};
    const choices = option
      ? command.options.find(({ flags }) => flags === name)?.argChoices
      : command.registeredArguments.find((one) => one.name() === name)?.argChoices;
    return [
      `${option ? `选项 ${name}` : `参数 <${name}>`} 的值“${value}”无效。`,
      choices ? `可选的值：${choices.join('、')}。` : why,
    ];
  },
};

/** The text between the first and the last quote. */
const quoted = (message: string): string | undefined => /'(.*)'/s.exec(message)?.[1];

const listed = <One>(items: readonly One[], name: (one: One) => string): string => items.map(name).join('、');

const usageInWords = (command: Command): string => `写法：${command.createHelp().commandUsage(command)}。`;

/** The full command, for example `hotline calendar due`. */
function pathOf(command: Command): string[] {
  return command.parent ? [...pathOf(command.parent), command.name()] : [command.name()];
}

const titles: Readonly<Record<string, string>> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Global Options:': '通用选项：',
  'Commands:': '命令：',
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
      ...(option.argChoices ? [`可选：${option.argChoices.join('、')}`] : []),
      ...(usual === undefined ? [] : [`默认：${usual}`]),
      ...(option.envVar ? [`环境变量：${option.envVar}`] : []),
    ]);
  }

  override argumentDescription(argument: Argument): string {
    const usual = usualValue(argument);
    return described(argument.description, [
      ...(argument.argChoices ? [`可选：${argument.argChoices.join('、')}`] : []),
      ...(usual === undefined ? [] : [`默认：${usual}`]),
    ]);
  }

  /** Chinese characters and full-width signs take two columns. */
  override displayWidth(text: string): number {
    return super.displayWidth(text) + (text.match(/[ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦]/g)?.length ?? 0);
  }
}

/** A switch's default (off) needs no mention. */
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
  return extra.length > 0 ? `${description}（${extra.join('；')}）` : description;
}
