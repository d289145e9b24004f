/** One case: deadlines with their reasons, the forms of what is to be done, the trail. */
import { call, refusalText } from './api.js';
import { h, instant, light, limit, remaining, why } from './show.js';

/** What the sheet says already need not be typed again. */
const known = (sheet) => ({
  channel: sheet.channel,
  kind: sheet.kind,
  wishesReply: String(sheet.replyWanted),
  confidential: String(sheet.confidential),
});

export function caseView(order, now, onDone) {
  const { sheet } = order;
  return [
    h('div', { className: 'title' }, h('h2', {}, sheet.title), light(order.level)),
    h(
      'p',
      { className: 'facts soft' },
      [
        `编号 ${sheet.no}`,
        order.state === 'ended' ? `已办结(${instant(order.endedAt)})` : '在办',
        `${sheet.channelName} · ${sheet.kindName}`,
        `受理 ${instant(sheet.receivedAt)}`,
        sheet.confidential
          ? '来电人信息:依第十六条保密'
          : `来电人 ${sheet.callerName ?? '未留名'} ${sheet.callerContact ?? ''}`,
        sheet.replyWanted ? '要求回复' : '不要求回复',
        ...order.processes.map((process) => `${process.name}流程第 ${process.version} 版`),
      ].map((fact) => h('span', {}, fact)),
    ),
    h('p', { className: 'content' }, sheet.content),
    h('h3', {}, `期限(${order.deadlines.length})`),
    order.deadlines.length
      ? order.deadlines.map((deadline) => deadlineView(deadline, now))
      : h('p', { className: 'soft' }, '没有正在计时的期限。'),
    h('h3', {}, `要办的事(${order.tasks.length})`),
    order.tasks.length
      ? order.tasks.map((task) => taskView(task, sheet, order.tasks.length === 1, onDone))
      : h(
          'p',
          { className: 'soft' },
          order.state === 'ended' ? '本工单已办结。' : '此刻没有人要办的事,等待期限或其他流程。',
        ),
    h('h3', {}, `轨迹(${order.trail.length})`),
    chainView(order.chain),
    h('ol', { className: 'trail' }, order.trail.map(entryView)),
  ];
}

function deadlineView(deadline, now) {
  return h(
    'details',
    {},
    h(
      'summary',
      {},
      h('strong', {}, deadline.name),
      h('span', { className: 'soft' }, limit(deadline.due, deadline.dueDate)),
      h(
        'span',
        { className: Date.parse(deadline.due) < now ? 'soft late' : 'soft' },
        remaining(deadline.due, now),
      ),
      deadline.provisional ? h('span', { className: 'soft' }, '暂定') : null,
      h('span', { className: 'soft' }, '为什么是这一天'),
    ),
    why(deadline),
  );
}

function chainView(chain) {
  return chain.holds
    ? h('p', { className: 'verdict' }, `✓ 哈希链完整,${chain.entries} 条`)
    : h('p', { className: 'verdict broken' }, `✖ 哈希链断裂:${chain.finding}`);
}

function entryView(entry) {
  const named = (ids = []) => ids.map((id) => entry.names[id] ?? id).join('、');
  const lines = [
    entry.body.waiting && `到达:${named(entry.body.waiting)}`,
    entry.body.armed && `开始计时:${entry.body.armed.map((one) => named([one.element])).join('、')}`,
    entry.body.withdrawn && `停止计时:${named(entry.body.withdrawn)}`,
    entry.provisions.length && `条款:${[...new Set(entry.provisions.map((one) => one.label))].join('、')}`,
    ...Object.values(entry.sealed).map((text) => `“${text}”`),
  ];
  return h(
    'li',
    {},
    h('strong', {}, entry.title),
    ' ',
    entry.levels.map((level) => light(level)),
    h('p', {}, `${instant(entry.at)}${entry.actor ? ` · ${entry.actor}` : ''}`),
    lines.filter(Boolean).map((line) => h('p', {}, line)),
    h(
      'details',
      {},
      h('summary', {}, `第 ${entry.seq} 条 · 哈希 `, h('code', {}, entry.hash.slice(0, 16))),
      h('pre', {}, JSON.stringify(entry.body, null, 2)),
    ),
  );
}

function taskView(task, sheet, open, onDone) {
  const inputs = task.form.map((field) => [field, inputFor(field, known(sheet)[field.key])]);
  const actor = h('input', {
    required: true,
    maxLength: 100,
    autocomplete: 'off',
    value: sessionStorage.getItem('actor') ?? '',
  });
  const refusal = h('p', { className: 'refusal', role: 'alert', hidden: true });
  const button = h('button', { type: 'submit', className: 'primary' }, `办结“${task.name}”`);
  const submit = async (event) => {
    event.preventDefault();
    refusal.hidden = true;
    button.disabled = true;
    try {
      sessionStorage.setItem('actor', actor.value);
      const answers = Object.fromEntries(inputs.flatMap(([field, input]) => answerOf(field, input.value)));
      const name = actor.value.trim();
      const order = await call(`/api/tasks/${encodeURIComponent(task.id)}/completion`, {
        answers,
        ...(name ? { actor: name } : {}),
      });
      onDone(order);
    } catch (error) {
      refusal.textContent = refusalText(error);
      refusal.hidden = false;
      button.disabled = false;
    }
  };
  return h(
    'details',
    { open },
    h(
      'summary',
      {},
      h('strong', {}, task.name),
      h('span', { className: 'soft' }, task.roleName ?? ''),
      h('span', { className: 'soft' }, [...new Set(task.norms.map((norm) => norm.label))].join('、')),
    ),
    h(
      'form',
      { onsubmit: submit, 'data-task': task.id },
      inputs.map(([field, input]) =>
        h('label', {}, `${field.label}${field.required ? '(必填)' : ''}`, input),
      ),
      h('label', {}, '办理人(必填)', actor),
      refusal,
      h('div', { className: 'buttons' }, button),
    ),
  );
}

function inputFor(field, value = '') {
  const common = { name: field.key, required: field.required };
  const choices = (options) =>
    h(
      'select',
      common,
      h('option', { value: '' }, '请选择'),
      options.map((option) =>
        h('option', { value: option.value, selected: option.value === value }, option.label),
      ),
    );
  switch (field.type) {
    case 'choice':
      return choices(field.options);
    case 'boolean':
      return choices([
        { value: 'true', label: '是' },
        { value: 'false', label: '否' },
      ]);
    case 'longText':
      return h('textarea', { ...common, rows: 3, value });
    default:
      return h('input', {
        ...common,
        type: field.type === 'text' ? 'text' : field.type,
        value,
        ...(field.type === 'number' ? { step: 'any' } : {}),
      });
  }
}

/** What was left empty is not an answer. */
function answerOf(field, text) {
  if (text.trim() === '') return [];
  const value = field.type === 'boolean' ? text === 'true' : field.type === 'number' ? Number(text) : text;
  return [[field.key, value]];
}
