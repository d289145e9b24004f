/** Possible findings, by attack, in Chinese. */
export const attacks = {
  damaged: '文件损坏或被改',
  usage: '用法不对',
  edited: '改动了条目的内容',
  rechained: '改动条目后重算了整条链',
  deleted: '删去了条目',
  'case-cut': '截去了链尾',
  'log-cut': '截去了全库轨迹的尾部',
  reordered: '调换了条目的次序',
  inserted: '事后插入了条目',
  'passed-over': '越过了没有入树的条目',
  'head-moved': '改动了链头',
  rewritten: '重写了全库轨迹',
  forged: '签名不成立',
  'key-swapped': '换了签名的密钥',
  'two-histories': '同一大小有两本账',
  replayed: '拿旧的检查点冒充新的',
  'diagram-changed': '流程图不是当时的那一份',
  'regulation-changed': '法规、政策数据不是所记的那一份',
  'case-file-changed': '案卷的目录与条目不符',
  unwitnessed: '见证不够',
  unproved: '没有证明',
};

export class Finding extends Error {
  /** @param {keyof typeof attacks} attack @param {string} detail in Chinese */
  constructor(attack, detail) {
    super(detail);
    this.attack = attack;
  }
}
