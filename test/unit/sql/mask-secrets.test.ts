import { describe, expect, test } from 'vitest';
import { maskSecrets } from '../../../src/sql/mask-secrets.ts';

const canary = 'CANARY-1f0e';

// In each the canary is a secret; what else there is stays.
describe('secrets are masked', () => {
  test.each<[string, string]>([
    ["create role a password '§'", "create role a password '***'"],
    ["CREATE USER a WITH ENCRYPTED PASSWORD E'§\\n' LOGIN", "CREATE USER a WITH ENCRYPTED PASSWORD E'***' LOGIN"],
    ['alter role a password $q$§$q$;', 'alter role a password $q$***$q$;'],
    ["alter user a password /* x */ -- y\n '§' valid until 'x'", "alter user a password /* x */ -- y\n '***' valid until 'x'"],
    ["alter user a password U&'§'", "alter user a password U&'***'"],
    ["alter user a password '§''§", "alter user a password '***'"],
    ["alter user a password 'x'\n'§'", "alter user a password '***'"],
    [
      "create user mapping for a server s options (user 'u', password '§')",
      "create user mapping for a server s options (user 'u', password '***')",
    ],
    ["alter user mapping for a server s options (set password '§')", "alter user mapping for a server s options (set password '***')"],
    [`alter server s options (add "password" '§')`, `alter server s options (add "password" '***')`],
    ["alter server s options (add sslpassword '§')", "alter server s options (add sslpassword '***')"],
    [
      "create subscription s connection 'host=h password=§ user=u' publication p",
      "create subscription s connection 'host=h password=*** user=u' publication p",
    ],
    ["select dblink('host=h password=''§ §'' user=u', 'select 1')", "select dblink('host=h password=''***'' user=u', 'select 1')"],
    ['select dblink_connect($$password = §$$)', 'select dblink_connect($$password = ***$$)'],
    ["select 'postgresql://u:§@h/db'", "select 'postgresql://u:***@h/db'"],
    ["select 'postgres://h/db?password=§&user=u'", "select 'postgres://h/db?password=***&user=u'"],
    ["select 'postgres://u:a@§/§@h/db'", "select 'postgres://u:***@h/db'"],
    ["do $$begin execute 'alter role a password ''§'''; end$$", "do $$begin execute 'alter role a password ''***'''; end$$"],
    ["set app.api_secret = '§'", "set app.api_secret = '***'"],
    [`insert into t values ('{"password": "§", "a": "b"}')`, `insert into t values ('{"password": "***", "a": "b"}')`],
    ["set my.password to '§'", "set my.password to '***'"],
    ["update users set password = '§' where id = 1", "update users set password = '***' where id = 1"],
    ["select login(name => 'a', passwd => '§')", "select login(name => 'a', passwd => '***')"],
    ["create user a identified by '§'", "create user a identified by '***'"],
    ['\\password §', '\\password ***'],
    ['\\c postgres://u:§@h/db', '\\c postgres://u:***@h/db'],
    ['\\connect "host=h password=§"', '\\connect "host=h password=***"'],
    ["\\set admin_password '§'", '\\set admin_password ***'],
    ['\\setenv PGPASSWORD §', '\\setenv PGPASSWORD ***'],
    ['\\! PGPASSWORD=§ psql -h x', '\\! PGPASSWORD=*** psql -h x'],
    ["select 1;\nalter role a password '§';\nselect 2;", "select 1;\nalter role a password '***';\nselect 2;"],
    ['-- psql postgres://u:§@h\nselect 1', '-- psql postgres://u:***@h\nselect 1'],
  ])('%s', (template, expected) => {
    const masked = maskSecrets(template.replaceAll('§', canary));
    expect(masked).toBe(expected);
    expect(masked).not.toContain(canary);
  });
});

// Every way to write a literal, in every place that takes a password, between comments and in any case.
const literals = [
  "'§'",
  "E'\\'§'",
  "e'§\\\\'",
  "U&'§'",
  "N'§'",
  '$$§$$',
  '$t$ § $$ $t$',
  "'it''s §'",
  "'a'\n'§'",
  "'§ -- no comment'",
  "'§",
  '$$§',
];
const places = [
  'create role a password @',
  'CREATE ROLE a WITH LOGIN ENCRYPTED PASSWORD @',
  'alter user "password user" with unencrypted password/**/@',
  'alter role current_user password -- x\n @',
  'create user mapping if not exists for public server s options (user $$u$$, password @',
  'alter user mapping for u server s options (set password @',
  'create server s foreign data wrapper w options (host $$h$$, password @',
  'alter server s options (add "sslpassword" @',
  'create subscription s connection $$host=h$$ publication p; alter role a password @',
  'do language plpgsql $do$begin alter role a password @',
  'select set_login(passwd => @',
  'select set_login(user_password := @',
  'update settings set client_secret=@',
  'set local vault.passphrase to @',
  'grant all on x to y identified by @',
];

test(`${literals.length * places.length} statements keep no secret`, () => {
  for (const place of places) {
    for (const literal of literals) {
      const statement = place.replace('@', () => literal.replace('§', canary));
      expect(maskSecrets(statement), statement).not.toContain(canary);
      expect(maskSecrets(statement.toUpperCase()), statement).not.toContain(canary.toUpperCase());
      expect(maskSecrets(`select 1;\n${statement}`), statement).toMatch(/^select 1;\n/);
    }
  }
});

test.each([
  "select 'a', password from users",
  "create role a password null; select 'x'",
  "alter role a password :'pw'",
  "select * from password_resets where id = 'x'",
  "select 'https://example.org/a:b'",
  '\\password',
  '\\set title x',
  "select 'it''s' as secret",
  'select 1',
])('%s stays', (sql) => {
  expect(maskSecrets(sql)).toBe(sql);
});
