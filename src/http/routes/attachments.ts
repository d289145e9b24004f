import { nameWithEnding, type Attachment } from '../../sheet/attachment/index.js';
import { addAttachment, attachmentAmong, listAttachments, provenContent } from '../../cases/index.js';
import type { Principal } from '../../identity/index.js';
import { Refusal } from '../../kernel/index.js';
import type { attachmentOperations } from '../contract/attachment.js';
import type { HttpDeps } from '../deps.js';
import { Reply, type Handlers } from '../dispatch.js';
import type { Download } from '../middleware/download.js';
import { assertSeen, forViewer } from '../sight.js';
import { readerOf } from '../views/caller-view.js';

export function attachmentHandlers(deps: HttpDeps): Pick<Handlers, keyof typeof attachmentOperations> {
  const seen = (viewer: Principal, no: string) =>
    listAttachments(forViewer(deps, viewer), readerOf(viewer), no);
  const { limits } = deps.attachments;
  return {
    listAttachments: async ({ viewer, params: { no } }) => {
      const { items, refused, withheld } = await seen(viewer, no);
      return {
        items: items.map(attachmentView),
        refused,
        withheld: withheld ? { provision: withheld.provision, why: withheld.why } : null,
        limits: { bytesPerFile: limits.perFile, bytesPerSheet: limits.perSheet, most: limits.most },
      };
    },
    addAttachment: async ({ viewer, params: { no }, query: { shows }, headers, body }) => {
      await assertSeen(deps, viewer, no);
      if (shows === 'matter' && viewer.sight.kind === 'units') {
        throw new Refusal('access.denied', '承办单位传的是办理前、办理后的材料，不是来电人提供的', {
          where: 'shows',
          remedy: '选“办理前”或者“办理后”',
        });
      }
      const { attachment, isNew } = await addAttachment(deps, {
        ...{ no, shows, actor: viewer.actor, name: headers['x-file-name'] },
        ...{ source: body.source, declared: body.declared },
      });
      return new Reply(isNew ? 201 : 200, attachmentView(attachment));
    },
    fetchAttachment: async ({ viewer, params: { no, id } }) => {
      const one = attachmentAmong((await seen(viewer, no)).items, id);
      return fileOf(one, await provenContent(deps, one));
    },
    fetchThumbnail: async ({ viewer, params: { no, id } }) => {
      const one = attachmentAmong((await seen(viewer, no)).items, id);
      return thumbnailOf(deps, one);
    },
  };
}

/** Browsers show it if it is a picture; they only save everything else. */
const fileOf = (one: Attachment, content: AsyncIterable<Buffer>): Download => ({
  ...one,
  content,
  bytes: one.keptBytes,
  isShown: one.kind === 'picture',
});

async function thumbnailOf(
  { attachments }: Pick<HttpDeps, 'attachments'>,
  one: Attachment,
): Promise<Download> {
  if (one.thumbnailBytes === null) {
    throw new Refusal('attachment.not-found', '这个附件不是照片，没有缩略图', { remedy: '直接取附件' });
  }
  // Small files are read as a whole, so that an altered one is refused before sending begins.
  const pieces: Buffer[] = [];
  for await (const piece of await attachments.open(one, 'thumbnail')) pieces.push(piece);
  return {
    content: Buffer.concat(pieces),
    name: nameWithEnding(one.name, 'webp'),
    mediaType: 'image/webp',
    isShown: true,
  };
}

const attachmentView = (one: Attachment) => ({
  ...one,
  bytes: one.keptBytes,
  hasThumbnail: one.thumbnailBytes !== null,
});
