/** Suggests other channels by words, both for typed and for received texts. Also runs in browsers. */

interface Spoken {
  readonly emergency: boolean;
  readonly words: readonly string[];
  /** Phrases that contain one of the words but are harmless. */
  readonly except: readonly string[];
}

interface Found<Channel> {
  readonly channel: Channel;
  /** The first of its words in the text. */
  readonly word: string;
}

/**
 * Channels, emergencies first.
 *
 * @param meant the text's meaning in Chinese, if it is in another language
 */
export function channelsIn<Channel extends Spoken>(
  text: string,
  channels: readonly Channel[],
  meant = '',
): readonly Found<Channel>[] {
  const said = `${plain(text)}\n${plain(meant)}`;
  return channels
    .flatMap((channel) => {
      const left = channel.except.reduce((rest, phrase) => rest.replaceAll(plain(phrase), '\n'), said);
      const word = channel.words.find((one) => left.includes(plain(one)));
      return word === undefined ? [] : [{ channel, word }];
    })
    .sort((one, other) => Number(other.channel.emergency) - Number(one.channel.emergency));
}

const plain = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '');
