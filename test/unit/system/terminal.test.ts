import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { childEnvironment, runCaptured } from '../../../src/system/children.ts';
import { clipboardSequence } from '../../../src/system/clipboard.ts';
import { editorCommand, editText, understandsLine } from '../../../src/system/external-editor.ts';
import { pagerCommand } from '../../../src/system/pager.ts';
import { shellCapture } from '../../../src/system/shell-capture.ts';

const guard = JSON.stringify(resolve(import.meta.dirname, '../../../src/system/terminal-guard.ts'));

function guarded(ending: string): Promise<{ readonly code: number | null; readonly out: string }> {
  const script = `
    import { guardTerminal } from ${guard};
    guardTerminal({ modes: ['alternateScreen', 'cursor', 'bracketedPaste'], onEnd: () => console.log('saved') });
    setTimeout(() => {}, 10000);
    ${ending}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  return new Promise((settle) => child.once('close', (code) => settle({ code, out })));
}

describe('the terminal is restored, once, after what must be saved', () => {
  test.each([
    ["process.kill(process.pid, 'SIGTERM')", 143],
    ["process.kill(process.pid, 'SIGHUP')", 129],
    ["process.kill(process.pid, 'SIGINT')", 130],
    ["setTimeout(() => { throw new Error('x'); })", 1],
    ["Promise.reject(new Error('x'))", 1],
    ['process.exit(3)', 3],
  ])('%s', async (ending, code) => {
    expect(await guarded(ending)).toEqual({ code, out: 'saved\n\x1b[0m\x1b[?2004l\x1b[?25h\x1b[?1049l' });
  });
});

test('the editor gets a file of ours alone, and what it saves comes back', async () => {
  const script = join(mkdtempSync(join(tmpdir(), 'howdah-editor-')), 'editor');
  writeFileSync(script, '#!/bin/sh\nstat -c %a "$2" > "$0.mode"\necho "$1" >> "$2"\n');
  chmodSync(script, 0o700);
  const environment = { PSQL_EDITOR: script };
  const run = async (command: string) => (await runCaptured(command)).status;
  const given = Buffer.from('select 1\n');
  const saved = Buffer.from('select 1\n+2\n');
  expect(await editText({ bytes: given, line: 2, run, environment })).toEqual({ ok: true, bytes: saved, isChanged: true });
  expect(statSync(`${script}.mode`).size).toBe('600\n'.length);
  expect(await editText({ bytes: given, run, environment: { EDITOR: 'true' } })).toEqual({ ok: true, bytes: given, isChanged: false });
  expect(await editText({ bytes: given, run, environment: { EDITOR: 'rm' } })).toMatchObject({ ok: false });
  expect(await editText({ bytes: given, run, environment: { EDITOR: '/nowhere/editor' } })).toMatchObject({ ok: false });
});

test.each([
  [{}, undefined, "exec vi 'f'"],
  [{ VISUAL: 'v', EDITOR: 'e -x' }, 3, "exec e -x +3 'f'"],
  [{ PSQL_EDITOR: 'p', EDITOR: 'e', PSQL_EDITOR_LINENUMBER_ARG: '--line ' }, 3, "exec p --line 3 'f'"],
])('editor command %j', (environment, line, command) => {
  expect(editorCommand('f', line, environment)).toBe(command);
});

test.each([
  [{}, true],
  [{ EDITOR: '/usr/bin/vim -n' }, true],
  [{ EDITOR: 'code -w' }, false],
  [{ EDITOR: 'code -w', PSQL_EDITOR_LINENUMBER_ARG: '-g ' }, true],
])('whether the editor of %j takes a line is %j', (environment, takes) => {
  expect(understandsLine(environment)).toBe(takes);
});

test('pager: PSQL_PAGER over PAGER; blanks mean none', () => {
  expect(pagerCommand({ PSQL_PAGER: 'a', PAGER: 'b' })).toBe('a');
  expect(pagerCommand({ PAGER: ' ' })).toBeUndefined();
  expect(pagerCommand({ PATH: '/nowhere' })).toBe('more');
});

test('children know no password; their output and status come back', async () => {
  expect(childEnvironment({ PGPASSWORD: 'x', A: '1' })).toEqual({ A: '1' });
  expect(await runCaptured('echo out; echo err >&2; kill -9 $$')).toEqual({
    status: 137,
    stdout: Buffer.from('out\n'),
    stderr: Buffer.from('err\n'),
  });
  expect(await shellCapture('printf "a\\n\\n"; exit 3')).toEqual({ ok: true, output: Buffer.from('a\n\n'), status: 3 });
});

test('the clipboard sequence holds the text as base64, up to what terminals take', () => {
  expect(clipboardSequence('é')).toBe('\x1b]52;c;w6k=\x07');
  expect(clipboardSequence('x'.repeat(60_000))).toBeUndefined();
});
