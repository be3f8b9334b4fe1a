/** What a describe command was asked for, and of which server. */
export interface ListRequest {
  /** server_version as psql's number: 150018. The query and the layout are those of the psql of that major version. */
  readonly version: number;
  /** The current database: the only one a three-part pattern may name. */
  readonly database: string;
  /** The arguments, in order. */
  readonly patterns: readonly string[];
  /** The letters of the command's name after the backslash, `dtvS+`: some choose what is listed. */
  readonly letters: string;
  /** + */
  readonly isVerbose: boolean;
  /** S */
  readonly showsSystem: boolean;
  /** HIDE_TABLEAM */
  readonly hidesAccessMethod: boolean;
  /** HIDE_TOAST_COMPRESSION */
  readonly hidesCompression: boolean;
  /** -q or QUIET: psql then keeps quiet about what it did not find. */
  readonly isQuiet: boolean;
}
