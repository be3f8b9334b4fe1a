/** A practice database of the package: `snippets/practice/NAME.sql`, and a data directory that the build made of it. */
export interface PracticeDatabase {
  readonly name: string;
  readonly summary: string;
}

export const practiceDatabases: readonly PracticeDatabase[] = [
  { name: 'vendorpay', summary: 'users, wallets, payments and a double-entry ledger of several vendors' },
];
