/** Other channels for a matter 其他渠道: emergency numbers, and bodies with procedures of their own. */
import { z } from 'zod';
import type { PackageLists } from '../../kernel/law.js';
import { listedKey } from '../../kernel/listed-key.js';

type Procedures = PackageLists['intake']['procedures'];

const line = (most: number) => z.string().trim().min(1).max(most);

const otherChannel = (procedures: Procedures) =>
  z.strictObject({
    key: z.string().regex(/^[a-z][a-z0-9-]{0,29}$/),
    name: line(60),
    /** True: the matter is transferred at once, without waiting. */
    emergency: z.boolean(),
    /** The procedure that the sheet records. */
    procedure: listedKey('程序', procedures),
    reach: line(200),
    basis: line(200),
    /** Words that suggest the channel if a caller says them. */
    words: z.array(line(60)).max(200),
    /** Phrases that contain one of the words but suggest nothing. */
    except: z.array(line(60)).max(200).default([]),
    /** The number to call, if there is one. */
    dial: z
      .string()
      .regex(/^\d{3,12}$/)
      .nullable()
      .default(null),
    /** Answers for the acceptance forms, if the city's diagram asks something else for this channel. */
    answers: z
      .record(z.string().regex(/^[a-z][A-Za-z]{0,39}$/), z.union([line(200), z.boolean()]))
      .default({}),
    /** Names in the callers' other languages. */
    names: z
      .strictObject({
        en: line(80).optional(),
        fr: line(80).optional(),
        ru: line(80).optional(),
        de: line(80).optional(),
      })
      .default({}),
  });
export type OtherChannel = z.output<ReturnType<typeof otherChannel>>;

/** Building a schema costs ten times its use. */
const schemas = new WeakMap<Procedures, ReturnType<typeof otherChannelsSchema>>();

export function otherChannels(procedures: Procedures): ReturnType<typeof otherChannelsSchema> {
  const schema = schemas.get(procedures) ?? otherChannelsSchema(procedures);
  schemas.set(procedures, schema);
  return schema;
}

/** Keys and names are unique: sheets record the name. */
const otherChannelsSchema = (procedures: Procedures) =>
  z
    .array(otherChannel(procedures))
    .max(60)
    .superRefine((channels, context) => {
      for (const field of ['key', 'name'] as const) {
        const seen = new Set<string>();
        for (const [index, { [field]: value }] of channels.entries()) {
          if (seen.has(value)) {
            context.addIssue({ code: 'custom', path: [index, field], message: `“${value}”写了两次` });
          }
          seen.add(value);
        }
      }
    });
