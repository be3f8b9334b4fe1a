import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { runProfilesCommand } from '../../../src/batch/profiles-command.ts';
import { newProfile } from '../../../src/profiles/profile.ts';
import { openProfileStore } from '../../../src/profiles/profile-store.ts';

const folder = () => join(mkdtempSync(join(tmpdir(), 'howdah-profiles-')), 'config');
const profile = (name: string, host = 'h') => newProfile(name, 'development', [['host', host]]).profile;

test('eight writers lose no profile', async () => {
  const path = folder();
  const module = JSON.stringify(resolve(import.meta.dirname, '../../../src/profiles/profile-store.ts'));
  const codes = await Promise.all(
    Array.from({ length: 8 }, (_, writer) => {
      const script = `
        import { openProfileStore } from ${module};
        const store = openProfileStore(${JSON.stringify(path)});
        for (let n = 0; n < 5; n++) {
          const saved = await store.create({ name: ${writer} + '-' + n, environment: 'staging', connection: {} });
          if (!saved.ok) throw new Error(saved.text);
        }`;
      const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'ignore', 'inherit'] });
      return new Promise((settle) => child.once('close', settle));
    }),
  );
  expect(codes).toEqual(Array(8).fill(0));
  const store = openProfileStore(path);
  expect((await store.list()).profiles).toHaveLength(40);
  expect(statSync(store.path).mode & 0o777).toBe(0o600);
});

test('an edit of what changed meanwhile is refused', async () => {
  const store = openProfileStore(folder());
  const was = profile('a');
  await store.create(was);
  expect(await store.edit(was, profile('a', 'x'))).toEqual({ ok: true });
  expect(await store.edit(was, profile('a', 'y'))).toMatchObject({ ok: false, text: expect.stringContaining('changed elsewhere') });
  expect((await store.get('a'))?.connection).toEqual({ host: 'x' });
  expect(await store.rename('a', 'b')).toEqual({ ok: true });
  expect(await store.remove('a')).toEqual({ ok: false, text: 'there is no profile "a"' });
  expect(await store.remove('b')).toEqual({ ok: true });
});

test('a damaged file is kept aside', async () => {
  const store = openProfileStore(folder());
  await store.create(profile('a'));
  writeFileSync(store.path, '{"profiles": [{"name"');
  expect(await store.list()).toMatchObject({ profiles: [], warning: expect.stringContaining('damaged') });
  expect(await store.create(profile('b'))).toMatchObject({ ok: true, warning: expect.stringContaining('.corrupt-') });
  const aside = readdirSync(join(store.path, '..')).find((name) => name.includes('.corrupt-')) ?? '';
  expect(readFileSync(join(store.path, '..', aside), 'utf8')).toBe('{"profiles": [{"name"');
  expect((await store.list()).profiles.map(({ name }) => name)).toEqual(['b']);
});

test('a folder that cannot be written is said', async () => {
  const file = `${folder()}-file`;
  writeFileSync(file, '');
  const store = openProfileStore(join(file, 'below'));
  expect(await store.list()).toEqual({ profiles: [] });
  expect(await store.create(profile('a'))).toMatchObject({ ok: false, text: expect.stringContaining('cannot be written') });
});

async function command(store: ReturnType<typeof openProfileStore>, ...args: string[]) {
  let out = '';
  let err = '';
  const code = await runProfilesCommand(args, {
    store,
    programName: 'howdah',
    connect: async () => ({ ok: false, text: 'Connection refused', advice: 'Start it.' }),
    stdout: (text) => {
      out += text;
    },
    stderr: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}

test('a profile is read-only where it says so, in a file of before it is not, and one that cannot be read is not taken for writable', async () => {
  const path = folder();
  const store = openProfileStore(path);
  expect((await command(store, 'add', 'a', 'postgresql://h/db', '--read-only')).code).toBe(0);
  expect(await store.get('a')).toMatchObject({ isReadOnly: true });
  expect((await command(store, 'list')).out).toBe('a  development, read-only  host=h dbname=db\n');
  expect((await command(store, 'show', 'a')).out).toContain('read-only: yes\n');
  expect((await command(store, 'edit', 'a', '--port', '1')).code).toBe(0);
  expect(await store.get('a')).toMatchObject({ isReadOnly: true });
  expect((await command(store, 'edit', 'a', '--read-write')).code).toBe(0);
  expect(await store.get('a')).not.toHaveProperty('isReadOnly');
  expect((await command(store, 'edit', 'a', '--read-only', '--read-write')).err).toBe(
    'howdah: error: a profile is either --read-only or --read-write\n',
  );
  const old = { name: 'old', environment: 'production', connection: { host: 'h' } };
  writeFileSync(store.path, JSON.stringify({ profiles: [old, { ...old, name: 'odd', isReadOnly: 'yes' }] }));
  expect((await store.list()).profiles).toEqual([old]);
});

test('a profile keeps what it sets of automatic savepoints', async () => {
  const store = openProfileStore(folder());
  expect((await command(store, 'add', 'a', 'postgresql://h/db', '--savepoints=every')).code).toBe(0);
  expect((await command(store, 'show', 'a')).out).toContain('savepoints: every\n');
  expect((await command(store, 'edit', 'a', '--port', '1')).code).toBe(0);
  expect(await store.get('a')).toMatchObject({ savepoints: 'every' });
  expect((await command(store, 'edit', 'a', '--savepoints', 'off')).code).toBe(0);
  expect(await store.get('a')).toMatchObject({ savepoints: 'off' });
  expect((await command(store, 'edit', 'a', '--savepoints', 'now')).err).toBe(
    'howdah: error: invalid savepoints "now": use off, last, every\n',
  );
  const odd = { name: 'odd', environment: 'production', connection: {}, savepoints: 'sometimes' };
  writeFileSync(store.path, JSON.stringify({ profiles: [odd] }));
  expect((await store.list()).profiles).toEqual([]);
});

test('the command keeps no password and answers in sentences', async () => {
  const store = openProfileStore(folder());
  const added = await command(store, 'add', 'prod', 'postgresql://u:S3CRET@h/db?sslmode=require', '-e', 'production');
  expect(added).toMatchObject({ code: 0, err: expect.stringContaining('the password was not saved') });
  expect(readFileSync(store.path, 'utf8')).not.toContain('S3CRET');
  expect(await command(store)).toEqual({ code: 0, out: 'prod  production  user=u host=h dbname=db sslmode=require\n', err: '' });
  expect((await command(store, 'edit', 'prod', '--unset', 'sslmode', '--name', 'live')).code).toBe(0);
  expect((await command(store, 'show', 'live')).out).toBe('name: live\nenvironment: production\nuser: u\nhost: h\ndbname: db\n');
  expect(await command(store, 'test', 'live')).toEqual({ code: 2, out: '', err: 'howdah: error: Connection refused\nStart it.\n' });
  expect(await command(store, 'add', 'x', 'postgresql://h/%zz')).toMatchObject({
    code: 1,
    err: 'howdah: error: invalid percent-encoded token: "%zz"\n',
  });
  expect((await command(store, 'remove', 'nobody')).err).toBe('howdah: error: there is no profile "nobody"\n');
  expect((await command(store, 'zork')).code).toBe(1);
});
