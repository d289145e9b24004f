/** The shipped handling diagram leaves its reply limit to the law; a draft may write a length of its own. */
const byLaw = /id="Definition_ReplyLimit_Timer">(\s*<bpmn:timeDuration[^>]*>)= limit\("reply"\)</;

/** The diagram with the reply limit drawn as so many days; unchanged if it has no such limit. */
export const drawnLimit = (source: string, length: string): string =>
  source.replace(
    byLaw,
    `id="Definition_ReplyLimit_Timer" duty:clock="reply" duty:unit="working-days">$1${length}<`,
  );
