import { Refusal } from '../../../kernel/refusal.js';
import { nodeOf, type Token } from './instance.js';
import type { Body, Program } from './program.js';

/** Content of an activity: its own body, or another process. */
export function insideOf(host: Token): { readonly program: Program; readonly body: Body } {
  const { program } = host.scope;
  const node = nodeOf(host);
  if (node.body) return { program, body: node.body };
  const called = program.called(node.called);
  if (!called) {
    throw new Refusal(
      'definition.not-found',
      `调用活动 ${node.id} 所调用的流程 ${node.called || '（未写明）'} 没有部署。`,
      {
        where: node.id,
        remedy: '请先部署被调用的流程。',
      },
    );
  }
  return { program: called, body: called.body };
}
