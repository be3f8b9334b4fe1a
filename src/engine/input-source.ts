/** Where lines come from: a file, standard input, a -c string, the workbench's editor. */
export interface InputSource {
  /** File name for messages and \ir; undefined for strings and standard input read as a script without -f. */
  readonly name: string | undefined;
  /** The next line without its newline, undefined at the end. Text is lossless-decoded (text/lossless.ts). */
  readLine(): Promise<string | undefined>;
  /** Where there is one: the next line's bytes with their newline, at once; for COPY data in lines. */
  readRawLine?(): Buffer | undefined;
  /** Likewise for binary COPY data: bytes up to anywhere. */
  readBlock?(): Buffer | undefined;
  close(): void;
}
