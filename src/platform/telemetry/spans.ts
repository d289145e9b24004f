/** Spans; without `startTraces` they cost nothing. */
import { context, propagation, SpanKind, SpanStatusCode, trace, type Attributes } from '@opentelemetry/api';

const tracer = trace.getTracer('hotline-12345');

export const spanning = <Answer>(name: string, work: () => Promise<Answer>): Promise<Answer> =>
  tracer.startActiveSpan(name, async (span) => {
    try {
      return await work();
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });

/** A request's span, child of the one in its headers; `end` records the result. */
export function requestSpan(
  headers: object,
  run: (end: (name: string, attributes: Attributes, failed: boolean) => void) => void,
): void {
  const parent = propagation.extract(context.active(), headers);
  tracer.startActiveSpan('request', { kind: SpanKind.SERVER }, parent, (span) => {
    run((name, attributes, failed) => {
      span.updateName(name).setAttributes(attributes);
      if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
  });
}
