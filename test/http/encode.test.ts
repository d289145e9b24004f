/** Answers are encoded by the contract: it drops everything that it does not name, and instants have one form. */
import { expect } from 'chai';
import { z } from 'zod';
import { operations } from '../../src/http/contract/operations.js';
import type { Operation } from '../../src/http/contract/operation.js';
import { encoderOf } from '../../src/http/encode.js';

const children = (schema: z.core.$ZodType): readonly z.core.$ZodType[] => {
  if (schema instanceof z.ZodObject) return Object.values<z.core.$ZodType>(schema.shape);
  if (schema instanceof z.ZodArray) return [schema.element];
  if (schema instanceof z.ZodRecord) return [schema.valueType];
  if (schema instanceof z.ZodUnion) return schema.options;
  if (schema instanceof z.ZodTuple) return schema.def.items;
  if (schema instanceof z.ZodIntersection) return [schema.def.left, schema.def.right];
  const { innerType } = schema._zod.def as { readonly innerType?: z.core.$ZodType };
  return innerType ? [innerType] : [];
};

const holds = (schema: z.core.$ZodType, what: (one: z.core.$ZodType) => boolean): boolean =>
  what(schema) || children(schema).some((child) => holds(child, what));

/** Wrappings that change nothing of a value. */
const wrappings = [z.ZodNullable, z.ZodOptional, z.ZodDefault, z.ZodReadonly] as const;
const isOfConcern = (one: z.core.$ZodType): boolean =>
  one instanceof z.ZodCodec || one instanceof z.ZodObject;

/** Places where the encoder passes a value through, although the schema defines its content. */
function passedBy(schema: z.core.$ZodType, where: string): readonly string[] {
  if (
    schema instanceof z.ZodObject ||
    schema instanceof z.ZodArray ||
    schema instanceof z.ZodRecord ||
    wrappings.some((wrapping) => schema instanceof wrapping)
  )
    return children(schema).flatMap((child) => passedBy(child, where));
  if (schema instanceof z.ZodCodec || !holds(schema, isOfConcern)) return [];
  const probe = { probe: 1 };
  try {
    return encoderOf(schema)(probe) === probe ? [where] : [];
  } catch {
    // zod itself encodes it, and refuses the probe.
    return [];
  }
}

const shape = z.object({ at: z.codec(z.string(), z.date(), { decode: (s) => new Date(s), encode: String }) });

describe('答复照合同编码', () => {
  it('合同没有写的一栏不出去；各层的时刻都照合同写', () => {
    const schema = z.object({ items: z.array(z.object({ at: shape.shape.at.nullable(), no: z.string() })) });
    const at = new Date('2026-03-02T02:00:00Z');
    const said = {
      items: [
        { at, no: '1', secret: 'x' },
        { at: null, no: '2' },
      ],
      more: 1,
    };
    expect(encoderOf(schema)(said)).to.deep.equal({
      items: [
        { at: '2026-03-02T10:00:00+08:00', no: '1' },
        { at: null, no: '2' },
      ],
    });
  });

  it('没有一项接口的答复里，有一处照原样放过去的', () => {
    const passed = Object.entries(operations as Readonly<Record<string, Operation>>).flatMap(
      ([id, { answers }]) => Object.values(answers).flatMap((answer) => passedBy(answer.schema, id)),
    );
    expect(passed).to.deep.equal([]);
  });

  it('这样的一处找得出来', () => {
    const hidden = z.object({ one: z.tuple([shape]) });
    expect(passedBy(hidden, 'planted')).to.deep.equal(['planted']);
  });
});
