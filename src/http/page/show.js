/** Words and shapes: elements, lights, instants, and why a day is that day. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element && name !== 'list') element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return element;
}

const lights = {
  reminder: ['◆', '提醒'],
  yellow: ['▲', '黄牌'],
  red: ['■', '红牌'],
  supervision: ['★', '督办'],
  'second-supervision': ['★', '提级督办'],
  accountability: ['✖', '问责'],
};

/** Shape, word and colour: never colour alone. */
export function light(level) {
  const [shape, word] = lights[level] ?? ['●', level ?? '正常'];
  return h('span', { className: `light ${level ?? ''}` }, `${shape} ${word}`);
}

export const levelName = (level) => lights[level]?.[1] ?? level;
export const levelOrder = Object.keys(lights);

const dayBefore = (date) => new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
const weekday = (date) => '日一二三四五六'[new Date(`${date}T00:00:00Z`).getUTCDay()];

/** `2026-12-01T10:30:00+08:00` as 2026-12-01 10:30. */
export const instant = (iso) => iso.slice(0, 16).replace('T', ' ');

/** A limit at 00:00 is the 24:00 of the day before, unless the day that begins is meant. */
export function limit(iso, dueDate) {
  const [date, time] = [iso.slice(0, 10), iso.slice(11, 19)];
  return time === '00:00:00' && dueDate !== date ? `${dayBefore(date)} 24:00` : instant(iso);
}

/** How long until then, from `now` in milliseconds. */
export function remaining(iso, now) {
  const minutes = Math.round(Math.abs(Date.parse(iso) - now) / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  const text =
    days > 0 ? `${days} 天 ${hours} 小时` : hours > 0 ? `${hours} 小时 ${minutes % 60} 分` : `${minutes} 分`;
  return Date.parse(iso) < now ? `已超 ${text}` : `剩 ${text}`;
}

function duration(text, working) {
  const [, days, hours] = /^P(?:(\d+)D)?(?:T(\d+)H)?$/.exec(text) ?? [];
  const parts = [days && `${days} ${working ? '个工作日' : '天'}`, hours && `${hours} 小时`].filter(Boolean);
  return parts.join('') || text;
}

function reason(derivation) {
  const { rule, text, start, direction, of, edge, policy } = derivation;
  const length = duration(text, rule === 'working-days');
  const base = of
    ? `以 ${limit(of.due, of.dueDate)} 届满的期限为准,${direction === 'before' ? '往前' : '往后'} ${length}`
    : start
      ? `自 ${instant(start)} 起 ${length}`
      : `以写明的时间 ${text} 为准`;
  const end = rule === 'working-days' ? (edge === 'start' ? ',该工作日零时' : ',该工作日 24 时') : '';
  const source = policy ? (policy.value === null ? '政策未定,用流程图所写的时长' : '时长依政策所定') : '';
  const { businessHours, firstDay } = derivation;
  return [
    businessHours ? base : `${base}${end}`,
    source,
    businessHours ? `办公时间依政策 ${businessHours.value}` : '',
    firstDay ? '始日计入(政策)' : '',
    derivation.basis ? `依据 ${derivation.basis}` : '',
    derivation.calendar ? `日历版本 ${derivation.calendar}` : '',
  ]
    .filter(Boolean)
    .join(';');
}

/** The derivation as a list of days, counted or not, and why. */
export function why(deadline) {
  const { derivation, due, dueDate, provisional } = deadline;
  const lengthOf = (day) =>
    Math.round((Date.parse(day.to ?? day.date) - Date.parse(day.date)) / 86_400_000) + 1;
  const days = derivation.days ?? [];
  const counted = days.filter((day) => day.counted).reduce((sum, day) => sum + lengthOf(day), 0);
  // Counted back from another limit, the day nearest to it is the first.
  const number = (nth) => (derivation.direction === 'before' ? counted + 1 - nth : nth);
  let count = 0;
  const rows = days.map((day) => {
    const last = day.to ?? day.date;
    const length = lengthOf(day);
    const first = number(count + 1);
    if (day.counted) count += length;
    const nth = length > 1 ? `第 ${first} 至 ${number(count)} 日` : `第 ${number(count)} 日`;
    const dates =
      last === day.date ? `${day.date}(周${weekday(day.date)})` : `${day.date} — ${last.slice(5)}`;
    return h(
      'li',
      { className: day.counted ? '' : 'not' },
      h('span', {}, dates),
      h('span', {}, day.counted ? nth : '不计'),
      h('span', {}, day.why),
    );
  });
  return h(
    'div',
    {},
    h('p', { className: 'soft' }, reason(derivation)),
    rows.length ? h('ol', { className: 'days' }, rows) : null,
    h('p', {}, `届满:${limit(due, dueDate)}`),
    provisional ? h('p', { className: 'late' }, '暂定:其间有的日子尚无国务院放假安排,公布后须重算') : null,
  );
}
