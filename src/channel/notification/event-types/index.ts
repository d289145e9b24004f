/** Catalogue of events for other systems (docs/integration.md). Released types are never renamed. Runs in browsers. */
import type { Law, Part } from '../../../kernel/law.js';

export const eventTitles = {
  'cn.hotline12345.sheet.accepted': '受理了一件诉求',
  'cn.hotline12345.sheet.dispatched': '转承办单位',
  'cn.hotline12345.sheet.replied': '承办单位已回复、反馈',
  'cn.hotline12345.sheet.completed': '在答复的期限内办理完毕',
  'cn.hotline12345.sheet.closed': '归档，或者受理时办结',
  'cn.hotline12345.level.reached': '到了提醒、督促的一级',
  'cn.hotline12345.card.withdrawn': '给早了的级别撤回',
  'cn.hotline12345.level.redated': '照样成立的级别，时刻更正',
  'cn.hotline12345.supervision.ordered': '发督办单，首次或者再次',
  'cn.hotline12345.supervision.resumed': '恢复结束得早了的督办',
  'cn.hotline12345.supervision.closed': '督办结束',
  'cn.hotline12345.supervision.withdrawn': '撤回督办',
  'cn.hotline12345.accountability.opened': '转入问责，或者收到问责线索',
  'cn.hotline12345.accountability.closed': '问责结束',
  'cn.hotline12345.accountability.withdrawn': '撤回问责',
  'cn.hotline12345.warning.raised': '预警：突增、突发、反复反映',
} as const satisfies { readonly [type: string]: string };

export type EventType = keyof typeof eventTitles;

/** The part without which a city has no such event: the third word of its name. */
export const partOfEvent = (type: EventType): Part | undefined => {
  const [, , part = ''] = type.split('.');
  if (part === 'warning') return 'early-warning';
  return part === 'supervision' || part === 'accountability' ? part : undefined;
};

export const eventTypes = Object.keys(eventTitles) as [EventType, ...EventType[]];

interface EventRule {
  readonly deed: string;
  /** Set if the rule applies only to these values of the fact. */
  readonly where?: { readonly [fact: string]: readonly (string | boolean)[] };
  readonly event: EventType;
}

/**
 * Rules by deed of the regulation's vocabulary, whatever the diagram; cards and reminders follow
 * the level in the diagram.
 */
export const eventsByDeed: readonly EventRule[] = [
  { deed: 'matter.presented', event: 'cn.hotline12345.sheet.accepted' },
  { deed: 'matter.dispatched', event: 'cn.hotline12345.sheet.dispatched' },
  { deed: 'acceptance.concluded', event: 'cn.hotline12345.sheet.closed' },
  { deed: 'hotline.informed', event: 'cn.hotline12345.sheet.replied' },
  { deed: 'no-further.stated', event: 'cn.hotline12345.sheet.replied' },
  { deed: 'handling.stated', where: { feedbackWaived: [true] }, event: 'cn.hotline12345.sheet.replied' },
  { deed: 'completion.reported', event: 'cn.hotline12345.sheet.completed' },
  { deed: 'matter.closed', event: 'cn.hotline12345.sheet.closed' },
  { deed: 'supervision.ordered', event: 'cn.hotline12345.supervision.ordered' },
  { deed: 'supervision.raised', event: 'cn.hotline12345.supervision.ordered' },
  { deed: 'supervision.resumed', event: 'cn.hotline12345.supervision.resumed' },
  {
    deed: 'supervision.ended',
    where: { result: ['handled', 'replied'] },
    event: 'cn.hotline12345.supervision.closed',
  },
  {
    deed: 'supervision.ended',
    where: { result: ['withdrawn'] },
    event: 'cn.hotline12345.supervision.withdrawn',
  },
  { deed: 'accountability.opened', event: 'cn.hotline12345.accountability.opened' },
  {
    deed: 'accountability.concluded',
    where: { result: ['withdrawn'] },
    event: 'cn.hotline12345.accountability.withdrawn',
  },
  { deed: 'accountability.concluded', event: 'cn.hotline12345.accountability.closed' },
];

/** Levels that have events of their own; supervision and accountability have events by element. */
export const cardLevels = (law: Law): readonly string[] =>
  law.levels.filter(({ process }) => process === undefined).map(({ key }) => key);
