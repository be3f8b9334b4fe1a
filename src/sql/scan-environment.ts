/** What the scanner has to ask the program about while it reads. */
export interface ScanEnvironment {
  /** The connection's standard_conforming_strings, asked once per line; true while there is no connection. */
  standardConformingStrings(): boolean;
  variable(name: string): string | undefined;
  /** A value escaped for SQL by the connection's rules; undefined: that failed (no connection), and it has complained. */
  quote(value: string, as: 'literal' | 'identifier'): string | undefined;
  warn(text: string): void;
  complain(text: string): void;
}
