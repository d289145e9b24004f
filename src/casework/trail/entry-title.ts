/** What an entry of the trail tells, in one sentence. */
import { accountTitle } from '../../identity/index.js';
import type { JsonObject } from '../../kernel/index.js';
import type { Elements } from '../definition-reader.js';

export interface EntryContext {
  /** Of the version in which the entry's step ran. */
  readonly elements: Pick<Elements, 'get'>;
  readonly processName: (key: string) => string;
}

interface Told {
  readonly type: string;
  readonly body: JsonObject;
  readonly altered?: boolean;
}

/** By the name that the verifier gives it. */
export const alteredTitle = '✖ 改动内容:已不是记下时的内容';

/** Steps of a case name elements of its diagram; everything else has a fixed name. */
export function entryTitle({ type, body, altered }: Told, { elements, processName }: EntryContext): string {
  if (altered) return alteredTitle;
  const about = typeof body.of === 'string' ? (elements.get(body.of)?.name ?? body.of) : '';
  const process = typeof body.process === 'string' ? `“${processName(body.process)}”` : '';
  switch (type) {
    case 'instance.started':
      return `${process}流程开始`;
    case 'instance.cancelled':
      return `${process}流程撤销`;
    case 'task.completed':
      return `办结“${about}”`;
    case 'task.failed':
      return `“${about}”未能办成`;
    case 'timer.fired':
      return `计时到:${about}`;
    case 'message.received':
      return `${process}流程收到${typeof body.from === 'string' ? `“${processName(body.from)}”流程的` : ''}通知`;
    case 'signal.received':
      return `${process}流程收到信号`;
    case 'deadline.recomputed':
      return `重算期限:${about}`;
    case 'deadline.rearmed':
      return `重新计时:${about}`;
    case 'escalation.revoked':
      return `撤回给早了的升级:${about}`;
    case 'escalation.redated':
      return `更正升级的时刻:${about}`;
    default:
      return fixed[type] ?? accountTitle(type, body) ?? '其他记录';
  }
}

const fixed: Readonly<Record<string, string>> = {
  'outcome.corrected': '更正办理结果',
  'sheet.classified': '工单归类',
  'caller-secret.issued': '重新发给来电人查询码',
  'caller.erased': '删除来电人资料',
  'caller.revealed': '查看来电人资料',
  'person.recused': '登记须回避的人',
  'definition.deployed': '部署流程图',
  'draft.created': '起草流程图',
  'draft.saved': '修改流程图草案',
  'draft.commented': '对流程图草案说意见',
  'draft.submitted': '提交流程图草案',
  'draft.approved': '批准流程图草案',
  'draft.rejected': '驳回流程图草案',
  'draft.withdrawn': '撤回流程图草案',
  'draft.scheduled': '流程图新版排期',
  'case.migrated': '换到流程的另一版',
  'migration.proposed': '提出工单换版',
  'migration.approved': '批准工单换版',
  'migration.withdrawn': '撤回工单换版',
  'migration.started': '开始工单换版',
  'migration.finished': '工单换版完成',
  'regulation.recorded': '记下条例的一版',
  'regulation.text-loaded': '载入条例的原文',
  'policies.shipped': '记下随程序发布的政策',
  'policy.proposed': '提出政策',
  'policy.approved': '批准政策',
  'policy.rejected': '不批准政策',
  'policy.withdrawn': '撤回政策提案',
  'calendar.loaded': '载入放假安排',
  'calendar.recomputed': '按新安排重算期限',
  'classification.imported': '载入事项分类',
  'dispatch-rules.saved': '保存转办规则',
  'knowledge.supervision-ordered': '就知识库更新发起督办',
  'trail.exported': '导出轨迹',
  'data.erased': '按保存期限清除数据',
  'retention.ran': '核对保存期限,清除到期的数据',
  'channel.added': '新设通知渠道',
  'channel.ended': '停用通知渠道',
  'channel.tested': '测试通知渠道',
  'subscription.added': '订阅事件',
  'subscription.changed': '改事件订阅',
  'subscription.closed': '停用事件订阅',
  'subscription.given-up': '事件一直送不到,自动停用订阅',
  'subscription.secret-replaced': '换事件的签名密钥',
  'subscription.tested': '发测试事件',
  'method.proposed': '提出考核办法',
  'method.approved': '批准考核办法',
  'method.rejected': '否决考核办法',
  'method.withdrawn': '撤回考核办法',
  'exclusion.applied': '申请不计考核',
  'exclusion.granted': '准予不计考核',
  'exclusion.refused': '不准不计考核',
  'publication.drafted': '起草公开、通报',
  'publication.cases-written': '写典型案例',
  'publication.approved': '批准公开、通报',
  'publication.returned': '退回公开、通报',
  'publication.published': '发布公开、通报',
  'knowledge.written': '写知识库条目',
  'knowledge.withdrawn': '撤下知识库条目',
};
