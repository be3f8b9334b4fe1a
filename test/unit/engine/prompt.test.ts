import { describe, expect, test } from 'vitest';
import { expandPrompt, type PromptFacts, type PromptSession } from '../../../src/engine/prompt.ts';

const session: PromptSession = {
  database: 'shop',
  host: 'db.example.org',
  port: 5433,
  sessionUser: 'alice',
  isSuperuser: false,
  processId: 4711,
  status: 'idle',
};

const facts: PromptFacts = {
  status: 'ready',
  session,
  homeDatabases: ['alice'],
  isActive: true,
  isSingleLine: false,
  statementLine: 3,
  firstWidth: 6,
  variable: (name) => (name === 'mood' ? 'calm' : name === 'evil' ? '\x1b[2J' : undefined),
  run: (command) => `<${command}>`,
};

const prompt = (template: string, change: Partial<PromptFacts> = {}) => expandPrompt(template, { ...facts, ...change }).text;
const at = (change: Partial<PromptSession>): Partial<PromptFacts> => ({ session: { ...session, ...change } });

// What psql 15.18 shows for the same (prompt.c, and a psql in a terminal).
const cases: readonly (readonly [template: string, change: Partial<PromptFacts>, shown: string])[] = [
  ['%/%R%x%# ', {}, 'shop=> '],
  ['%/%R%x%# ', at({ isSuperuser: true, status: 'transaction' }), 'shop=*# '],
  ['%/%R%x%# ', at({ status: 'failed' }), 'shop=!> '],
  ['%/%R%x%# ', { session: undefined }, '!?> '],
  ['%~', {}, 'shop'],
  ['%~', { homeDatabases: ['alice', 'shop'] }, '~'],
  ['%M %m', {}, 'db.example.org db'],
  ['%M %m', at({ host: '/var/run/postgresql' }), '[local] [local]'],
  ['%M %m', at({ host: '/tmp' }), '[local:/tmp] [local]'],
  ['%M', at({ host: '' }), '[local]'],
  ['%> %n %p', {}, '5433 alice 4711'],
  ['%> %n %p|', { session: undefined }, '  |'],
  ['%l', {}, '3'],
  ['[%w]', {}, '[      ]'],
  // Of psql 18.
  ['%P%x', {}, 'off'],
  ['%P%x', at({ pipeline: { isAborted: false, isAnswered: true } }), 'on'],
  ['%P%x', at({ pipeline: { isAborted: false, isAnswered: false } }), 'on*'],
  ['%P%x', at({ pipeline: { isAborted: true, isAnswered: true }, status: 'transaction' }), 'abort*'],
  ['%P|', { session: undefined }, '|'],
  ['%s|', {}, '|'],
  ['%s|', at({ service: 'shop' }), 'shop|'],
  ['%s|', { session: undefined }, '|'],
  ['%R', { isActive: false }, '@'],
  ['%R', { isSingleLine: true }, '^'],
  ['%R', { status: 'continue' }, '-'],
  ['%R', { status: 'single-quote' }, "'"],
  ['%R', { status: 'double-quote' }, '"'],
  ['%R', { status: 'dollar-quote' }, '$'],
  ['%R', { status: 'comment' }, '*'],
  ['%R', { status: 'paren' }, '('],
  ['%R>', { status: 'copy' }, '>'],
  ['100%%', {}, '100%'],
  ['a%', {}, 'a'],
  ['%?%q%8', {}, 'q8'],
  ['%041%0%101', {}, '!A'],
  ['%303%244', {}, 'ä'],
  ['%:mood: %:none:|', {}, 'calm |'],
  ['%:mood', {}, 'calm'],
  ['%`date +%Y`', {}, '<date +%Y>'],
  ['%[%033[1m%]%/%[%033[0m%]', {}, '\x1b[1mshop\x1b[0m'],
];

describe('prompts', () => {
  test.each(cases)('%s %o', (template, change, shown) => {
    expect(prompt(template, change)).toBe(shown);
  });

  test('are at most 256 bytes long and never end amid a character', () => {
    expect(prompt('x'.repeat(300))).toBe('x'.repeat(256));
    expect(prompt('ä'.repeat(300))).toBe('ä'.repeat(128));
    expect(prompt(`x${'ä'.repeat(300)}`)).toBe(`x${'ä'.repeat(127)}`);
  });

  test.each([
    ['a%/', 5],
    ['one\ntwo> ', 5],
    ['%[%033[1m%]%/> ', 6],
    ['漢字> ', 6],
  ])('%j is %i columns wide behind its last newline', (template, width) => {
    expect(expandPrompt(template, facts).width).toBe(width);
  });

  test('what comes from outside cannot drive the terminal, but where the prompt says so', () => {
    expect(prompt('%/', at({ database: 'a\x1b]0;x\x07b' }))).not.toContain('\x1b');
    expect(prompt('%:evil:')).not.toContain('\x1b');
    expect(prompt('%[%:evil:%]')).toBe('\x1b[2J');
  });
});
