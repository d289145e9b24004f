/** Types of the parts of sax that we use; the package ships none. */
declare module 'sax' {
  interface Parser {
    readonly line: number;
    error: Error | null;
    onerror: (error: Error) => void;
    onopentag: (tag: {
      readonly name: string;
      readonly attributes: { readonly [name: string]: string | undefined };
    }) => void;
    onclosetag: (name: string) => void;
    ontext: (text: string) => void;
    oncdata: (text: string) => void;
    write(text: string): Parser;
    close(): Parser;
  }
  const sax: {
    parser(
      strict: boolean,
      options?: { readonly trim: boolean; readonly position: boolean; readonly strictEntities: boolean },
    ): Parser;
  };
  export default sax;
}
