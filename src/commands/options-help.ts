/** What connects where nothing is said, for the help. */
export interface OptionDefaults {
  readonly program: string;
  readonly database: string;
  readonly user: string;
  readonly host: string;
  readonly port: string;
}

/** What would be connected to without arguments, as far as the environment says. */
export function currentDefaults(program: string, environment: Readonly<Record<string, string | undefined>>): OptionDefaults {
  const user = environment.PGUSER ?? environment.USER ?? environment.LOGNAME ?? '';
  return {
    program,
    user,
    database: environment.PGDATABASE ?? user,
    host: environment.PGHOST ?? '/var/run/postgresql',
    port: environment.PGPORT ?? '5432',
  };
}

/** What --help and `\\? options` print. */
export function optionsHelp(defaults: OptionDefaults): string {
  return text.replace(/\{(program|database|user|host|port)\}/g, (_, name: keyof OptionDefaults) => defaults[name]);
}

const text = `{program} is an interactive terminal SQL workbench for PostgreSQL, and psql when there is no terminal.

Usage:
  {program} [OPTION]... [DBNAME [USERNAME]]
  {program} practice [OPTION]...   on the built-in practice database
  {program} profiles [list|...]    saved connections

General options:
  -c, --command=COMMAND    run only single command (SQL or internal) and exit
  -d, --dbname=DBNAME      database name to connect to (default: "{database}")
  -f, --file=FILENAME      execute commands from file, then exit
  -l, --list               list available databases, then exit
  -v, --set=, --variable=NAME=VALUE
                           set psql variable NAME to VALUE
                           (e.g., -v ON_ERROR_STOP=1)
  -V, --version            output version information, then exit
  -X, --no-psqlrc          do not read startup file (~/.psqlrc)
  -1 ("one"), --single-transaction
                           execute as a single transaction (if non-interactive)
  -?, --help[=options]     show this help, then exit
      --help=commands      list backslash commands, then exit
      --help=variables     list special variables, then exit

Input and output options:
  -a, --echo-all           echo all input from script
  -b, --echo-errors        echo failed commands
  -e, --echo-queries       echo commands sent to server
  -E, --echo-hidden        display queries that internal commands generate
  -L, --log-file=FILENAME  send session log to file
  -n, --no-readline        disable enhanced command line editing (readline)
  -o, --output=FILENAME    send query results to file (or |pipe)
  -q, --quiet              run quietly (no messages, only query output)
  -s, --single-step        single-step mode (confirm each query)
  -S, --single-line        single-line mode (end of line terminates SQL command)

Output format options:
  -A, --no-align           unaligned table output mode
      --csv                CSV (Comma-Separated Values) table output mode
  -F, --field-separator=STRING
                           field separator for unaligned output (default: "|")
  -H, --html               HTML table output mode
  -P, --pset=VAR[=ARG]     set printing option VAR to ARG (see \\pset command)
  -R, --record-separator=STRING
                           record separator for unaligned output (default: newline)
  -t, --tuples-only        print rows only
  -T, --table-attr=TEXT    set HTML table tag attributes (e.g., width, border)
  -x, --expanded           turn on expanded table output
  -z, --field-separator-zero
                           set field separator for unaligned output to zero byte
  -0, --record-separator-zero
                           set record separator for unaligned output to zero byte

Connection options:
  -h, --host=HOSTNAME      database server host or socket directory (default: "{host}")
  -p, --port=PORT          database server port (default: "{port}")
  -U, --username=USERNAME  database user name (default: "{user}")
  -w, --no-password        never prompt for password
  -W, --password           force password prompt (should happen automatically)
      --profile=NAME       connect as the saved profile says
      --read-only          write nothing: READ ONLY transactions only

For more information, type "\\?" (for internal commands) or "\\help" (for SQL
commands) from within {program}, or consult the psql section in the PostgreSQL
documentation.
`;
