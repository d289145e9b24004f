/** Synthetic messages for replays, with a fixed seed, so that a failure can be repeated. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** JSON lines as `hotline replay` reads them; about half of the replies come too late. */
export function* madeUpMessages(count: number, seed = 2026): Generator<string> {
  const next = random(seed);
  const first = Date.parse('2019-01-02T08:00:00+08:00');
  for (let index = 1; index <= count; index += 1) {
    const received = first + Math.floor(next() * 300 * 86_400_000);
    const replied = received + Math.floor(next() ** 2 * 40 * 86_400_000);
    yield JSON.stringify({
      no: `T${index}`,
      title: `第 ${index} 件`,
      text: '小区停水，没有通知。'.repeat(1 + Math.floor(next() * 20)),
      receivedAt: new Date(received).toISOString(),
      repliedAt: new Date(replied).toISOString(),
      reply: '已抢修完毕，恢复供水。'.repeat(1 + Math.floor(next() * 20)),
    });
  }
}
