/** Checks that the version to be approved or published is the drafted one, with exactly the recorded acts. */
import { assessmentStream, type Publication, type PublicationAct } from '../../measures/assessment/index.js';
import { contentDigest, Refusal } from '../../kernel/index.js';
import { lawOf } from '../../kernel/law.js';
import type { Person } from '../../law/two-person/index.js';
import type { Transaction } from '../../platform/database/index.js';
import type { Using } from '../parts.js';

/** @throws {Refusal} `publication.altered` */
export async function assertAsRecorded(
  { laws, trail }: Using<'laws' | 'trail'>,
  transaction: Transaction,
  { id, version, content, acts }: Publication,
): Promise<void> {
  const entries = (await trail.read(transaction, [assessmentStream])).get(assessmentStream) ?? [];
  let drafted: string | undefined;
  let corrector: string | undefined;
  const recorded: string[] = [];
  for (const entry of entries) {
    switch (entry.type) {
      case 'publication.drafted':
        if (entry.body.publication === id) {
          drafted = entry.body.digest;
          corrector = who(entry.body);
        }
        break;
      case 'publication.cases-written':
        if (entry.body.publication === id) recorded.push(`cases ${who(entry.body)} ${entry.body.digest}`);
        break;
      case 'publication.approved':
        if (entry.body.publication === id) recorded.push(`approve ${who(entry.body)}`);
        break;
      case 'publication.returned':
        if (entry.body.publication === id) recorded.push(`return ${who(entry.body)}`);
        break;
      default:
    }
  }
  // A correction begins with the cases of the version before it, which is published and can no longer change.
  const [first] = acts;
  const isBegun = version === 1 || (first !== undefined && who(first) === corrector);
  const own = version > 1 ? acts.slice(1) : acts;
  if (isBegun && drafted === contentDigest(content) && own.map(told).join('\n') === recorded.join('\n'))
    return;
  throw new Refusal('publication.altered', `第 ${id} 号公开、通报的内容或者经过不是轨迹所记的`, {
    provision: lawOf('trail', laws.today()),
    remedy:
      '不能据以批准、发布；保全数据库，由审计人员核验轨迹，照备份恢复表 assessment_publication、assessment_publication_act',
  });
}

const who = ({ login, actor }: Person): string => `${login} ${actor}`;

const told = ({ act, login, actor, cases }: PublicationAct): string =>
  [act, who({ login, actor }), ...(cases === null ? [] : [contentDigest(cases)])].join(' ');
