import { openVendorpay } from './practice.ts';

// A process of its own that opens the practice database of a folder and inserts one acknowledged row after another, saying so.
const [folder = ''] = process.argv.slice(2);
const { session } = await openVendorpay({ folder });
const run = async (sql: string) => {
  for await (const event of session.run({ sql })) if (event.type === 'error') throw new Error(event.error.message);
};
await run('create table if not exists acknowledged (n integer primary key)');
process.stdout.write('open\n');
for (let n = 1; ; n++) {
  await run(`insert into acknowledged values (${n})`);
  process.stdout.write(`${n}\n`);
}
