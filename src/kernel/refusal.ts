/** All refusals: code, HTTP status, title on screen; when and what to do, where no source says it in one piece. */
export const refusals = {
  'usage.invalid': { status: 400, title: '命令用法不对' },
  'input.invalid': { status: 400, title: '输入不符合要求' },
  'input.too-large': { status: 413, title: '输入过大' },
  'file.unreadable': { status: 400, title: '文件读不了' },
  'route.not-found': { status: 404, title: '没有这个地址' },
  'method.not-allowed': { status: 405, title: '这个地址不支持该方法' },
  'media-type.unsupported': { status: 415, title: '正文的格式不支持' },
  'call.accepted': { status: 409, title: '这通来电已经受理' },
  'upstream.accepted': { status: 409, title: '上级热线的这一件已经受理' },
  'emergency.none-waiting': { status: 409, title: '这张工单没有标着疑似警情' },
  'upstream.not-waiting': { status: 409, title: '这张工单此刻不待回告' },
  'idempotency.mismatch': { status: 422, title: '幂等键已用于另一内容' },
  'definition.not-bpmn': { status: 400, title: '不是 BPMN 流程图' },
  'definition.not-dmn': {
    status: 400,
    title: '不是支持的决策表',
    when: '不是 UTF-8 的 XML，不是 DMN；一个文件里不止一个决策；命中方式不是 U、F、C，有汇总；类型、表达式语言不支持。照说明改写',
  },
  'definition.unsupported': { status: 422, title: '流程图含有不支持的内容' },
  'definition.not-found': { status: 404, title: '没有这个流程定义' },
  'definition.altered': { status: 409, title: '流程图与部署时的不符' },
  'deed.forbidden': {
    status: 409,
    title: '条例不许这样做',
    when: '这一步会做条例说不得做的行为。改填所填的，或者另作处理',
  },
  'stimulus.not-waiting': { status: 409, title: '该环节当前不在等待' },
  'stimulus.ended': { status: 409, title: '流程已经结束' },
  'incident.not-open': { status: 409, title: '这件异常已经处置完' },
  'intervention.invalid': {
    status: 422,
    title: '人工处置的内容有误',
    when: '变量不照它决定怎样走，或者另有办法更正；要移的不在停着；更正的值就是现在的值。从列出的变量、环节里选',
  },
  'intervention.hindered': {
    status: 409,
    title: '不能这样人工处置',
    when: '移不到那里，或者移走、取消会使汇合一直等下去。另选一个环节，或者换到改好的一版',
  },
  'intervention.outdated': { status: 409, title: '工单其间有了变化' },
  'intervention.not-found': { status: 404, title: '没有这件人工处置的提议' },
  'intervention.settled': {
    status: 409,
    title: '这件提议已经有了结论',
    when: '已经批准或者撤回。刷新以后看现在的情况',
  },
  'intervention.own': {
    status: 403,
    title: '人工处置须由他人批准',
    when: '批准的是提出的人，换了岗位也一样。由他人批准',
  },
  'expression.invalid': { status: 422, title: '条件表达式有误' },
  'flow.no-way-out': { status: 422, title: '网关没有可走的出口' },
  'decision.no-rule': { status: 422, title: '决策表没有一行适用' },
  'decision.several-rules': { status: 422, title: '决策表有几行同时适用' },
  'flow.endless': { status: 422, title: '流程陷入死循环' },
  'handler.unknown': { status: 422, title: '没有登记的服务处理程序' },
  'handler.failed': { status: 500, title: '服务处理程序出错' },
  'clock.invalid': { status: 409, title: '期限现在不能这样变动' },
  'timer.invalid': {
    status: 422,
    title: '时限写法有误',
    when: '不是 ISO 8601 的时刻、时长、周期，表达式、政策算出来的不是；定时开始事件用了表达式。在流程图、政策里改正',
  },
  'classification.invalid': { status: 422, title: '分类表有误' },
  'classification.unknown': { status: 422, title: '没有这个分类' },
  'other-channels.stale': { status: 409, title: '渠道表已有新版本' },
  'knowledge.invalid': { status: 422, title: '知识库条目有误' },
  'knowledge.no-ground': { status: 409, title: '条例没有以知识库为督办的事由' },
  'knowledge.not-found': { status: 404, title: '知识库没有这个条目' },
  'knowledge.stale': { status: 409, title: '知识库条目已有新版本' },
  'calendar.invalid': { status: 422, title: '日期或日历数据有误' },
  'regulation.not-found': { status: 404, title: '没有这一版条例' },
  'norm.not-found': { status: 404, title: '条例没有这一项义务' },
  'regulation.altered': { status: 409, title: '条例目录与轨迹不符' },
  'regulation.text-invalid': {
    status: 422,
    title: '条例原文不符合要求',
    when: '不是目录里那一版条例：缺条、多条、次序不对、没有施行日期。用公布机关发布的全文，存成 UTF-8 文本',
  },
  'case.altered': { status: 409, title: '工单与轨迹不符' },
  'case.not-found': { status: 404, title: '没有这张工单' },
  'caller.withheld': { status: 403, title: '来电人资料不能查看' },
  'caller.none': { status: 404, title: '没有来电人资料' },
  'caller.too-many': { status: 429, title: '查看来电人资料过于频繁' },
  'caller.altered': {
    status: 500,
    title: '来电人资料与轨迹不符',
    when: '存着的来电人资料与轨迹记下的摘要不同，或者那张工单的轨迹已经被改动。不能据以认定；保全数据库，由审计人员核验',
  },
  'filing.closed': { status: 403, title: '没有开放提出诉求' },
  'work.missing': {
    status: 403,
    title: '页面的验算没有通过',
    when: '没有带验算，验算不对、过期或者已经用过。刷新页面再提交一次',
  },
  'caller-act.too-many': {
    status: 429,
    title: '补充、催办过于频繁',
    when: '催办、要求说明一天一次，补充的次数有限。明天再办，或者拨打 12345',
  },
  'caller-act.not-possible': { status: 409, title: '现在还不能这样办' },
  'attachment.unsupported': { status: 415, title: '这种文件不收' },
  'attachment.damaged': { status: 422, title: '文件打不开' },
  'attachment.infected': { status: 422, title: '文件带病毒' },
  'attachment.unscanned': { status: 503, title: '病毒扫描没有答复' },
  'attachment.store-failed': { status: 503, title: '附件的存储不可用' },
  'attachment.too-large': { status: 413, title: '文件太大' },
  'attachment.too-many': {
    status: 409,
    title: '附件已满',
    when: '工单附件的个数、合计的大小，或者来电人自己传的个数到了上限。挑要紧的传；确需更多的另行收取',
  },
  'attachment.not-found': { status: 404, title: '没有这个附件' },
  'attachment.missing': { status: 410, title: '附件的文件不在' },
  'attachment.altered': { status: 409, title: '附件与轨迹不符' },
  'note.not-found': { status: 404, title: '没有这条内部备注' },
  'progress.not-found': { status: 404, title: '查不到进度' },
  'task.not-found': { status: 404, title: '没有这项待办' },
  'task.closed': { status: 409, title: '这项待办已经办过或已失效' },
  'task.not-next': { status: 409, title: '不是接着的一步' },
  'task.elsewhere': {
    status: 409,
    title: '这项待办不在工单里办',
    when: '它属于考核、知识库条目的督办，或者流程图自己开始的一件。到它自己的页上办',
  },
  'deed.unknown': { status: 404, title: '条例的词汇里没有这个行为' },
  'deed.not-possible': { status: 409, title: '此时不能做这个行为' },
  'deed.not-yours': { status: 403, title: '这个行为须由他人做' },
  'task.not-yours': { status: 403, title: '这项待办须由他人办理' },
  'session.required': { status: 401, title: '需要登录' },
  'session.failed': { status: 401, title: '登录没有成功' },
  'session.held-up': { status: 429, title: '登录暂停' },
  'session.not-recent': { status: 403, title: '需要再次验证身份' },
  'password.must-change': { status: 403, title: '需要先改口令' },
  'request.foreign': {
    status: 403,
    title: '请求来路不明',
    when: '请求由别的网站发起，或者没有带上会话的 csrf。先 GET /api/session，再以请求头 X-CSRF-Token 带上',
  },
  'request.too-many': { status: 429, title: '请求过于频繁' },
  'access.denied': { status: 403, title: '没有权限' },
  'accused.not-found': { status: 422, title: '没有这个被指控的单位、人员' },
  'unit.exists': { status: 409, title: '单位已经存在' },
  'unit.not-found': { status: 422, title: '没有这个单位' },
  'unit.not-below': { status: 422, title: '不在本单位之下' },
  'unit.withdrawn': { status: 422, title: '单位已经回避' },
  'sheet.corrected': { status: 409, title: '工单其间有人更正' },
  'merge.impossible': { status: 409, title: '不能并单' },
  'sheet.not-earlier': { status: 422, title: '不是可以引用的原工单' },
  'person.exists': { status: 409, title: '帐号已经存在' },
  'person.not-found': { status: 404, title: '没有这个帐号' },
  'role.exclusive': { status: 409, title: '角色互斥' },
  'role.own': { status: 403, title: '不能给自己授权' },
  'oidc.off': { status: 404, title: '没有启用统一身份认证' },
  'oidc.unreachable': { status: 503, title: '统一身份认证没有应答' },
  'oidc.stale': { status: 400, title: '登录已经失效' },
  'oidc.cancelled': { status: 403, title: '没有完成登录' },
  'oidc.clock': { status: 502, title: '时钟相差太多' },
  'oidc.refused': { status: 502, title: '统一身份认证的答复不能接受' },
  'oidc.notice-refused': { status: 400, title: '退出通知不能接受' },
  'oidc.unknown': { status: 403, title: '身份没有关联帐号' },
  'system.exists': { status: 409, title: '已有这个系统' },
  'system.not-found': { status: 404, title: '没有这个系统' },
  'subscription.exists': { status: 409, title: '已有这个订阅' },
  'subscription.not-found': { status: 404, title: '没有这个订阅' },
  'token.invalid': {
    status: 401,
    title: '令牌不能使用',
    when: '不是本系统发的、已经过期、已经吊销，或者所属的系统已经停用。请安全管理员发新的令牌',
  },
  'token.misplaced': { status: 400, title: '令牌放错了地方' },
  'token.scope': { status: 403, title: '超出令牌的范围' },
  'token.not-found': { status: 404, title: '没有这个令牌' },
  'setup.done': { status: 409, title: '已经设置过' },
  'vault.locked': { status: 500, title: '密钥不能使用' },
  'trail.key': { status: 500, title: '轨迹的签名密钥不能使用' },
  'trail.broken': { status: 409, title: '轨迹的链断了' },
  'export.too-large': { status: 422, title: '导出的范围太大' },
  'export.too-many': { status: 429, title: '未做完的导出太多' },
  'export.not-found': { status: 404, title: '没有这份导出' },
  'old-log.not-found': { status: 404, title: '没有这份旧日志' },
  'old-log.too-many': { status: 429, title: '留着的旧日志太多' },
  'old-log.running': { status: 409, title: '这份旧日志正在对照' },
  'trail.witness': { status: 502, title: '没有取得见证' },
  'trail.behind': { status: 503, title: '轨迹尚未排完' },
  'policy.not-found': { status: 404, title: '没有这项政策或提案' },
  'policy.invalid': { status: 422, title: '政策的值或生效日不对' },
  'part.absent': {
    status: 404,
    title: '本市没有这一项',
    when: '本市的条例没有考核、问责、督办等的，也没有它们的操作。不必办理；条例有了的，写进条例包',
  },
  'package.invalid': { status: 500, title: '条例包不能用' },
  'package.text-invalid': {
    status: 422,
    title: '条文读不成一部法',
    when: '没有“第几条”；条号写了两次，少一章、一条、一项。照所说的行改正',
  },
  'package.answers-invalid': {
    status: 422,
    title: '条文的回答不能用',
    when: '有一条没有回答，答的与条文不符，没有这件事、这一方。逐条照所说的改正',
  },
  'package.other-city': { status: 500, title: '数据库是另一部条例的' },
  'policy.not-yours': {
    status: 403,
    title: '政策须由他人决定',
    when: '提出人批准或者否决自己的提案；在命令行上批准、否决；他人撤回提案。批准、否决由他人登录操作台办，撤回由提出人办',
  },
  'amendment.not-found': { status: 404, title: '没有这项修改' },
  'amendment.own': {
    status: 403,
    title: '修改须由他人批准',
    when: '写过其中任何一稿的人批准；同一人批准两次。由没有参与起草的两个人批准',
  },
  'amendment.stale': { status: 409, title: '修改已经变了' },
  'amendment.state': { status: 409, title: '修改此刻不能这样办' },
  'amendment.invalid': {
    status: 422,
    title: '修改条例不成立',
    when: '一项改动与目录对不上，改过以后目录前后矛盾；施行日、比较的起止日不对。照说明改正；目录里有什么，见“条例”页',
  },
  'policy.altered': { status: 409, title: '提案与轨迹不符' },
  'policy.settled': {
    status: 409,
    title: '提案已经有了结论',
    when: '提案已经批准、否决或者撤回。仍要改的，另行提出',
  },
  'draft.not-found': { status: 404, title: '没有这份草案' },
  'draft.invalid': { status: 422, title: '草案有误' },
  'draft.stale': { status: 409, title: '草案已有新的一稿' },
  'draft.outdated': { status: 409, title: '流程已有新版' },
  'draft.state': {
    status: 409,
    title: '草案现在不能这样办',
    when: '还没有提交、批准，或者已经提交、批准、排期、生效、驳回、撤回；几秒后就要生效的撤不回。照它现在的一步办，要另改的另起一份；已经生效的，以 POST /api/definitions/{key}/rollback 退回旧版',
  },
  'draft.own': {
    status: 403,
    title: '草案须由他人批准',
    when: '写过其中任何一稿的人批准；同一人批准两次。由没有参与起草的人批准，管理员也没有例外',
  },
  'draft.blocked': { status: 422, title: '草案不能提交' },
  'migration.hindered': {
    status: 409,
    title: '工单不能换到新版',
    when: '停着的环节新版没有、种类不同、进了别的子流程，或者换了就超期。在映射里写明对应的环节，或者让它在原来的一版办完',
  },
  'migration.not-found': { status: 404, title: '没有这次换版' },
  'migration.invalid': {
    status: 422,
    title: '换版的内容有误',
    when: '映射里写了没有的环节；换的是同一版；新版不是现行的。写旧版的环节和现行一版的环节',
  },
  'migration.state': {
    status: 409,
    title: '换版现在不能这样办',
    when: '没有批准就开始；已经撤回、开始或者完成。要另换的，另行提出',
  },
  'migration.own': { status: 403, title: '换版须由他人批准', when: '批准的是提出的人。由他人批准' },
  'assessment.invalid': { status: 422, title: '考核的内容有误' },
  'assessment.not-found': { status: 404, title: '没有这次考核' },
  'assessment.not-yours': {
    status: 403,
    title: '须由他人决定',
    when: '自己提出、写过、批准过的，本单位的申请、异议；不是提出人的撤回；不是本单位的数字。由其他单位没有参与的人决定，由提出人撤回',
  },
  'assessment.settled': {
    status: 409,
    title: '已经有了结论',
    when: '已经决定、裁定、申请过，别人刚刚办过，或者还没有到这一步。刷新以后看现在的情况；仍要改的，另行提出',
  },
  'assessment.closed': { status: 409, title: '考核周期已经关闭' },
  'publication.not-found': { status: 404, title: '没有这份公开的材料' },
  'publication.altered': { status: 409, title: '公开的材料与轨迹不符' },
  'publication.missing': { status: 409, title: '还没有发布' },
  'publication.personal-data': { status: 422, title: '可以认出具体的人' },
  'warning.not-found': { status: 404, title: '没有这件预警' },
  'warning.not-yours': { status: 403, title: '须由被建议的单位答复' },
  'warning.settled': { status: 409, title: '已经办结' },
  'radar.not-found': { status: 404, title: '没有这条线索' },
  'radar.settled': { status: 409, title: '线索已经决定、询问已经答复' },
  'radar.unheard': { status: 409, title: '单位还没有答复' },
  'notification.not-found': { status: 404, title: '没有这条通知' },
  'channel.not-found': { status: 404, title: '没有这个通知渠道' },
  'channel.exists': { status: 409, title: '这个通知渠道已经有了' },
  'source.not-found': { status: 404, title: '没有这个来源' },
  'template.not-found': { status: 404, title: '没有这个文本' },
  'template.changed': { status: 409, title: '文本已有新版本' },
  'source.exists': { status: 409, title: '这个来源已经有了' },
  'source.not-verified': {
    status: 401,
    title: '不能证明是来源发的',
    when: '没有签名、口令，不对，或者时刻相差过多；来源停用，没有这个来源。核对地址、密钥和时钟；怎样签名见 docs/integration.md(Standard Webhooks)',
  },
  'message.not-found': { status: 404, title: '没有这件待处理的来信' },
  'job.not-found': { status: 404, title: '没有这件失败的任务' },
  'database.unreachable': {
    status: 503,
    title: '数据库连接不上',
    when: '主机、端口、用户、口令、库名不对；PostgreSQL 没有启动、正在停止或者连接数已满。核对 DATABASE_URL',
  },
  'database.empty': { status: 503, title: '数据库里没有本系统的数据' },
  'database.unusable': { status: 503, title: '数据库不能使用' },
  'database.full': { status: 503, title: '数据库的磁盘已满' },
  'database.read-only': { status: 503, title: '数据库是只读的' },
  overloaded: { status: 503, title: '系统繁忙' },
  'city.unavailable': { status: 503, title: '这个城市的程序不在' },
  'data-directory.broken': { status: 500, title: '数据目录不能使用' },
  'port.in-use': { status: 500, title: '端口被占用' },
  'internal.error': { status: 500, title: '系统内部错误' },
} as const satisfies Record<string, { status: number; title: string; when?: string }>;

export type RefusalCode = keyof typeof refusals;

export interface RefusalOptions {
  /** What to do next, in Chinese. */
  readonly remedy?: string;
  /** The citation by `lawOf` (law.ts). */
  readonly provision?: string;
  /** A BPMN element id, a line number, a field path. */
  readonly where?: string;
  /** Changes by others since, one sentence each. */
  readonly changes?: readonly string[];
  /** The server or file concerned, for the command line and the log. An HTTP answer never contains it. */
  readonly place?: string;
  readonly cause?: unknown;
}

/** An expected refusal: what is wrong, where, by which article, and what to do; in Chinese. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly remedy: string | undefined;
  readonly provision: string | undefined;
  readonly where: string | undefined;
  readonly changes: readonly string[] | undefined;
  readonly place: string | undefined;

  constructor(
    readonly code: RefusalCode,
    detail: string,
    options: RefusalOptions = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.remedy = options.remedy;
    this.provision = options.provision === '' ? undefined : options.provision;
    this.where = options.where;
    this.changes = options.changes;
    this.place = options.place;
  }

  get status(): number {
    return refusals[this.code].status;
  }

  get title(): string {
    return refusals[this.code].title;
  }
}
