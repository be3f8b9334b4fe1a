/** Text on its way to the engine. */
export interface Submission {
  readonly bufferId: string;
  /** The console's input empties its buffer; a statement run by F5 does not. */
  readonly mode: 'input' | 'statement';
  readonly text: string;
  /** Where `text` begins in the buffer, in UTF-16 units: 0 for input. */
  readonly base: number;
  /** One string of SQL, sent as it is: it has been through psql's variables and splitting before. */
  readonly isWhole?: true;
}
