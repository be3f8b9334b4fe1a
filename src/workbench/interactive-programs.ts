import { basename } from 'node:path';

/** Programs that talk with a person: they get the whole terminal. What others write goes to the messages. */
const names: ReadonlySet<string> = new Set(
  [
    'sh bash dash zsh fish ksh csh tcsh pwsh su sudo doas login',
    'vi vim nvim view ex ed nano pico emacs micro joe helix hx kak mcedit',
    'less more most pg man info pspg bat',
    'top htop btop atop iotop pg_top pg_activity watch',
    'ssh mosh telnet ftp sftp tmux screen gpg passwd pinentry',
    'psql howdah pgcli mysql sqlite3 python python3 ipython node irb ghci R lua bc dc gdb',
    'mc ranger nnn lf vifm tig lazygit fzf dialog whiptail',
  ].flatMap((line) => line.split(' ')),
);

/** Whether a shell command ends in a program that wants a terminal: `less -S`, `sort | less`, `cd /tmp && vi x`. */
export function isInteractive(command: string, environment: Readonly<Record<string, string | undefined>> = process.env): boolean {
  const own = [environment.PAGER, environment.PSQL_PAGER, environment.EDITOR, environment.VISUAL, environment.PSQL_EDITOR];
  const last = command.split(/\|\|?|&&|;/).at(-1) ?? '';
  const [program] = last
    .trim()
    .replace(/^(?:\w+=\S*\s+|(?:exec|command|env)\s+)+/, '')
    .split(/\s+/);
  if (program === undefined || program === '') return false;
  // A shell that is given a command asks for nothing.
  if (/^(?:\S*\/)?(?:ba|da|z|k)?sh\s+-c\b/.test(last.trim())) return false;
  return names.has(basename(program)) || own.some((text) => text !== undefined && text.trim().split(/\s+/)[0] === program);
}
