/**
 * One verdict for people who are no cryptographers: is it genuine, is it complete and up to where, who outside vouches
 * for it, and what to do next.
 */
import { attacks } from './finding.mjs';

/**
 * What a check has looked at.
 *
 * @typedef {object} Seen
 * @property {string} what in Chinese, e.g. `包里的 6 条`
 * @property {{ at: string, size: number, after: number } | undefined} listed the manifest's instant and size, and how
 * many of the entries are younger; undefined without a manifest
 * @property {{ name: string, time: number, size: number }[]} vouchers who co-signed up to which size, by keys that the
 * auditor holds; seconds since 1970
 * @property {boolean} ownKeys whether the keys are the auditor's own
 * @property {number} size entries that the log has signed
 * @property {number} [older] if two checkpoints were compared: entries that the kept one signed
 *
 * @typedef {'genuine' | 'not-genuine' | 'damaged'} State
 * @typedef {{ state: State, complete: boolean, vouched: boolean, conclusion: string, sentences: string[], next: string[] }} Verdict
 */

/** @param {import('./finding.mjs').Finding[]} findings @param {Seen | undefined} seen undefined if nothing could be read @returns {Verdict} */
export function verdictOf(findings, seen) {
  const state = stateOf(findings);
  const compared = seen?.older !== undefined;
  const complete = compared || (seen?.listed !== undefined && seen.listed.after === 0);
  // The holder of the older checkpoint vouches for it.
  const vouched = compared || (seen?.vouchers.length ?? 0) > 0;
  return {
    state,
    complete,
    vouched,
    conclusion: conclusions[state](seen),
    sentences: [
      genuineSentence(state, findings, seen),
      ...(seen ? [completeSentence(seen), vouchedSentence(seen)] : []),
    ],
    next: nextSteps(state, seen, { complete, vouched }),
  };
}

function stateOf(findings) {
  if (findings.length === 0) return 'genuine';
  return findings.every(({ attack }) => attack === 'damaged') ? 'damaged' : 'not-genuine';
}

const conclusions = {
  genuine: ({ older, listed, size, vouchers }) =>
    older === undefined
      ? `成立，到全库第 ${listed?.size ?? size} 条为止；${vouchers.length > 0 ? '有外面的人作证' : '没有外面的人作证'}`
      : `成立，留存的检查点所签的 ${older} 条都没有动过`,
  'not-genuine': () => '不成立',
  damaged: () => '判断不了：损坏',
};

function genuineSentence(state, findings, seen) {
  if (state === 'genuine') return `真不真：真。${seen.what}都是当时记下的，没有改动、删去、调换`;
  if (state === 'damaged') return '真不真：判断不了。文件坏了，不能凭它说有人改过，也不能说没有';
  if (findings.every(({ attack }) => ['damaged', 'unproved', 'unwitnessed'].includes(attack)))
    return '真不真：没有证明。缺了该有的证明或者见证，不能当作真的';
  const names = [
    ...new Set(findings.filter(({ attack }) => attack !== 'damaged').map(({ attack }) => attacks[attack])),
  ];
  return `真不真：不真。查出：${names.join('、')}`;
}

function completeSentence({ listed, size, older }) {
  if (older !== undefined) return `全不全：早先签过的 ${older} 条一条没少，现在签到第 ${size} 条`;
  if (!listed) return `全不全：没有凭据。没有每日清单，各链的尾部有没有少，说不了（全库已签到第 ${size} 条）`;
  const until = `到全库第 ${listed.size} 条、${beijing(listed.at).trim()}为止，没有少一条`;
  return listed.after === 0
    ? `全不全：全。${until}`
    : `全不全：${until}；其后的 ${listed.after} 条后面有没有少，还没有凭据`;
}

function vouchedSentence({ vouchers, ownKeys, size, older }) {
  if (older !== undefined && vouchers.length === 0)
    return '谁作证：留存那个检查点的人。它从哪里来、由谁保管，请写进底稿';
  if (vouchers.length > 0) {
    const said = vouchers.map(
      ({ name, time, size: upTo }) => `${name} 于${beijing(time * 1000)}见证到第 ${upTo} 条`,
    );
    const most = Math.max(...vouchers.map((one) => one.size));
    return `谁作证：${said.join(',')}${most < size ? `；其后的 ${size - most} 条只有系统自己的签名` : ''}`;
  }
  return ownKeys
    ? '谁作证：没有外面的人作证，只有系统自己的签名（公钥与您保存的相符）'
    : '谁作证：没有外面的人作证。连公钥也取自这份文件，只说明它自己前后一致';
}

function nextSteps(state, seen, { complete, vouched }) {
  if (state === 'damaged')
    return [
      '请向系统的运行单位重新要一份；还是坏的，请它用 hotline trail verify 查数据库和磁盘。坏的这份留着',
    ];
  if (state === 'not-genuine')
    return [
      '不要用它作依据。原件封存，书面要求系统的运行单位说明，并请它保全数据库',
      '请向见证人、上次审计的档案索取留存的检查点，用 compare 比对，查明从哪一条起不同',
    ];
  return [
    ...(seen.ownKeys
      ? []
      : ['请从系统以外的地方（见证人、上次审计的档案）取得公钥文件，加 --policy 再核一次']),
    ...(vouched
      ? []
      : ['请向见证人或者上次审计的档案索取留存的检查点，再比对：没有它，整本重写过也看不出来']),
    ...(complete ? [] : ['请过一天再要一份：新的一份有新的清单，说得出尾部有没有少']),
    '请留存这一次的检查点（文件 checkpoint），下次审计用得着',
  ];
}

/** @param {string | number} instant @returns {string} Beijing time, to the minute */
function beijing(instant) {
  const time = new Date(new Date(instant).getTime() + 8 * 3_600_000);
  if (Number.isNaN(time.getTime())) return ` ${String(instant)} `;
  return ` ${time.toISOString().slice(0, 16).replace('T', ' ')}（北京时间）`;
}
