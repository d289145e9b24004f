import { civilDateOf, parseCivilDate } from '../../kernel/civil-date.js';
import { systemClock } from '../../kernel/index.js';
import { cityPackage } from '../../kernel/package-root.js';
import { roleName } from '../../kernel/role-name.js';
import { deedUses, type Catalogue, type DeedUse } from '../../law/regulation/index.js';
import type { Answer } from '../frame/chinese-command.js';
import { catalogueIn, lawIn } from '../frame/package-folder.js';

export interface DeedOptions {
  readonly package?: string;
  readonly on?: string;
}

/** Prints the vocabulary of deeds, and which duties each deed opens or discharges. */
export function deeds({ package: folder, on }: DeedOptions): Answer {
  if (on !== undefined) parseCivilDate(on);
  const [root, day] = [folder ?? cityPackage(), on ?? civilDateOf(systemClock.now())];
  const catalogue = catalogueIn(root, day);
  const uses = deedUses(catalogue);
  const words = (): string => {
    const law = lawIn(root, day);
    return uses.map((use) => inWords(use, catalogue, (role) => roleName(role, law))).join('\n');
  };
  return { data: uses, words };
}

function inWords(
  { name, title, who, facts, subject, opens, discharges, moves }: DeedUse,
  { vocabulary }: Catalogue,
  nameOf: (role: string) => string | null,
): string {
  const people = who.map((role) => `${nameOf(role) ?? role}（${role}）`);
  const about = vocabulary.subjects.find(({ key }) => key === subject)?.title ?? subject;
  const said = Object.entries(facts).map(([fact, meaning]) => `${fact}（${meaning}）`);
  return [
    `${name} ${title}`,
    `  谁：${people.join('、') || '来电人、程序'}；关于：${about}${said.length > 0 ? `；事实：${said.join('、')}` : ''}`,
    ...[
      ['引起', opens],
      ['履行', discharges],
      ['变动', moves],
    ].flatMap(([what, norms]) =>
      (norms ?? []).length > 0 ? [`  ${what as string}：${(norms as string[]).join('、')}`] : [],
    ),
  ].join('\n');
}
