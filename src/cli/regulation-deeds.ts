/** `hotline regulation deeds`: the vocabulary of deeds, and what each does to which duties. */
import type { Command } from 'commander';
import type { Catalogue, DeedUse } from '../law/regulation/index.js';
import { group } from './group.js';
import { regulationGroup } from './regulation-diagrams.js';
import { guarded } from './run.js';

interface Options {
  readonly package?: string;
  readonly on?: string;
  readonly json?: boolean;
}

export function register(program: Command): void {
  group(program, ...regulationGroup)
    .command('deeds')
    .description('条例的行为词汇:谁做、带什么事实、关于什么,引起、履行、变动哪些义务')
    .option('--package <文件夹>', '条例包,里面有 regulation/ 和 processes/;不写是随附的')
    .option('--on <日期>', '按哪一天施行的一版条例,例如 2026-12-01;不写是今天')
    .option('--json', '输出 JSON')
    .action((options: Options) => guarded(() => run(options)));
}

async function run({ package: folder, on, json }: Options): Promise<void> {
  const [
    { deedUses },
    { catalogueIn, lawIn },
    { civilDateOf, parseCivilDate },
    { systemClock },
    { cityPackage },
    { roleName },
  ] = await Promise.all([
    import('../law/regulation/index.js'),
    import('./package-folder.js'),
    import('../kernel/civil-date.js'),
    import('../kernel/index.js'),
    import('../kernel/package-root.js'),
    import('../kernel/role-name.js'),
  ]);
  if (on !== undefined) parseCivilDate(on);
  const [root, day] = [folder ?? cityPackage(), on ?? civilDateOf(systemClock.now())];
  const catalogue = catalogueIn(root, day);
  const uses = deedUses(catalogue);
  const text = () => {
    const law = lawIn(root, day);
    return uses.map((use) => inWords(use, catalogue, (role) => roleName(role, law))).join('\n');
  };
  console.log(json ? JSON.stringify(uses) : text());
}

function inWords(
  { name, title, who, facts, subject, opens, discharges, moves }: DeedUse,
  { vocabulary }: Catalogue,
  roleName: (role: string) => string | null,
): string {
  const people = who.map((role) => `${roleName(role) ?? role}(${role})`);
  const about = vocabulary.subjects.find(({ key }) => key === subject)?.title ?? subject;
  const said = Object.entries(facts).map(([fact, meaning]) => `${fact}(${meaning})`);
  return [
    `${name} ${title}`,
    `  谁:${people.join('、') || '来电人、程序'};关于:${about}${said.length > 0 ? `;事实:${said.join('、')}` : ''}`,
    ...[
      ['引起', opens],
      ['履行', discharges],
      ['变动', moves],
    ].flatMap(([what, norms]) =>
      (norms ?? []).length > 0 ? [`  ${what as string}:${(norms as string[]).join('、')}`] : [],
    ),
  ].join('\n');
}
